import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { UnwrittenCopy } from '../../../shared/domain/kept-container.ts';
import { Profile } from '../../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { copyCommand, wordHeld } from '../../../shared/wording/word-unwritten.ts';
import { createEngineConnection } from '../engine/engine-connection.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

const TOOLBOX = 'registry.example.com/platform/filesystems:ltsc2025';
const WAIT = { timeout: 40_000, interval: 50 };
const CACHED = ['--vfs-cache-mode', 'writes', '--vfs-write-back', '1h'];

let host: SimulatedServices;
afterEach(() => host.dispose());

/** Of what a shell runs nobody can tell from outside that it writes through. */
const IN_A_SHELL = ['cmd.exe', '/s', '/c', 'C:\\rclone\\rclone.exe mount remote: {mountPoint} --rc'];

/** Fields of a profile that are otherwise; undefined: left out. */
type More = { readonly [K in keyof Profile]?: Profile[K] | undefined };

/** A workspace of one rclone, by the user's own profile, whose container was killed after files were written. */
async function begin(lines: readonly string[], more: More = {}, flags = CACHED): Promise<string> {
  const rclone = BUILT_IN_PROFILES.find(({ name }) => name === 'rclone-disk');
  if (rclone === undefined) throw new Error('no profile rclone-disk');
  host = await openSimulatedServices(await scenarioNamed('default'));
  host.services.start(() => undefined);
  const profile = { ...rclone, name: 'my-cloud', command: [...rclone.command, ...flags], ...more };
  await host.call('profile.save', { profile: Profile.parse(profile) });
  const items = [{ name: 'cloud', launch: { profile: 'my-cloud', image: TOOLBOX } }];
  await host.call('workspace.save', { workspace: { name: 'office', items } });
  await host.call('workspace.start', { name: 'office' });
  for (const line of lines) await run(line);
  const connection = createEngineConnection(host.host, systemClock, 'the pipe');
  await connection.order('kill', docker => docker.getContainer('cloud').kill());
  connection.dispose();
  await expect.poll(async () => (await kept())[0]?.container, WAIT).toMatch(/^cloud\.unwritten-/);
  return (await kept())[0]?.container ?? '';
}

const run = (line: string): Promise<unknown> =>
  host.call('terminal.open', {
    id: crypto.randomUUID(),
    container: 'cloud',
    command: ['cmd.exe', '/c', line],
    rows: 24,
    columns: 80,
  });
const kept = async () => (await host.call('unwritten.list', {})).containers;

/** A copy with its archive, taken piece by piece. */
async function copied(container: string): Promise<UnwrittenCopy & { readonly archive: Buffer }> {
  const id = crypto.randomUUID();
  const copying = host.call('unwritten.copy', { container, id });
  // It is there to be taken as soon as it was asked for.
  const archive = taken(id);
  return { ...(await copying), archive: await archive };
}

async function taken(id: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (;;) {
    const { data, ended } = await host.call('unwritten.next', { id });
    pieces.push(Buffer.from(data, 'base64'));
    if (ended) return Buffer.concat(pieces);
  }
}

/** Names in a zip archive, as its directory has them. */
function namesIn(bytes: Buffer): string[] {
  const names: string[] = [];
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4))
    names.push(bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)));
  return names;
}

describe('a container that ended before its file system had written all', () => {
  it('tells what was not written, gives it out, and goes when it is told to', async () => {
    const name = await begin(['echo precious> Z:\\draft.txt', 'echo more> Z:\\reports\\new.csv']);
    const [row] = await kept();
    if (row === undefined) throw new Error('none is kept');
    expect(row).toMatchObject({
      item: 'cloud',
      workspace: 'office',
      profile: 'my-cloud',
      count: 2,
      waiting: [
        { path: 'remote\\draft.txt', bytes: 10 },
        { path: 'remote\\reports\\new.csv', bytes: 6 },
      ],
    });
    expect(wordHeld(row)).toBe('2 files not written: remote\\draft.txt (10 B) and remote\\reports\\new.csv (6 B).');
    expect(copyCommand(row)).toBe(`siloscope unwritten ${name} --out cloud.zip`);

    const { archive, ...copy } = await copied(name);
    const sha256 = createHash('sha256').update(archive).digest('hex');
    const size = archive.length;
    expect(copy).toEqual({ container: name, files: 2, bytes: 16, missing: [], missingCount: 0, size, sha256 });
    expect(namesIn(archive)).toEqual(['remote/draft.txt', 'remote/reports/new.csv']);

    await host.call('unwritten.remove', { container: name });
    expect(await kept()).toEqual([]);
    const { entries } = await host.call('journal.read', { filter: { kinds: ['unwritten'] } });
    expect(entries.map(({ what, subject, data }) => [what, subject, data])).toEqual([
      ['unwritten.copied', 'cloud', { container: name, files: 2, bytes: 16 }],
      ['unwritten.removed', 'cloud', { container: name }],
    ]);
  });

  it('gives out what is in the directory that its program was told', async () => {
    const name = await begin(['echo precious> Z:\\draft.txt'], {}, [...CACHED, '--cache-dir', 'C:\\my cache\\']);
    expect((await kept())[0]).toMatchObject({ directory: 'C:\\my cache\\vfs', count: 1 });
    expect(namesIn((await copied(name)).archive)).toEqual(['remote/draft.txt']);
  });

  it('whose program keeps no list of it gives out the whole directory', async () => {
    const [unwritten] = BUILT_IN_PROFILES.flatMap(({ unwritten: place }) => (place === undefined ? [] : [place]));
    if (unwritten === undefined) throw new Error('no profile names a directory');
    const name = await begin(['echo precious> Z:\\draft.txt'], { unwritten: { directory: unwritten.directory } });
    const [row] = await kept();
    expect(row?.waiting).toBeUndefined();
    expect(namesIn((await copied(name)).archive)).toEqual(['remote/draft.txt']);
  });

  it.each<[string, More, string[], string]>([
    [
      'whose cache is on another disk',
      { unwritten: undefined },
      [...CACHED, '--cache-dir', 'D:\\elsewhere'],
      'profile of',
    ],
    ['that may have a cache and has none', { command: IN_A_SHELL }, [], 'directory in'],
  ])('%s is listed, and says why nothing can be given out', async (_, more, flags, what) => {
    const name = await begin([], more, flags);
    const [row] = await kept();
    expect(row?.waiting).toBeUndefined();
    expect(await host.fault('unwritten.copy', { container: name, id: crypto.randomUUID() })).toMatchObject({
      code: 'not-found',
      what: expect.stringContaining(what),
    });
  });

  it('is given up by whoever takes it, and told so to who asked', async () => {
    const name = await begin(['echo precious> Z:\\draft.txt']);
    const id = crypto.randomUUID();
    const asked = host.fault('unwritten.copy', { container: name, id });
    await host.call('unwritten.next', { id, stop: true });
    expect(await asked).toEqual({ code: 'cancelled' });
    expect(await host.fault('unwritten.next', { id })).toMatchObject({ code: 'not-found', what: 'copy' });
    expect((await kept()).map(({ container }) => container)).toEqual([name]);
  });

  it('is the only kind that is removed so', async () => {
    const name = await begin(['echo precious> Z:\\draft.txt']);
    expect(await host.fault('unwritten.remove', { container: 'cloud' })).toMatchObject({
      code: 'not-found',
      known: [name],
    });
  });
});
