import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { appMenu } from './app-menu.ts';
import { closeToTray } from './close-to-tray.ts';
import { type KeptFile, keptFile } from './kept-file.ts';
import { parseLaunchArguments } from './launch-arguments.ts';
import type { MenuItem } from './menu-item.ts';
import { lookAfterSleep } from './power.ts';
import { quitInOrder } from './quitting.ts';
import { type PlacedWindow, rememberBounds } from './remember-bounds.ts';
import { singleInstance } from './single-instance.ts';
import { backgroundOf, followTheme } from './theme.ts';
import { EMPTY_MEMORY, WindowMemory } from './window-memory.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siloscope-life-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Memory without a file. */
function inMemory(value: WindowMemory = EMPTY_MEMORY): KeptFile<WindowMemory> & { value: WindowMemory } {
  const kept = {
    value,
    keep: (next: WindowMemory) => {
      kept.value = next;
    },
    written: () => Promise.resolve(),
  };
  return kept;
}

describe('what the window remembers', () => {
  const lines: string[] = [];
  const open = (): KeptFile<WindowMemory> => {
    lines.length = 0;
    const file = join(folder, 'window.json');
    return keptFile({ file, schema: WindowMemory, otherwise: EMPTY_MEMORY, log: line => lines.push(line) });
  };
  const told: WindowMemory = { ...EMPTY_MEMORY, toldOfTray: true };

  it('is nothing at first, and is there at the next start', async () => {
    const first = open();
    expect([first.value, lines]).toEqual([EMPTY_MEMORY, []]);
    first.keep({ ...EMPTY_MEMORY, toldOfTray: true });
    first.keep(told);
    await first.written();
    expect([first.value, open().value, readdirSync(folder).sort()]).toEqual([
      told,
      told,
      ['window.json', 'window.json.last'],
    ]);
  });

  it.each([
    ['torn', '{"toldOf'],
    ['not of its shape', '{"bounds":{"x":"left"}}'],
    ['empty', ''],
  ])('comes from the last good copy when the file is %s', async (_, text) => {
    const kept = open();
    kept.keep(told);
    await kept.written();
    kept.keep({ ...told, maximized: true });
    await kept.written();
    writeFileSync(join(folder, 'window.json'), text);
    expect([open().value, lines.length]).toEqual([{ ...told, maximized: true }, 1]);
  });

  it('is nothing again when no copy is good, and a place that cannot be written to ends nobody', async () => {
    writeFileSync(join(folder, 'window.json'), 'x');
    writeFileSync(join(folder, 'window.json.last'), 'y');
    expect([open().value, lines.length]).toEqual([EMPTY_MEMORY, 2]);
    const file = join(folder, 'window.json', 'below.json');
    const lost = keptFile({ file, schema: WindowMemory, otherwise: EMPTY_MEMORY, log: line => lines.push(line) });
    lost.keep(told);
    await lost.written();
    expect([lost.value, lines.at(-1)]).toEqual([
      told,
      `${file} could not be written: ${join(folder, 'window.json')} is a file, and no folder can be in its place.`,
    ]);
  });

  it('is where it stands, once the hand has come to rest', () => {
    const clock = new ManualClock();
    const memory = inMemory();
    const listeners = new Map<string, () => void>();
    let minimized = false;
    let visible = true;
    let x = 0;
    const window: PlacedWindow = {
      on: (event, listener) => listeners.set(event, listener),
      isDestroyed: () => false,
      isVisible: () => visible,
      isMaximized: () => true,
      isMinimized: () => minimized,
      getNormalBounds: () => ({ x, y: 2, width: 800, height: 600 }),
    };
    const remembered = rememberBounds(window, memory, clock);
    for (x = 1; x < 50; x++) {
      listeners.get('move')?.();
      clock.advance(10);
    }
    expect(memory.value.bounds).toBeUndefined();
    clock.advance(500);
    expect([memory.value.bounds, memory.value.maximized]).toEqual([{ x: 50, y: 2, width: 800, height: 600 }, true]);
    minimized = true;
    x = 99;
    listeners.get('close')?.();
    expect(memory.value.bounds?.x).toBe(50);
    minimized = false;
    visible = false;
    listeners.get('close')?.();
    expect(memory.value.bounds?.x).toBe(50);
    listeners.get('resize')?.();
    remembered.dispose();
  });
});

