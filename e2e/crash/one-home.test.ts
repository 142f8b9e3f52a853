import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sleep, systemClock } from '../../shared/base/clock.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { type BuiltProgram, builtProgram } from './built-writer.ts';
import { RealHome, type Run, type Running, smallDisk } from './real-home.ts';

let built: BuiltProgram;
let home: RealHome;
let undo: () => void = () => undefined;
beforeAll(async () => {
  built = await builtProgram('electron/shells/cli/main.ts');
}, 60_000);
afterAll(() => built.dispose());
afterEach(async () => {
  undo();
  undo = () => undefined;
  await home.dispose();
});

const LONG = 180_000;
const launched = (name: string, ...more: string[]): string[] => [
  'launch',
  'memfs-disk',
  '--name',
  name,
  '--json',
  ...more,
];

/** A server that stays, with its own simulated host; as the app beside which commands are given. */
async function serving(): Promise<{ readonly server: Running; readonly connect: string }> {
  const server = home.start(['sim', '--listen', 'tcp://127.0.0.1:0', '--json']);
  const { connect } = z.object({ connect: z.string() }).parse(await server.first);
  return { server, connect };
}

const told = (entries: readonly JournalEntry[], what: string, subject: string): number =>
  entries.filter(entry => entry.what === what && entry.subject === subject).length;

function expectWhole(entries: readonly JournalEntry[]): void {
  expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, at) => at + 1));
}

describe.each([
  ['a plain folder', 'home', false],
  ['a folder whose name is no ASCII, one of them with its clock three hours behind', 'Zuhause Ж 家 ü', true],
] as const)('several processes of the built program on %s', (_, name, isClockBehind) => {
  it(
    'of which some are killed lose no line that was promised, double none, and are all read by others meanwhile',
    async () => {
      home = await RealHome.create(built.program, name);
      const { server } = await serving();
      const done: string[] = [];
      const commands = Array.from({ length: 6 }, async (_entry, at) => {
        const running = home.start(launched(`n${at}`), { isClockBehind: isClockBehind && at % 3 === 0 });
        // Each third is killed, wherever it is by then.
        if (at % 3 === 1) {
          await sleep(systemClock, 200 + 250 * at);
          running.kill('SIGKILL');
        }
        const { exitCode, err } = await running.done;
        if (exitCode === 0) done.push(`n${at}`);
        else expect(at % 3, err).toBe(1);
      });
      for (let reading = 0; reading < 3; reading++) {
        expectWhole(await home.journal());
        const found = await home.journal('--text', 'is launched');
        expect(found.filter(({ what }) => what !== 'launch.done')).toEqual([]);
        expect(new Set(found.map(({ sequence }) => sequence)).size).toBe(found.length);
      }
      await Promise.all(commands);
      expect(done.length).toBeGreaterThanOrEqual(4);
      server.kill('SIGINT');
      expect((await server.done).exitCode).toBe(0);
      const entries = await home.journal();
      expectWhole(entries);
      for (const one of done) {
        expect([one, told(entries, 'launch.started', one), told(entries, 'launch.done', one)]).toEqual([one, 1, 1]);
      }
    },
    LONG,
  );
});

describe('two that order the same of one host at once', () => {
  it(
    'launch it once',
    async () => {
      home = await RealHome.create(built.program, 'home');
      const { server, connect } = await serving();
      const runs = await Promise.all([1, 2, 3].map(() => home.run(...launched('once', '--connect', connect))));
      expect(runs.map(({ exitCode }) => exitCode === 0).filter(Boolean)).toHaveLength(1);
      const { out } = await home.run('list', '--json', '--connect', connect);
      expect(out.match(/"name": "once"/g)).toHaveLength(1);
      server.kill('SIGINT');
      await server.done;
      expect(told(await home.journal(), 'launch.done', 'once')).toBe(1);
    },
    LONG,
  );
});

describe.each([
  ['full', (folder: string) => writeFile(join(folder, 'filler'), Buffer.alloc(4 * 1_048_576)).catch(() => undefined)],
  ['read-only', undefined],
] as const)('a disk that becomes %s below processes of the built program', (_, fill) => {
  it(
    'costs no line of the one that stays, nor its work, and the others still work',
    async context => {
      home = await RealHome.create(built.program, 'home');
      const disk = smallDisk(home.folder);
      if (disk === undefined) return context.skip('only an administrator of a Linux may mount a small disk');
      undo = disk.dispose;
      const { server, connect } = await serving();
      const act = (name: string): Promise<Run> => home.run(...launched(name, '--connect', connect));
      expect((await act('before')).exitCode).toBe(0);
      if (fill === undefined) disk.remount('ro');
      else await fill(home.folder);
      expect(await act('meanwhile')).toMatchObject({ exitCode: 0 });
      expect(await home.run(...launched('alone'))).toMatchObject({ exitCode: 0 });
      expect((await home.run('list', '--json', '--connect', connect)).out).toContain('"name": "meanwhile"');
      if (fill === undefined) disk.remount('rw');
      else await rm(join(home.folder, 'filler'));
      expect((await home.run(...launched('after'))).exitCode).toBe(0);
      server.kill('SIGINT');
      await server.done;
      const entries = await home.journal();
      expectWhole(entries);
      for (const name of ['before', 'meanwhile', 'after'])
        expect([name, told(entries, 'launch.done', name)]).toEqual([name, 1]);
      expect(entries.filter(({ what }) => what === 'journal.unwritable')).toHaveLength(1);
    },
    LONG,
  );
});
