import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { type UpdateHold, windowUpdateWords } from '../../../shared/wording/window-update.ts';
import { openUpdates, type UpdateProgram, type Updates } from './updates.ts';

const DAY_MS = 86_400_000;

/** electron-updater as far as it is used: what was set, and what it was told to do. Its channel allows going back, as the real one's does. */
class Program implements UpdateProgram {
  autoDownload = true;
  autoInstallOnAppQuit = true;
  allowDowngrade = false;
  allowPrerelease = false;
  disableWebInstaller = false;
  requestHeaders: UpdateProgram['requestHeaders'] = null;
  readonly currentVersion = { compare: (other: string) => '1.0.0'.localeCompare(other) };
  available = true;
  fail: (error: Error) => void = () => undefined;
  on(_event: 'error', listener: (error: Error) => void) {
    this.fail = listener;
  }
  readonly done: string[] = [];
  newest = '1.0.0';
  fails: 'check' | 'download' | undefined;
  #channel: string | null = null;

  get channel(): string | null {
    return this.#channel;
  }
  set channel(value: string | null) {
    this.#channel = value;
    this.allowDowngrade = true;
  }
  async checkForUpdates() {
    this.done.push(`check ${this.channel}${this.allowDowngrade ? ' and back' : ''}`);
    if (this.fails === 'check') throw new Error('net::ERR_NAME_NOT_RESOLVED');
    return { isUpdateAvailable: this.available && this.newest > '1.0.0', updateInfo: { version: this.newest } };
  }
  async downloadUpdate() {
    this.done.push('download');
    if (this.fails === 'download') throw new Error('sha512 checksum mismatch');
  }
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean) {
    this.done.push(`install${isSilent ? ' silently' : ''}${isForceRunAfter ? ' and start again' : ''}`);
  }
}