describe('closing the window', () => {
  function closing(isQuitting: boolean, memory = inMemory(), stays = true) {
    const calls: string[] = [];
    const on = new Map<string, (event: { preventDefault(): void }) => void>();
    closeToTray({
      window: {
        hide: () => calls.push('hidden'),
        on: (event, listener) => on.set(event, listener),
      },
      memory,
      isQuitting: () => isQuitting,
      stays: () => stays,
      quit: () => calls.push('quit'),
      tell: title => calls.push(title),
    });
    on.get('close')?.({ preventDefault: () => calls.push('kept') });
    return { calls, memory };
  }

  it('hides it, with a hint the first time only', () => {
    const first = closing(false);
    expect(first.calls).toEqual(['kept', 'hidden', 'Siloscope is still here']);
    expect(closing(false, first.memory).calls).toEqual(['kept', 'hidden']);
  });

  it('ends the app where the user wants that', () => {
    expect(closing(false, inMemory(), false).calls).toEqual(['kept', 'quit']);
  });

  it('closes it when the app ends', () => {
    expect(closing(true).calls).toEqual([]);
  });
});

describe('the end', () => {
  function ending(end: () => Promise<void>) {
    const on = new Map<string, (event: { preventDefault(): void }) => void>();
    const calls: string[] = [];
    const clock = new ManualClock();
    const isQuitting = quitInOrder(
      {
        on: (event: string, listener: (event: { preventDefault(): void }) => void) => on.set(event, listener),
        quit: () => undefined,
        exit: () => calls.push('gone'),
      },
      () => {
        calls.push('ending');
        return end();
      },
      clock,
    );
    const emit = (event: string): void => on.get(event)?.({ preventDefault: () => calls.push('held') });
    return { calls, clock, emit, isQuitting };
  }

  it.each([
    ['well', () => Promise.resolve()],
    ['badly', () => Promise.reject(new Error('no'))],
  ])('waits for everything once, however it goes: %s', async (_, end) => {
    const { calls, emit, isQuitting } = ending(end);
    expect(isQuitting()).toBe(false);
    emit('before-quit');
    emit('will-quit');
    emit('will-quit');
    expect([isQuitting(), calls]).toEqual([true, ['held', 'ending', 'held']]);
    await new Promise(resolve => setImmediate(resolve));
    expect(calls).toEqual(['held', 'ending', 'held', 'gone']);
  });

  it('does not wait for ever', () => {
    const { calls, clock, emit } = ending(() => new Promise(() => undefined));
    emit('will-quit');
    clock.advance(9_000);
    expect(calls).not.toContain('gone');
    clock.advance(1_000);
    expect(calls).toContain('gone');
  });
});

describe('a second start', () => {
  it.each([
    [true, ['--profile=x']],
    [false, []],
  ])('where the lock is had: %s', (first, heard) => {
    const told: (readonly string[])[] = [];
    let quits = 0;
    const isFirst = singleInstance(
      {
        requestSingleInstanceLock: () => first,
        quit: () => quits++,
        on: (_event, listener) => listener({}, ['--profile=x']),
      },
      argv => told.push(argv),
    );
    expect([isFirst, quits, told.flat()]).toEqual([first, first ? 0 : 1, heard]);
  });
});

