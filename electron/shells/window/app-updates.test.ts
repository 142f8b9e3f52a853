import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UpdateHold } from '../../../shared/wording/window-update.ts';
import { appUpdates, type NoUpdates } from './app-updates.ts';
import type { Question } from './open-outside.ts';
import { isProgramRunning, namesOfRunning, packagedUpdates } from './packaged-updates.ts';
import type { UpdateState, Updates } from './updates.ts';

const READY: UpdateState = { kind: 'ready', version: '1.1.0' };

/** The app with updates that answer as told, and a person who presses the buttons of these indices. */
function app(given: {
  state?: UpdateState;
  held?: UpdateHold;
  none?: NoUpdates;
  needsRights?: boolean;
  presses?: readonly number[];
}) {
  const done: string[] = [];
  const presses = [...(given.presses ?? [])];
  const listeners: ((state: UpdateState) => void)[] = [];
  const state: UpdateState = given.state ?? { kind: 'current' };
  const updates: Updates = {
    state,
    needsRights: given.needsRights ?? false,
    onChange: listener => {
      listeners.push(listener);
      return () => undefined;
    },
    choose: choice => void done.push(`choose ${choice}`),
    look: async () => state,
    hold: async () => given.held,
    restart: async () => {
      done.push('restart');
      return given.held;
    },
    atExit: async () => async () => void done.push('put in'),
    dispose: () => void done.push('dispose'),
  };
  const ask = async ({ message }: Question): Promise<number> => {
    done.push(message);
    return presses.shift() ?? 1;
  };
  const made = appUpdates({
    opening: Promise.resolve(given.none ?? updates),
    version: '1.0.0',
    ask,
    tell: title => void done.push(`notification: ${title}`),
    showFileSystems: () => void done.push('file systems'),
  });
  const become = (next: UpdateState): void => {
    for (const listener of listeners) listener(next);
  };
  return { made, done, become };
}

describe('"Check for updates"', () => {
  const HELD: UpdateHold = { because: 'file-systems-run', names: ['memfs-disk'] };
  it.each([
    ['nothing newer', {}, ['Siloscope 1.0.0 is the newest version of its channel.']],
    [
      'newer, but not for this machine',
      { state: { kind: 'current', withheld: '1.1.0' } },
      ['Siloscope 1.1.0 is there, but not for this machine yet.'],
    ],
    ['no network', { state: { kind: 'failed', reason: 'x' } }, ['Newer versions could not be looked for.']],
    ['from its sources', { none: 'not-packaged' }, ['This copy does not update itself.']],
    ['unpacked from a zip', { none: 'portable' }, ['This copy does not update itself.']],
    ['without an address', { none: 'no-feed' }, ['This copy does not know where newer versions are.']],
    ['ready, and later', { state: READY, presses: [1] }, ['Siloscope 1.1.0 is here.']],
    ['ready, and now', { state: READY, presses: [0] }, ['Siloscope 1.1.0 is here.', 'restart']],
    [
      'ready, now, but a file system runs',
      { state: READY, presses: [0, 0], held: HELD },
      ['Siloscope 1.1.0 is here.', 'restart', 'Siloscope 1.1.0 waits.', 'file systems'],
    ],
    [
      'ready, now, but a command line runs',
      { state: READY, presses: [0, 0], held: { because: 'command-line-runs' } },
      ['Siloscope 1.1.0 is here.', 'restart', 'Siloscope 1.1.0 waits.'],
    ],
  ] as const)('says how it stands: %s', async (_how, given, expected) => {
    const { made, done } = app(given);
    await made.askedFor();
    expect(done).toEqual(expected);
  });

  it('is told once when one is ready, without a question', async () => {
    const { done, become } = app({});
    await Promise.resolve();
    become({ kind: 'fetching', version: '1.1.0' });
    become(READY);
    expect(done).toEqual(['notification: Siloscope 1.1.0 is ready']);
  });

  it.each([
    [false, ['put in']],
    [true, []],
  ])('puts in at the end of the app, not at the end of the session (%s)', async (isSigningOut, expected) => {
    const { made, done } = app({ state: READY });
    await (await made.atExit(isSigningOut))?.();
    expect(done).toEqual(expected);
  });
});

describe('updates of a packaged app', () => {
  it('are none from sources, none for a copy that was unpacked, and none without an address', async () => {
    const resources = mkdtempSync(join(tmpdir(), 'siloscope-resources-'));
    const client = { call: () => Promise.reject(new Error('not asked')) };
    const around = { resources, client, quit: () => undefined, log: () => undefined };
    expect(await packagedUpdates({ ...around, kind: 'source' })).toBe('not-packaged');
    expect(await packagedUpdates({ ...around, kind: 'unpacked' })).toBe('portable');
    expect(await packagedUpdates({ ...around, kind: 'installed' })).toBe('no-feed');
    rmSync(resources, { recursive: true });
  });

  it.skipIf(process.platform !== 'linux')('wait for a program that runs, and for no other (on Linux)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'siloscope-running-'));
    const program = join(folder, 'node.exe');
    copyFileSync(realpathSync('/bin/sleep'), program);
    expect(isProgramRunning(program)).toBe(false);
    const child = spawn(program, ['60']);
    await once(child, 'spawn');
    expect(isProgramRunning(program)).toBe(true);
    child.kill();
    await once(child, 'exit');
    expect([isProgramRunning(program), isProgramRunning(join(folder, 'none'))]).toEqual([false, false]);
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['running', true],
    ['paused', true],
    ['restarting', true],
    ['exited', false],
    ['created', false],
    ['dead', false],
  ] as const)('wait for a file system that is %s: %s', (state, waits) => {
    expect(namesOfRunning([{ state, container: { name: 'memfs-disk' } }])).toEqual(waits ? ['memfs-disk'] : []);
  });
});
