import { describe, expect, it, vi } from 'vitest';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { askByDialog } from './ask-by-dialog.ts';
import { type FollowedLately, followLately, type Lately } from './follow-lately.ts';
import { iconFiles } from './icon-files.ts';
import type { AppState } from './judge-app-state.ts';
import type { MenuItem } from './menu-item.ts';
import { type Notices, notices, type Toast } from './notices.ts';
import { pageChannel } from './page-channel.ts';
import { showState } from './show-state.ts';
import { showOnTaskbar } from './taskbar.ts';
import { showInTray, trayItems } from './tray.ts';
import { workTap } from './work-tap.ts';

const AT = '2026-11-22T00:00:00.000Z';
const item = (state: 'idle' | 'running') => ({ name: 'one', state, failures: 0, relaunches: 0 });
const workspace = (name: string) => ({ name, items: [{ name: 'one', launch: { profile: 'memfs-disk' } }] });
const LATELY: Lately = {
  recent: [
    { profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\a\\b', at: AT },
    { profile: 'memfs-disk', at: AT },
  ],
  workspaces: [
    { workspace: workspace('everyday'), kept: false, items: [item('idle')] },
    { workspace: workspace('whole'), kept: true, items: [item('running')] },
  ],
};
const NOTHING: Lately = { recent: [], workspaces: [] };

const STATES: readonly AppState[] = [
  { kind: 'idle' },
  { kind: 'busy', count: 2 },
  { kind: 'leak', count: 1, expected: 2 },
  { kind: 'error', trouble: 'engine-gone' },
];

describe('the icon in the notification area', () => {
  it('changes picture and words with the state, and its menu only when there is something new', () => {
    const calls: string[][] = [];
    const tray = showInTray<MenuItem[]>({
      tray: {
        setImage: file => calls.push([file]),
        setToolTip: text => calls.at(-1)?.push(text),
        setContextMenu: () => calls.at(-1)?.push('menu'),
        on: () => undefined,
      },
      buildMenu: items => items,
      icons: iconFiles('', 'win32'),
      act: { show: () => undefined, prefill: () => undefined, startWorkspace: () => undefined, quit: () => undefined },
    });
    for (const state of STATES) tray.update(state, NOTHING);
    tray.update({ kind: 'error', trouble: 'engine-gone' }, NOTHING);
    const icon = (name: string): string => iconFiles('', 'win32').tray(name as AppState['kind']);
    expect(calls).toEqual([
      [icon('idle'), 'Siloscope: idle', 'menu'],
      [icon('busy'), 'Siloscope: busy with 2 tasks', 'menu'],
      [icon('leak'), 'Siloscope: leak, one volume is seen outside; 2 volumes are expected to leak', 'menu'],
      [icon('error'), 'Siloscope: error, the engine does not answer', 'menu'],
    ]);
  });

  it('begins with Open, ends with Exit, and launches nothing by itself', () => {
    const done: unknown[] = [];
    const items = trayItems('idle', LATELY, {
      show: fragment => done.push(fragment ?? 'open'),
      prefill: wish => done.push(wish),
      startWorkspace: name => done.push(`start ${name}`),
      quit: () => done.push('exit'),
    });
    for (const item of items) item.click?.();
    const [again, workspaces] = items.flatMap(({ submenu }) => (submenu === undefined ? [] : [submenu]));
    again?.[0]?.click?.();
    for (const item of workspaces ?? []) item.click?.();
    expect([items[0]?.label, items.at(-1)?.label]).toEqual(['Open Siloscope', 'Exit']);
    expect(again?.[0]?.label).toBe('memfs-network (Y:, \\\\a\\b) ...');
    expect(workspaces?.map(({ label }) => label)).toEqual([
      'Start everyday (0 of 1 running)',
      'whole (1 of 1 running, kept running)',
      undefined,
      'Save what runs now as a workspace ...',
    ]);
    expect(done).toEqual([
      'open',
      '#/visibility',
      '#/settings',
      'exit',
      { profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\a\\b' },
      'start everyday',
      '#/filesystems',
      '#/filesystems?capture',
    ]);
  });
});

describe('a name with an ampersand', () => {
  it('is shown whole in the menu of the icon', () => {
    const lately = { ...NOTHING, recent: [{ profile: 'memfs-network', uncPrefix: '\\r&d\\x', at: AT }] };
    const act = { show: vi.fn(), prefill: vi.fn(), startWorkspace: vi.fn(), quit: vi.fn() };
    const labels = trayItems('idle', lately, act).flatMap(({ submenu }) => submenu?.map(({ label }) => label) ?? []);
    expect(labels[0]).toBe('memfs-network (\\\\r&&d\\x) ...');
  });
});

describe('the button on the taskbar', () => {
  it('shows how far the work is, and a badge with words while something leaks', () => {
    const calls: unknown[] = [];
    const shown = showOnTaskbar(
      {
        isDestroyed: () => false,
        setProgressBar: (fraction, options) => calls.push([fraction, options?.mode]),
        setOverlayIcon: (image, words) => calls.push([image, words]),
      },
      'badge',
    );
    shown.update({ kind: 'idle' }, []);
    shown.update({ kind: 'busy', count: 1 }, [{ kind: 'pull', subject: 'x', fraction: undefined }]);
    shown.update({ kind: 'busy', count: 1 }, [{ kind: 'pull', subject: 'x', fraction: 0.5 }]);
    shown.update({ kind: 'leak', count: 2, expected: 0 }, [{ kind: 'pull', subject: 'x', fraction: 0.5 }]);
    shown.update({ kind: 'idle' }, []);
    expect(calls).toEqual([
      [2, 'indeterminate'],
      [0.5, 'normal'],
      ['badge', 'leaks, 2 volumes are seen outside'],
      [-1, 'none'],
      [null, ''],
    ]);
  });
});

describe('what shows outside the window', () => {
  it('follows host and work, and what can be launched again', () => {
    const page = pageChannel(() => undefined);
    const work = workTap();
    const served = work.tap(page);
    const changes: ((lately: Lately) => void)[] = [];
    const lately: { value: Lately } & Pick<FollowedLately, 'onChange'> = {
      value: NOTHING,
      onChange: listener => {
        changes.push(listener);
        return () => undefined;
      },
    };
    const calls: unknown[] = [];
    showState({
      host: { view: { leaks: [], expectedLeaks: [], trouble: undefined }, onChange: () => () => undefined },
      work,
      lately,
      show: ({ kind }, running, { recent }) => calls.push([kind, running.length, recent.length]),
      list: ({ recent }) => calls.push(['list', recent.length]),
    });
    page.receive({ kind: 'call', id: 1, name: 'filesystem.launch', input: { profile: 'memfs-disk' } });
    served.send({ id: 1, kind: 'result', output: {} });
    lately.value = LATELY;
    for (const tell of changes) tell(LATELY);
    page.close();
    expect(calls).toEqual([
      ['idle', 0, 0],
      ['busy', 1, 0],
      ['idle', 0, 0],
      ['list', 2],
      ['idle', 0, 2],
    ]);
  });

  it('asks again when something was launched, kept or opened, one question at a time', async () => {
    const heard = new Map<string, (told: never) => void>();
    const asked: string[] = [];
    const answers: Record<string, object> = {
      'recent.list': { launches: [...LATELY.recent, { profile: 'gone', at: AT }] },
      'profile.list': { profiles: [{ name: 'memfs-network' }, { name: 'memfs-disk' }] },
      'workspace.list': { workspaces: LATELY.workspaces },
    };
    const lately = followLately({
      call: (name: string) => {
        asked.push(name);
        return Promise.resolve(answers[name] as never);
      },
      on: (name: string, listener: (told: never) => void) => {
        heard.set(name, listener);
        return () => void heard.delete(name);
      },
    } as Parameters<typeof followLately>[0]);
    const told: Lately[] = [];
    lately.onChange(value => told.push(value));
    await vi.waitFor(() => expect(told).toEqual([LATELY]));
    heard.get('settings.changed')?.({ what: 'policy' } as never);
    heard.get('settings.changed')?.({ what: 'recent' } as never);
    heard.get('workspace.changed')?.({} as never);
    await vi.waitFor(() => expect(told.length).toBe(3));
    expect(asked.length).toBe(9);
    lately.dispose();
    expect([...heard]).toEqual([]);
  });

  it('asks so that Return and Escape decline', async () => {
    const boxes: unknown[] = [];
    const ask = askByDialog(async box => {
      boxes.push(box);
      return { response: box.cancelId };
    });
    expect(await ask({ message: 'm', detail: 'd', buttons: ['Do', 'Leave'] })).toBe(1);
    expect(boxes).toMatchObject([{ message: 'm', detail: 'd', buttons: ['Do', 'Leave'], defaultId: 1, cancelId: 1 }]);
  });
});

describe('a notification', () => {
  const entry = (what: string, subject: string, data?: Record<string, unknown>): JournalEntry => ({
    sequence: 1,
    at: '2026-01-01T00:00:00.000Z',
    source: 'inspection',
    what,
    subject,
    ...(data === undefined ? {} : { data }),
  });

  function given(isWatched = false): {
    made: Notices;
    calls: string[];
    press: (() => void)[];
    shown: string[];
  } {
    const calls: string[] = [];
    const press: (() => void)[] = [];
    const shown: string[] = [];
    const made = notices({
      makeToast: ({ title, body, button, screen }): Toast => ({
        show: () => calls.push(`${title} | ${body} | ${button} | ${screen}`),
        remove: () => calls.push(`taken back: ${title}`),
        onPress: listener => press.push(listener),
      }),
      show: fragment => shown.push(fragment),
      isWatched: () => isWatched,
    });
    return { made, calls, press, shown };
  }

  it('tells of a leak, and is taken back when it is sealed', () => {
    const { made, calls, press, shown } = given();
    made.news(entry('volume.leaked', '\\Device\\a', { uncPrefix: '\\memfs\\share\u202e', home: 'shown' }));
    press[0]?.();
    made.news(entry('volume.leaked', '\\Device\\b'));
    made.news(entry('volume.sealed', '\\Device\\b'));
    made.news(entry('volume.leaked', '\\Device\\c', { proof: 'probe' }));
    expect(calls).toEqual([
      'A volume is expected to leak | \\\\memfs\\share\\u{202e} can be expected to be reached by others; an inspection with a probe shows whether it is. It was mounted by shown. | Show who sees it | visibility',
      'A volume is expected to leak | \\Device\\b can be expected to be reached by others; an inspection with a probe shows whether it is. | Show who sees it | visibility',
      'taken back: A volume is expected to leak',
      'A volume leaks | \\Device\\c was seen from outside its own namespace. | Show who sees it | visibility',
    ]);
    expect(shown).toEqual(['#/visibility']);
  });

  it('tells of a violation once a volume and of few in all, as sure as it is, and of what the guard did', () => {
    const { made, calls, press, shown } = given();
    const violated = (device: string, rank: string): void =>
      made.news(
        entry('policy.violated', device, {
          policy: 'team',
          uncPrefix: '\\memfs\\a',
          container: 'box',
          seenFrom: 'host',
          rank,
        }),
      );
    violated('a', 'rule');
    violated('a', 'rule');
    violated('b', 'probe');
    violated('c', 'rule');
    violated('d', 'rule');
    made.news(entry('policy.restored', 'b'));
    made.news(entry('guard.stopped', 'box', { notes: [] }));
    expect(calls.map(call => call.split(' | ')[0])).toEqual([
      'The policy "team" is expected to be violated',
      'The policy "team" is violated',
      'The policy "team" is expected to be violated',
      'taken back: The policy "team" is violated',
      'The guard stopped a container',
    ]);
    press.at(-1)?.();
    expect(shown).toEqual(['#/timeline']);
  });

  it('makes room, the oldest first, where many come and nobody looks', () => {
    const { made, calls } = given();
    for (let at = 0; at < 25; at++) made.news(entry('guard.stopped', `box ${at}`));
    const taken = calls.filter(call => call.startsWith('taken back'));
    expect([calls.length - taken.length, taken.length]).toEqual([25, 5]);
    made.clear();
    expect(calls.filter(call => call.startsWith('taken back'))).toHaveLength(25);
  });

  it.each([
    ['a driver that stopped', entry('fsd.stopped', 'WinFsp', { before: 'running' }), 1],
    ['a driver found at rest', entry('fsd.stopped', 'WinFsp', {}), 0],
    ['a driver the person unloaded', entry('fsd.unloaded', 'WinFsp', { lost: [] }), 0],
    ['a container', entry('container.started', 'x'), 0],
  ])('is given for changes the person did not make: %s', (_, news, count) => {
    const { made, calls } = given();
    made.news(news);
    expect(calls).toHaveLength(count);
  });

  it.each([
    [
      'a pull that is done',
      { kind: 'pull', subject: 'i', fraction: 1 },
      'done',
      ['The image is here | i was pulled. | Show images | images'],
    ],
    [
      'a pull that failed',
      { kind: 'pull', subject: 'i', fraction: 1 },
      'failed',
      ['A pull failed | i was not pulled. Images shows why. | Show images | images'],
    ],
    ['a pull the person cancelled', { kind: 'pull', subject: 'i', fraction: 1 }, 'cancelled', []],
    ['a launch, which its screen shows', { kind: 'launch', subject: 'i', fraction: 1 }, 'done', []],
  ] as const)('tells of %s', (_, work, how, calls) => {
    const given_ = given();
    given_.made.ended({ work, how });
    expect(given_.calls).toEqual(calls);
  });

  it('is not given to a person who looks at the window, and is all taken back at the end', () => {
    const watched = given(true);
    watched.made.news(entry('volume.leaked', 'a'));
    const { made, calls } = given();
    made.news(entry('volume.leaked', 'a'));
    made.news(entry('fsd.stopped', 'WinFsp', { before: 'running' }));
    made.clear();
    expect([watched.calls, calls.slice(2)]).toEqual([
      [],
      ['taken back: A volume is expected to leak', 'taken back: The file system driver is not running'],
    ]);
  });
});