describe('the arguments of a start', () => {
  const simulated = { kind: 'simulated', scenario: 'default' };
  it.each([
    [[], { hidden: false }],
    [['C:\\siloscope.exe', '--original-process-start-time=1', '--hidden'], { hidden: true }],
    [
      ['--scenario', 'noisy-neighbours'],
      { target: { kind: 'simulated', scenario: 'noisy-neighbours' }, hidden: false },
    ],
    [['--scenario=fsd-missing'], { target: { kind: 'simulated', scenario: 'fsd-missing' }, hidden: false }],
    [['--workspace=everyday'], { hidden: false, showsWorkspaces: true }],
    [['--host', 'local'], { target: { kind: 'windows', host: 'local' }, hidden: false }],
    [['--host=ssh://me@there'], { target: { kind: 'windows', host: 'ssh://me@there' }, hidden: false }],
    [['--host', 'simulated'], { target: simulated, hidden: false }],
    [['--host', 'ssh://me:secret@there/x y'], { hidden: false }],
    [['--host'], { hidden: false }],
    [['--scenario', '--hidden'], { hidden: true }],
    [['--profile=memfs-disk'], { hidden: false, profile: 'memfs-disk' }],
    [['--profile=../x'], { hidden: false }],
    [['siloscope://open?screen=images'], { hidden: false, link: 'siloscope://open?screen=images' }],
  ])('%j', (argv, read) => {
    expect(parseLaunchArguments(argv, () => undefined)).toEqual(read);
  });
});

describe("the system's colours", () => {
  it.each([
    [false, false, '#fafafa'],
    [true, false, '#1f1f1f'],
    [false, true, '#ffffff'],
    [true, true, '#000000'],
  ])('dark %s, contrast %s: %s behind the page', (dark, contrast, color) => {
    let updated: (() => void) | undefined;
    const theme = {
      shouldUseDarkColors: dark,
      shouldUseHighContrastColors: contrast,
      on: (_event: 'updated', listener: () => void) => {
        updated = listener;
      },
    };
    const painted: string[] = [];
    followTheme(theme, { isDestroyed: () => false, setBackgroundColor: told => painted.push(told) });
    updated?.();
    expect([backgroundOf(theme), painted]).toEqual([color, [color]]);
  });

  it('and its sleep: the host is looked at again after both', () => {
    const events: string[] = [];
    let looks = 0;
    lookAfterSleep(
      {
        on: (event, listener) => {
          events.push(event);
          listener();
        },
      },
      () => looks++,
    );
    expect([events, looks]).toEqual([['resume', 'unlock-screen'], 2]);
  });
});

describe('the menu', () => {
  const flat = (items: readonly MenuItem[]): MenuItem[] => items.flatMap(item => [item, ...flat(item.submenu ?? [])]);
  const acted: unknown[] = [];
  const items = flat(
    appMenu({
      show: fragment => acted.push(fragment),
      press: key => acted.push(key.keyCode),
      closeWindow: () => acted.push('close'),
      openOutside: url => acted.push(new URL(url).protocol),
      lookForUpdates: () => acted.push('updates'),
      about: () => acted.push('about'),
      quit: () => acted.push('quit'),
    }),
  );

  it('has one letter for Alt in each of its titles, and no key twice', () => {
    const titles = items.filter(({ submenu }) => submenu !== undefined).map(({ label }) => label ?? '');
    expect(titles).toEqual(['&File', '&Edit', '&View', '&Help']);
    const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leaves to the page the keys that the page answers', () => {
    const shown = items
      .filter(({ registerAccelerator }) => registerAccelerator === false)
      .map(item => item.accelerator);
    expect(shown).toEqual([
      'Ctrl+F',
      ...Array.from({ length: 9 }, (_, index) => `Ctrl+${index + 1}`),
      'F5',
      'Ctrl+K',
      'F1',
    ]);
  });

  it('does what it says', () => {
    for (const { click } of items) click?.();
    expect(acted.join(' ')).toBe(
      '#/launch #/settings close quit F ' +
        '#/readiness #/launch #/filesystems #/visibility #/namespaces #/images #/timeline #/logs #/settings ' +
        'F5 K F1 https: https: updates about',
    );
  });
});