describe('newer versions', () => {
  let program: Program;
  let clock: ManualClock;
  let running: readonly string[] | Error;
  let updates: Updates;
  let log: string[];
  let commandLineRuns: boolean;
  const open = (arch = 'x64', needsRights = false): Updates =>
    openUpdates({
      program,
      needsRights,
      commandLineRuns: () => commandLineRuns,
      arch,
      clock,
      quit: () => program.done.push('quit'),
      log: line => log.push(line),
      running: async () => {
        if (running instanceof Error) throw running;
        return running;
      },
    });
  beforeEach(() => {
    program = new Program();
    clock = new ManualClock();
    running = [];
    log = [];
    commandLineRuns = false;
    updates = open();
  });
  afterEach(() => updates.dispose());
  /** Time passes, and what it started comes to its end. */
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise(resolve => setImmediate(resolve));
  };
  const ended = async (putIn: (() => Promise<void>) | undefined): Promise<void> => {
    const over = putIn?.();
    clock.advance(1_000);
    await over;
  };
  const fetched = async (): Promise<void> => {
    program.newest = '1.1.0';
    await updates.look();
    program.done.length = 0;
  };

  it('are never fetched or put in by the updater itself', () => {
    expect([program.autoDownload, program.autoInstallOnAppQuit, program.disableWebInstaller]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each([
    ['stable', 'x64', 'stable', false],
    ['preview', 'x64', 'preview', true],
    ['stable', 'arm64', 'stable-arm64', false],
    ['preview', 'arm64', 'preview-arm64', true],
    ['off', 'x64', 'stable', false],
  ] as const)(
    'come from the channel of the choice "%s" on %s, and never go back',
    async (choice, arch, channel, early) => {
      updates = open(arch);
      updates.choose(choice);
      await updates.look();
      expect(program.done).toEqual([`check ${channel}`]);
      expect(program.allowPrerelease).toBe(early);
    },
  );

  it('are looked for soon after the start and once a day, unless the user has said no', async () => {
    updates.choose('stable');
    await pass(60_000);
    expect(program.done).toEqual(['check stable']);
    await pass(DAY_MS);
    expect(program.done).toHaveLength(2);
    updates.choose('off');
    await pass(3 * DAY_MS);
    expect(program.done).toHaveLength(2);
  });

  it('are fetched, and wait', async () => {
    const seen: string[] = [];
    updates.onChange(({ kind }) => seen.push(kind));
    program.newest = '1.1.0';
    expect(await updates.look()).toEqual({ kind: 'ready', version: '1.1.0' });
    expect(seen).toEqual(['looking', 'fetching', 'ready']);
    expect(program.done).toEqual(['check stable', 'download']);
    await pass(10 * DAY_MS);
    expect(program.done).toHaveLength(2);
  });

  it('are forgotten when the user chooses another channel, or none, before they are put in', async () => {
    updates.choose('preview');
    await fetched();
    updates.choose('off');
    expect([updates.state.kind, await updates.atExit()]).toEqual(['idle', undefined]);
    updates.choose('preview');
    const looking = updates.look();
    updates.choose('stable');
    expect(await looking).toEqual({ kind: 'idle' });
  });

  it.each([
    ['1.1.0', { kind: 'current', withheld: '1.1.0' }],
    ['1.0.0', { kind: 'current' }],
    ['0.9.0', { kind: 'current' }],
  ])('that are not for this machine yet are not passed over in silence: %s', async (newest, state) => {
    Object.assign(program, { newest, available: false });
    expect(await updates.look()).toEqual(state);
  });

  it('are looked for without a number by which a server would know this copy again', () => {
    expect(program.requestHeaders).toEqual({ 'x-user-staging-id': 'none' });
  });

  it.each([
    ['check', 'net::ERR_NAME_NOT_RESOLVED'],
    ['download', 'sha512 checksum mismatch'],
  ] as const)('that fail in the %s are told, and tried again', async (fails, reason) => {
    program.newest = '1.1.0';
    program.fails = fails;
    expect(await updates.look()).toEqual({ kind: 'failed', reason });
    expect(await updates.atExit()).toBeUndefined();
    program.fails = undefined;
    expect(await updates.look()).toEqual({ kind: 'ready', version: '1.1.0' });
  });

  describe('never restart under a running file system', () => {
    it.each<[string, readonly string[] | Error, UpdateHold]>([
      ['one runs', ['memfs-disk'], { because: 'file-systems-run', names: ['memfs-disk'] }],
      [
        'nobody can say',
        new Error('the engine does not answer'),
        { because: 'not-known', reason: 'the engine does not answer' },
      ],
    ])('when the user asks and %s', async (_when, found, held) => {
      await fetched();
      running = found;
      expect(await updates.restart()).toEqual(held);
      expect(await updates.atExit()).toBeUndefined();
      expect(program.done).toEqual([]);
    });

    it('though none ran when the version came', async () => {
      await fetched();
      expect(await updates.hold()).toBeUndefined();
      running = ['memfs-disk'];
      expect(await updates.restart()).toMatchObject({ because: 'file-systems-run' });
      expect(program.done).toEqual([]);
    });

    it('nor under a command line, which the installer would end', async () => {
      await fetched();
      commandLineRuns = true;
      expect(await updates.restart()).toEqual({ because: 'command-line-runs' });
      expect(await updates.atExit()).toBeUndefined();
      expect(program.done).toEqual([]);
    });

    it('but when none runs and the user asks, once the app has ended in its order', async () => {
      await fetched();
      expect(await updates.restart()).toBeUndefined();
      const putIn = await updates.atExit();
      expect(program.done).toEqual(['quit']);
      await ended(putIn);
      expect(program.done).toEqual(['quit', 'install silently and start again']);
    });

    it('or at the end of the app, when everything is closed', async () => {
      await fetched();
      const putIn = await updates.atExit();
      expect(program.done).toEqual([]);
      await ended(putIn);
      expect(program.done).toEqual(['install silently']);
    });

    it('or only when the user asks, where Windows would ask for an administrator at each exit', async () => {
      updates = open('x64', true);
      await fetched();
      expect(await updates.atExit()).toBeUndefined();
      expect(await updates.restart()).toBeUndefined();
      await ended(await updates.atExit());
      expect(program.done).toEqual(['quit', 'install silently and start again']);
    });

    it('and an installer that cannot be started is in the log', async () => {
      await fetched();
      const putIn = await updates.atExit();
      const over = ended(putIn);
      program.fail(new Error('spawn EACCES'));
      await over;
      expect(log.at(-1)).toBe('The newer version could not be put in: spawn EACCES');
    });

    it('and nothing is put in that was not fetched', async () => {
      expect(await updates.restart()).toBeUndefined();
      expect(await updates.atExit()).toBeUndefined();
      expect(program.done).toEqual([]);
    });
  });

  it.each<[string, UpdateHold, string]>([
    ['one', { because: 'file-systems-run', names: ['a\u202eb'] }, 'A file system runs: a\\u{202e}b.'],
    ['seven', { because: 'file-systems-run', names: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }, 'a, b, c, d, e and 2 more.'],
    ['not known', { because: 'not-known', reason: 'host lost' }, '(host lost)'],
  ])('that wait say for what: %s', (_what, hold, words) => {
    expect(windowUpdateWords.held('1.1.0', hold).detail).toContain(words);
  });
});
