// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import { SCREENS, type Screen } from '../../shared/domain/screen.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { STORIES } from '../testing/fake-story.ts';
import { giveSize } from '../testing/give-size.ts';
import { layStores } from '../testing/lay-stores.ts';
import { App } from './App.tsx';

// It comes after the first frame, which is no matter of the app's but of how fast this machine compiles it.
beforeAll(() => import('./Stage.tsx').then(() => undefined));
beforeEach(() => giveSize());
afterEach(cleanup);

function open(at: Screen, story = STORIES['winfsp-container-support']()) {
  const { host, link, stores } = layStores(`#/${at}`, story);
  render(<App stores={stores} />);
  return { host, link, stores, user: userEvent.setup() };
}

const patiently = { timeout: 10_000 };

// Before the others: what came once for this page stays.
describe('the first frame', () => {
  it('has the navigation, which leads on, before the component library is here', async () => {
    const { stores, user } = open('readiness');
    const link = screen.getByRole('link', { name: 'Images' });
    expect(document.querySelector('.fui-FluentProvider')).toBeNull();
    await user.click(link);
    expect(stores.view.store.getState().screen).toBe('images');
    expect(await screen.findByRole('heading', { level: 1, name: 'Images' }, patiently)).toBeTruthy();
  });
});

describe('a newcomer', () => {
  it('gets from the stopped driver to the found leak with five clicks', async () => {
    const { user } = open('readiness', STORIES.default());
    await user.click(await screen.findByRole('button', { name: 'Start the driver' }, patiently));
    await screen.findByText('This host is ready.', undefined, patiently);
    await user.click(screen.getByRole('button', { name: 'Launch a file system' }));
    await user.click(await screen.findByRole('radio', { name: /memfs, as a network/ }, patiently));
    await waitFor(
      () => expect(screen.getByRole('button', { name: 'Launch' })).toHaveProperty('disabled', false),
      patiently,
    );
    await user.click(screen.getByRole('button', { name: 'Launch' }));
    await user.click(await screen.findByRole('button', { name: 'See who sees it' }, patiently));
    const grid = await screen.findByRole('grid', { name: 'Volumes by namespaces' }, patiently);
    await within(grid).findByText('Visible', undefined, patiently);
    expect(screen.getByText('1 volume, 1 leaked')).toBeTruthy();
  });
});

