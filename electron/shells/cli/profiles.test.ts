import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLocalServices } from '../serving/local-services.ts';
import { startWebServer } from '../serving/web-server.ts';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import type { Ran } from './testing/real-doors.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-profiles-'));
  file = join(folder, 'file.json');
});
afterEach(() => rm(folder, { recursive: true }));

async function keeping(...argv: string[]): Promise<Ran> {
  const io = captureIo({ columns: 160, env: { NO_COLOR: '1' } });
  const exitCode = await run(['profiles', ...argv], io, {
    openServices: (target, signal) =>
      openLocalServices(target, signal, { folder: join(folder, 'kept'), version: '1.0.0' }),
    startWebServer,
  });
  return { exitCode, out: io.out(), err: io.err() };
}

const OWN = { name: 'own', title: 'Own', description: '', command: ['x.exe'], kind: 'disk', defaults: {} };

describe('siloscope profiles', () => {
  it('exports those that are named, and imports them again under other names', async () => {
    expect((await keeping('--export', file)).exitCode).toBe(2);
    const { out } = await keeping('--export', file, 'rclone-disk', 'memfs-network');
    expect(out).toContain('rclone-disk, memfs-network');
    // As they are, they are there already.
    expect((await keeping('--import', file)).out).toContain('rclone-disk is there already, the same.');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll('"memfs, as', '"Changed: memfs, as'));
    const refused = await keeping('--import', file);
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain('memfs-network: a profile that comes along has that name');
    const kept = await keeping('--import', file, '--if-taken', 'replace');
    expect(kept.out).toContain('memfs-network is kept as memfs-network-2: the name was taken.');
    expect((await keeping('memfs-network-2')).out).toContain('Changed: memfs');
  });

  it('lists what comes along where a newer version wrote a file that it cannot read, and fails all the same', async () => {
    await mkdir(join(folder, 'kept'));
    const text = JSON.stringify({ profiles: { in: 'another shape' }, writtenBy: '99.0.0' });
    await writeFile(join(folder, 'kept', 'profiles.json'), text);
    const listed = await keeping();
    expect(listed.out).toContain('memfs-disk');
    expect(listed.exitCode).not.toBe(0);
    expect(listed.err).toContain('99.0.0');
    expect((await keeping('--export', file)).exitCode).toBe(listed.exitCode);
    expect(await readFile(join(folder, 'kept', 'profiles.json'), 'utf8')).toBe(text);
  });

  it('quotes a command as cmd takes it, and prints no secret of it', async () => {
    const command = ['C:\\My tools\\own.exe', '--password=hunter2', 'a "b" 100%', 'C:\\dir with\\'];
    await writeFile(file, JSON.stringify({ profiles: [{ ...OWN, command }] }));
    await keeping('--save', file);
    const { out } = await keeping('own');
    expect(out).toContain('"C:\\My tools\\own.exe"');
    expect(out).toContain('"C:\\dir with\\\\"');
    expect(out).not.toContain('hunter2');
  });

  it('lists what can be used, and says on what line of the file the rest is not', async () => {
    await mkdir(join(folder, 'kept'));
    const profiles = [OWN, { ...OWN, name: 'other', kynd: 'disk', kind: 'tape' }];
    const text = JSON.stringify({ profiles }, undefined, 1);
    await writeFile(join(folder, 'kept', 'profiles.json'), text);
    const { out, err, exitCode } = await keeping();
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^own {2}Own {2}your own$/m);
    expect(out).not.toMatch(/^other/m);
    expect(err).toContain('profiles.json has what Siloscope does not know.');
    expect(err).toMatch(/Line 20, column 12: "other" is not used\. profiles\[1\]\.kind: expected "disk" or "network"/);
    expect(err).toContain('profiles[1].kynd: unknown key; did you mean "kind"?');
    expect(await readFile(join(folder, 'kept', 'profiles.json'), 'utf8')).toBe(text);
  });

  it.each([
    ['keep-both', 'own is kept as own-2', ['own', 'own-2']],
    ['replace', 'the one of that name is replaced', ['own']],
    ['skip', 'own is left out', ['own']],
  ])('with a name that is taken: %s', async (choice, words, names) => {
    await writeFile(file, JSON.stringify(OWN));
    await keeping('--import', file);
    await writeFile(file, JSON.stringify({ ...OWN, title: 'Another' }));
    expect((await keeping('--import', file)).err).toContain('you have another profile of that name');
    expect((await keeping('--import', file, '--if-taken', choice)).out).toContain(words);
    await keeping('--export', file);
    const exported = JSON.parse(await readFile(file, 'utf8')) as { profiles: { name: string }[] };
    expect(exported.profiles.map(({ name }) => name)).toEqual(names);
  });

  it('imports many files at once, all or nothing', async () => {
    const other = join(folder, 'other.json');
    await writeFile(file, JSON.stringify([OWN, { ...OWN, name: 'second' }]));
    await writeFile(other, JSON.stringify({ ...OWN, name: 'third', kind: 'drive' }));
    const { exitCode, err } = await keeping('--import', file, other);
    expect({ exitCode, told: err.includes(`${other}:1:`) }).toEqual({ exitCode: 2, told: true });
    expect((await keeping('--export', file)).exitCode).toBe(2);
  });

  it('tells a mistake with line and column, and shows the command lines of what is right', async () => {
    await writeFile(file, '{\n  "name": "own",\n  "title" "Own"\n}');
    const broken = await keeping('--check', file);
    expect(broken.err).toContain(`${file}:3:11: expected ":" after the key "title"`);
    await writeFile(file, '{\n  "titel": "Own",\n  "name": "Own One",\n  "kind": "drive"\n}');
    const many = await keeping('--check', file);
    const told = many.err.split('\n').filter(line => line.includes(`${file}:`));
    expect([told.map(line => line.trim().slice(file.length)), many.exitCode]).toEqual([
      [
        expect.stringMatching(/^:1:1: title: missing; expected/),
        expect.stringMatching(/^:1:1: description: missing; expected/),
        expect.stringMatching(/^:1:1: command: missing; expected/),
        expect.stringMatching(/^:1:1: defaults: missing; expected/),
        expect.stringMatching(/^:2:12: titel: unknown key;/),
        expect.stringMatching(/^:3:11: name: expected lower/),
        expect.stringMatching(/^:4:11: kind: expected "disk"/),
      ],
      2,
    ]);
    const { out } = await keeping('--check', 'assets/profiles/example.json');
    expect(out).toContain('--config C:\\ProgramData\\Siloscope\\secrets\\rclone-team-config --rc');
    expect(out).toContain('Not in docker inspect.');
  });

  it('refuses two deeds at once, and names where there are none', async () => {
    expect((await keeping('--export', file, '--remove', 'own')).exitCode).toBe(2);
    expect((await keeping('--remove', 'own', 'other')).exitCode).toBe(2);
  });
});
