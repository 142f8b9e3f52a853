import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from '../../electron/services/in-parallel.ts';
import { type BuiltProgram, builtWriter } from './built-writer.ts';
import { type Death, WRITING } from './die-at-step.ts';
import { WRITERS, type Writer } from './writers.ts';

const AT_ONCE = 3;

let place: string;
let built: BuiltProgram;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'siloscope-crash-'));
  built = await builtWriter('writer-process.ts');
});
afterAll(async () => {
  await rm(place, { recursive: true, force: true });
  await built.dispose();
});

/** Runs the writer in a process of its own. Answers its steps, or `killed`. */
async function run(name: string, folder: string, death?: Death): Promise<readonly string[] | 'killed'> {
  const how = death === undefined ? [] : [String(death.at), death.when];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [built.program, name, folder, ...how]);
    return JSON.parse(stdout) as string[];
  } catch (error) {
    const { signal, code, stderr } = error as { signal?: string; code?: number; stderr?: string };
    if (signal === 'SIGKILL' || (process.platform === 'win32' && stderr === '')) return 'killed';
    throw new Error(`the writer ended by itself, with ${code}: ${stderr}`, { cause: error });
  }
}

/** Files of a folder, whatever their times and numbers. */
async function names(folder: string): Promise<readonly string[]> {
  const all = await readdir(folder, { recursive: true });
  const plain = all.map(name => name.replace(/(lock-free|broken)-.+/, '$1').replace(/\d{12}/, 'N'));
  return [...new Set(plain)].toSorted((one, other) => one.localeCompare(other));
}

async function prepared(writer: Writer, name: string): Promise<string> {
  const folder = join(place, name.replaceAll(/\W/g, '-'), 'before');
  await mkdir(folder, { recursive: true });
  await (writer.prepare === undefined ? writer.write(folder, 'old') : writer.prepare(folder));
  return folder;
}

describe.each(Object.entries(WRITERS))('%s', (name, writer) => {
  it('is the old or the new one at whatever step its writer is killed, and nothing else is left', async () => {
    const before = await prepared(writer, name);
    const sound = `${before}-sound`;
    await cp(before, sound, { recursive: true });
    const steps = await run(name, sound);
    if (steps === 'killed') throw new Error('killed without a death');
    expect(steps.length).toBeGreaterThan(0);
    expect(await writer.read(sound)).toEqual(writer.new);
    const whole = await names(sound);

    const deaths = steps.flatMap((step, at): Death[] => [
      { at, when: 'before' },
      ...(WRITING.has(step) ? [{ at, when: 'half' } as const] : []),
    ]);
    const found = await inParallel(deaths, AT_ONCE, async death => {
      const folder = `${before}-${death.at}-${death.when}`;
      const told = `killed ${death.when} step ${death.at} of ${steps.join(' ')}`;
      await cp(before, folder, { recursive: true });
      expect(await run(name, folder, death), told).toBe('killed');
      const read = await writer.read(folder);
      expect([writer.old, writer.new], told).toContainEqual(read);
      // The next one goes on as if nothing had been.
      await writer.write(folder, 'new');
      expect(await writer.read(folder), told).toEqual(writer.new);
      expect(await names(folder), told).toEqual(whole);
      await rm(folder, { recursive: true });
      return read;
    });
    // A step that changes nothing before, and one after which all is there: the killing itself is tried.
    expect(found).toContainEqual(writer.old);
  }, 120_000);
});