describe('the matrix', () => {
  it('is counted beside its name: what was seen to leak, and apart from it what is expected to', async () => {
    const { stores, user } = open('visibility');
    const link = await screen.findByRole(
      'link',
      { name: /^Visibility 1 volume is expected to leak, not tested$/ },
      patiently,
    );
    expect(within(link).getByText('1?')).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: 'Plant a canary' }, patiently));
    await screen.findByRole('link', { name: /^Visibility 1 volume leaks$/ }, patiently);
    expect(stores.inspection.store.getState().kind).toBe('known');
  });

  it('says in each cell what is seen and how well that is known', async () => {
    open('visibility');
    const grid = await screen.findByRole('grid', undefined, patiently);
    const cells = within(grid)
      .getAllByRole('gridcell')
      .map(cell => cell.textContent);
    expect(cells).toEqual([
      'Expectedby rule',
      'Expectedinferred',
      'Homeinventory',
      'Not visiblenamespace',
      'Homeinventory',
      'Not visiblenamespace',
    ]);
  });

  it('is walked by arrows, and the evidence follows', async () => {
    const { user } = open('visibility');
    const grid = await screen.findByRole('grid', undefined, patiently);
    within(grid).getAllByRole('gridcell')[0]?.focus();
    await user.keyboard('{ArrowDown}');
    const evidence = screen.getByRole('complementary', { name: 'Evidence' });
    expect(within(evidence).getByRole('heading', { level: 2 }).textContent).toBe('Z:, seen from host');
    await user.keyboard('{ArrowUp}{ArrowRight}');
    expect(within(evidence).getByRole('heading', { level: 2 }).textContent).toBe(
      '\\\\memfs\\share, seen from memfs-disk',
    );
    expect(within(evidence).getByText(/^Expected, not .*inferred/)).toBeTruthy();
  });

  it('opens one cell by P and proves it by C, and leaves the others as they are', async () => {
    const { user } = open('visibility');
    const grid = await screen.findByRole('grid', undefined, patiently);
    const texts = () =>
      within(grid)
        .getAllByRole('gridcell')
        .map(cell => cell.textContent);
    within(grid).getAllByRole('gridcell')[0]?.focus();
    await user.keyboard('p');
    await waitFor(() => expect(texts()[0]).toBe('Visibleprobed'), patiently);
    await user.keyboard('c');
    await waitFor(() => expect(texts()[0]).toBe('Visiblecanary'), patiently);
    expect(texts().slice(1, 3)).toEqual(['Expectedinferred', 'Homeinventory']);
    expect((await screen.findByRole('tooltip', undefined, patiently)).textContent).toContain('seen from host');
  });

  it('says what breaks the policy', async () => {
    open('visibility');
    const evidence = await screen.findByRole('complementary', { name: 'Evidence' }, patiently);
    await within(evidence).findByText('2 violations expected by rule', undefined, patiently);
    expect(within(evidence).getByText(/is expected to be visible from the host/)).toBeTruthy();
  });

  it('offers to seal a leak, and stops nothing for it that it could not bring back', async () => {
    const { user } = open('visibility');
    const grid = await screen.findByRole('grid', undefined, patiently);
    const [leak] = within(grid).getAllByRole('gridcell');
    if (leak !== undefined) await user.click(leak);
    await user.click(await screen.findByRole('button', { name: 'Relaunch privately' }, patiently));
    const dialog = await screen.findByRole('dialog', { name: 'Relaunch privately?' });
    // How it was started is not known here: nothing may be stopped before its private form is there.
    expect(dialog.textContent).toContain('Nothing is stopped');
    await user.click(within(dialog).getByRole('button', { name: 'Fill in the Launch screen' }));
    await screen.findByRole('heading', { level: 1, name: 'Launch' }, patiently);
    const chosen = await screen.findByRole('radio', { name: /^memfs, as a disk/, checked: true }, patiently);
    expect(chosen).toBeTruthy();
  });
});

