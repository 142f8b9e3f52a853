// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import help from '../../electron/shells/cli/golden/help.txt?raw';
import { SCREENS } from '../../shared/domain/screen.ts';
import { helpPages } from '../../shared/wording/screen-help.ts';
import { STORIES } from '../testing/fake-story.ts';
import { layStores } from '../testing/lay-stores.ts';
import { App } from './App.tsx';

afterEach(cleanup);

function open(fragment: string) {
  const { stores } = layStores(fragment, STORIES.default());
  render(<App stores={stores} />);
  return { stores, user: userEvent.setup() };
}

describe('F1', () => {
  it('opens the help of the screen that is shown, and Close takes it away', async () => {
    const { user } = open('#/visibility');
    await user.keyboard('{F1}');
    await screen.findByText(helpPages.visibility.what, undefined, { timeout: 10_000 });
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(helpPages.visibility.what)).toBeNull();
  });

  it('leaves another dialog where it is', async () => {
    const { stores, user } = open('#/settings');
    stores.view.ask('explain');
    await user.keyboard('{F1}');
    expect(stores.view.store.getState().dialog).toBe('explain');
  });
});

describe('the help of a screen', () => {
  const verbs = [...help.matchAll(/^ {2}([a-z|]+)/gm)].flatMap(([, names = '']) => names.split('|'));

  it.each(SCREENS)('is short, has a name for each thing once, and commands that exist: %s', name => {
    const { what, entries, commands } = helpPages[name];
    expect(what.length).toBeLessThan(220);
    expect(new Set(entries.map(([term]) => term)).size).toBe(entries.length);
    expect(Math.max(...entries.map(([, meaning]) => meaning.length))).toBeLessThan(220);
    expect(commands.filter(line => !verbs.includes(line.split(' ')[1] ?? ''))).toEqual([]);
  });
});
