// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import { bundleWords } from '../../shared/wording/screen-bundle.ts';
import { STORIES } from '../testing/fake-story.ts';
import { connectedStores } from '../testing/lay-stores.ts';
import { BundleDialog } from './BundleDialog.tsx';

const saved: Blob[] = [];
beforeEach(() => {
  saved.length = 0;
  vi.spyOn(URL, 'createObjectURL').mockImplementation(made => {
    if (made instanceof Blob) saved.push(made);
    return 'blob:made';
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function lay() {
  const { host, stores } = await connectedStores('#/logs', STORIES.default());
  return { host, stores, user: userEvent.setup() };
}

describe('the diagnostics bundle', () => {
  it('lists its files with what was taken out of them, marks each place, and saves what was shown', async () => {
    const { stores, user } = await lay();
    render(<BundleDialog stores={stores} onClose={() => undefined} />);
    const table = await screen.findByRole('table', { name: bundleWords.list });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(row => within(row).getAllByRole('cell').at(-1)?.textContent)).toEqual(['0', '2', '2']);
    screen.getByText('Not masked where a program prints it: pin (shorter than 8 characters).');

    await user.click(within(table).getByRole('button', { name: 'logs/siloscope.jsonl' }));
    const shown = screen.getByRole('region', { name: bundleWords.content('logs/siloscope.jsonl') });
    expect([...shown.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual([
      '<account>',
      '<address>',
    ]);
    expect(shown.querySelector('pre')?.textContent).toBe('{"what":"told by <account> at <address>"}');

    await user.click(screen.getByRole('button', { name: bundleWords.save }));
    expect(saved.map(({ type }) => type)).toEqual(['application/zip']);
    expect(await saved[0]?.arrayBuffer()).toEqual(Uint8Array.of(0x50, 0x4b, 5, 6, 0, 0).buffer);
  });

  it('shows a long file from its beginning, and the rest on demand', async () => {
    const { host, stores, user } = await lay();
    const content = Array.from({ length: 3_500 }, (_, index) => `line ${index} ${'x'.repeat(1_200)}`).join('\n');
    host.handlers['bundle.gather'] = () => ({
      unmasked: [],
      files: [{ name: 'logs/long.jsonl', content, bytes: content.length, takenOut: 0, by: 'mark' }],
      archive: '',
    });
    render(<BundleDialog stores={stores} onClose={() => undefined} />);
    const shown = await screen.findByRole('region', { name: bundleWords.content('logs/long.jsonl') });
    expect(shown.textContent).toContain(bundleWords.lines(3_000, 3_500));
    await user.click(within(shown).getByRole('button', { name: bundleWords.more }));
    expect(shown.querySelector('pre')?.textContent).toBe(content);
    expect(within(shown).queryByRole('button')).toBeNull();
  });

  it('says why there is none, saves nothing then, and is gathered anew on demand', async () => {
    const { host, stores, user } = await lay();
    const answer = host.handlers['bundle.gather'];
    host.handlers['bundle.gather'] = () => {
      throw new FaultError({ code: 'host-unreachable', host: 'local', reason: 'it is gone' });
    };
    render(<BundleDialog stores={stores} onClose={() => undefined} />);
    await screen.findByRole('alert');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: bundleWords.save }).disabled).toBe(true);
    host.handlers['bundle.gather'] = answer;
    await user.click(screen.getByRole('button', { name: bundleWords.again }));
    await screen.findByRole('table', { name: bundleWords.list });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('calls the question off when it is closed before the answer', async () => {
    const { host, stores } = await lay();
    let isOff = false;
    host.handlers['bundle.gather'] = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          isOff = true;
          reject(new FaultError({ code: 'cancelled' }));
        });
      });
    const { unmount } = render(<BundleDialog stores={stores} onClose={() => undefined} />);
    await screen.findByText(bundleWords.gathering);
    await new Promise(resolve => setTimeout(resolve, 0));
    unmount();
    expect(stores.bundle.store.getState()).toEqual({ kind: 'idle' });
    await expect.poll(() => isOff).toBe(true);
  });
});