describe('the page', () => {
  it('says that its server is gone, keeps the screen, and takes it back by itself', async () => {
    const { link } = open('filesystems');
    await screen.findByText('memfs-share', undefined, patiently);
    link.cut();
    await screen.findByText(/The connection to Siloscope is lost/, undefined, patiently);
    expect(screen.getByText('memfs-share')).toBeTruthy();
    link.heal();
    await waitFor(() => expect(screen.queryByText(/The connection to Siloscope is lost/)).toBeNull(), patiently);
  });

  it('lists the screens from top to bottom by the numbers of their keys, Settings last', async () => {
    const { stores, user } = open('visibility');
    const links = within(screen.getByRole('navigation', { name: 'Screens' })).getAllByRole('link');
    expect(links.map(link => link.title)).toEqual(
      SCREENS.map((name, index) => `${shellWords.screens[name]} (Ctrl+${index + 1})`),
    );
    await user.keyboard('{Control>}8{/Control}');
    expect(stores.view.store.getState().screen).toBe('logs');
    await user.keyboard('{Control>}9{/Control}');
    expect(stores.view.store.getState().screen).toBe('settings');
  });

  it('goes to a screen by Ctrl and its number, and shows where it is', async () => {
    const { user } = open('readiness');
    await user.keyboard('{Control>}6{/Control}');
    await screen.findByRole('heading', { level: 1, name: 'Images' }, patiently);
    expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('Images');
  });

  it('opens the commands by Ctrl+K, walks them by arrows, and tells which one is chosen', async () => {
    const { user } = open('readiness');
    await screen.findByRole('heading', { level: 1, name: 'Readiness' }, patiently);
    await user.keyboard('{Control>}k{/Control}');
    const box = await screen.findByRole('combobox', undefined, patiently);
    const chosen = () => screen.getByRole('option', { selected: true });
    const first = chosen().textContent;
    await user.type(box, '{ArrowDown}');
    expect(chosen().textContent).not.toBe(first);
    expect(box.getAttribute('aria-activedescendant')).toBe(chosen().id);
    await user.type(box, '{ArrowUp}');
    expect(chosen().textContent).toBe(first);
  });

  it('does by name what the command line does', async () => {
    const { user } = open('readiness');
    await screen.findByRole('heading', { level: 1, name: 'Readiness' }, patiently);
    await user.keyboard('{Control>}k{/Control}');
    const box = await screen.findByRole('combobox', undefined, patiently);
    await user.type(box, 'siloscope list{Enter}');
    await screen.findByRole('table', { name: 'File systems in containers' }, patiently);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks before it stops what the palette named', async () => {
    const { user } = open('readiness');
    await screen.findByRole('heading', { level: 1, name: 'Readiness' }, patiently);
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox', undefined, patiently), 'siloscope stop memfs-share{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Stop memfs-share?' }, patiently);
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(screen.getByRole('button', { name: 'Stop memfs-share' })).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('stays where it is while a dialog waits for its answer', async () => {
    const { stores, user } = open('filesystems');
    await user.click(await screen.findByRole('button', { name: 'Stop memfs-share' }, patiently));
    const dialog = await screen.findByRole('dialog', { name: 'Stop memfs-share?' });
    await user.keyboard('{Control>}4{/Control}{Control>}k{/Control}{F1}');
    expect(screen.getAllByRole('dialog')).toEqual([dialog]);
    expect(stores.view.store.getState()).toMatchObject({ screen: 'filesystems', paletteOpen: false });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await user.keyboard('{Control>}4{/Control}');
    expect(stores.view.store.getState().screen).toBe('visibility');
  });

  it('says what is lost before it stops a file system', async () => {
    const { user } = open('filesystems');
    await user.click(await screen.findByRole('button', { name: 'Stop memfs-share' }, patiently));
    const dialog = await screen.findByRole('dialog', { name: 'Stop memfs-share?' });
    expect(dialog.textContent).toContain('Y: \\\\memfs\\share');
    expect(document.activeElement?.textContent).toBe('Cancel');
    await user.click(within(dialog).getByRole('button', { name: 'Stop it' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop memfs-share' })).toBeNull(), patiently);
  });
});

describe('a stop that failed', () => {
  it.each([
    [{ code: 'host-unreachable', host: 'box', reason: 'the plug was pulled' }, ['Try again', 'Close']],
    [{ code: 'timed-out', what: 'the stop', afterMs: 30_000 }, ['Try again', 'Stop by force', 'Close']],
  ] as const)('is tried again; force is no answer to what cannot be asked: %o', async (fault, offered) => {
    const { host, user } = open('filesystems');
    host.handlers['filesystem.stop'] = () => {
      throw new FaultError(fault);
    };
    await user.click(await screen.findByRole('button', { name: 'Stop memfs-share' }, patiently));
    await user.click(await screen.findByRole('button', { name: 'Stop it' }));
    const panel = await screen.findByRole('alert', undefined, patiently);
    const buttons = within(panel).getAllByRole('button', { name: /again|force|^Close/ });
    expect(buttons.map(button => button.textContent)).toEqual([...offered]);
  });
});

describe('a host that is lost', () => {
  it.each([
    [{ code: 'host-unreachable', host: 'ssh://me@box', reason: 'the plug was pulled' }, /Siloscope keeps trying/],
    [
      {
        code: 'host-key-refused',
        host: 'ssh://me@box',
        keyType: 'ssh-ed25519',
        fingerprint: 'SHA256:x',
        because: 'changed',
      },
      /not opened again by itself/,
    ],
  ] as const)('is named with what comes of it, and opened again by a button: %o', async (fault, said) => {
    const { host, user } = open('timeline');
    await screen.findByRole('heading', { level: 1, name: 'Timeline' }, patiently);
    host.hub.announce('host.lost', fault);
    await screen.findByText(said, undefined, patiently);
    await user.click(screen.getByRole('button', { name: 'Open it again' }));
    await waitFor(() => expect(screen.queryByText(said)).toBeNull(), patiently);
  });
});
