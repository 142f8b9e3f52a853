import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { type BundleHandlers, bundleGatherer } from '../../services/bundle/gather-bundle.ts';
import { zipFile } from '../../services/bundle/zip-file.ts';
import { Preferences } from '../../services/settings/preferences.ts';
import { appLogOf } from '../serving/app-log.ts';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import { SAMPLE_INSPECTION } from './testing/sample-inspection.ts';
import { SAMPLE_SNAPSHOT } from './testing/sample-snapshot.ts';
import { standIn } from './testing/stand-in-services.ts';

const NAMES = ['about.json', 'report.json', 'recording.json', 'settings.json', 'logs/siloscope.jsonl'];

/** Reads an archive by its central directory, as every other program does. */
function unzip(archive: Buffer): [name: string, text: string][] {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  const files: [string, string][] = [];
  for (let at = archive.readUInt32LE(end + 16), left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const length = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + length);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26);
    files.push([name, inflateRawSync(archive.subarray(from, from + archive.readUInt32LE(at + 20))).toString()]);
    at += 46 + length;
  }
  return files;
}

describe('siloscope doctor --bundle', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'siloscope-bundle-'));
    mkdirSync(join(home, 'logs'));
    const line = `{"what":"C:\\\\Users\\\\erika Musterfrau on SERVER22 and 10.1.2.3, ${userInfo().username}@box"}\n`;
    writeFileSync(join(home, 'logs', 'siloscope.jsonl'), `${line}${line.slice(0, -4)}\n`);
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const doctor = async (...argv: string[]) => {
    const io = captureIo({ env: { SILOSCOPE_HOME: home } });
    const handlers: BundleHandlers = {
      'snapshot.take': () => SAMPLE_SNAPSHOT,
      'readiness.check': () => ({ ready: true, checks: [] }),
      'inspection.take': () => SAMPLE_INSPECTION,
      'journal.read': () => ({ first: 0, last: 0, entries: [] }),
      'host.record': () => {
        throw new FaultError({ code: 'host-unreachable', host: 'local', reason: 'SERVER22 is gone' });
      },
      'secret.masking': () => ({ unmasked: [] }),
      'settings.read': () => {
        throw new FaultError({ code: 'host-unreachable', host: 'local', reason: 'SERVER22 is gone' });
      },
    };
    const appLog = appLogOf(join(home, 'logs'), systemClock);
    const services = standIn({
      'bundle.gather': bundleGatherer(handlers, {
        clock: systemClock,
        appLog,
        known: new Preferences(systemClock).secrets.values,
      }),
    });
    const exitCode = await run(['doctor', ...argv], io, services);
    return { exitCode, out: io.out(), err: io.err() };
  };

  it('writes everything that is there into one archive, and why the rest is not, naming nobody', async () => {
    const file = join(home, 'bundle.zip');
    const { exitCode, out } = await doctor('--bundle', file, '--json');
    expect({ exitCode, out: JSON.parse(out) }).toMatchObject({
      exitCode: 0,
      out: { written: file, files: NAMES.map(name => ({ name })) },
    });
    const files = unzip(readFileSync(file));
    expect(files.map(([name]) => name)).toEqual(NAMES);
    const everything = files.map(([, text]) => text).join('\n');
    expect(everything).not.toMatch(/SERVER22|erika|Musterfrau|10\.1\.2\.3|@box/);
    expect(Object.fromEntries(files)['recording.json']).toContain('host-unreachable');
    expect(readdirSync(home).sort()).toEqual(['bundle.zip', 'logs']);
  });

  it('shows the same before, and writes nothing', async () => {
    const file = join(home, 'bundle.zip');
    const { exitCode, out } = await doctor('--bundle', file, '--preview');
    expect(exitCode).toBe(0);
    for (const name of NAMES) expect(out).toContain(name);
    expect(out).toContain('<machine>');
    expect(out).not.toMatch(/SERVER22|erika/);
    expect(readdirSync(home)).toEqual(['logs']);
  });

  it.each([
    ['--preview without a bundle', ['--preview']],
    ['a folder that is not there', ['--bundle', '/nowhere/at/all.zip']],
  ])('refuses %s', async (_what, argv) => {
    expect(await doctor(...argv)).toMatchObject({ exitCode: 2, out: '' });
  });
});

describe('an archive', () => {
  it('holds its files to the letter, in order', () => {
    const files = fc.array(
      fc.record({ name: fc.stringMatching(/^[\w/.é-]{1,40}$/), content: fc.string({ unit: 'binary' }) }),
    );
    fc.assert(
      fc.property(files, fc.date({ noInvalidDate: true }), (made, at) => {
        expect(unzip(zipFile(made, at))).toEqual(
          made.map(({ name, content }) => [name, Buffer.from(content).toString()]),
        );
      }),
      { numRuns: 30 },
    );
  });
});
