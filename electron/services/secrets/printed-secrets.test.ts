import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { LogLine } from '../../../shared/domain/log-line.ts';
import type { LogPiece } from '../../../shared/domain/log-piece.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { SECRETS_LABEL } from '../../../shared/domain/secret-labels.ts';
import { PieceMask } from '../logs/mask-pieces.ts';
import { memoryFiles } from '../settings/files.ts';
import { Preferences } from '../settings/preferences.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { KnownValues } from './known-values.ts';
import { testSealer } from './testing/test-sealer.ts';

const SECRET = 'correct-horse-7';
const MEMFS = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Z:';
const BASIC = Buffer.from(`admin:${SECRET}`).toString('base64');
/** What a careless program prints: its password, in an address, as a header, and once more in a file. */
const CARELESS = `cmd.exe /d /c "echo password ${SECRET}& echo PUT /a?key=${SECRET.replaceAll('-', '%2D')} 1>&2& echo Authorization: Basic ${BASIC}"`;

let open: SimulatedServices | undefined;
let folder = '';
afterEach(async () => {
  await open?.dispose();
  open = undefined;
  if (folder !== '') await rm(folder, { recursive: true });
  folder = '';
});
const on = async (
  preferences: Preferences,
  labels: Readonly<Record<string, string>> = {},
): Promise<SimulatedServices> => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-printed-'));
  open = await openSimulatedServices(
    {
      winfsp: { fsd: 'running' },
      images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      containers: [{ name: 'careless', image: SERVERCORE, command: CARELESS, labels }],
    },
    { preferences, journalFolder: folder },
  );
  return open;
};
const logOf = async ({ call }: SimulatedServices, name = 'careless'): Promise<string> => {
  const told: LogPiece[] = [];
  await call('filesystem.logs', { name }, { onProgress: piece => told.push(piece) });
  return told.map(({ text }) => text.trim()).join('\n');
};

describe('a secret that a program prints', () => {
  it('is masked in its log once its value is kept here', async () => {
    const preferences = new Preferences(systemClock, memoryFiles(new Map()), [testSealer]);
    const host = await on(preferences);
    expect(await logOf(host)).toContain(SECRET);
    await host.call('secret.set', { name: 'tool', value: SECRET });
    expect(await logOf(host)).toBe('password ********\nPUT /a?key=********\nAuthorization: Basic ********');
  });

  it('is masked among all logs', async () => {
    open = await openSimulatedServices({
      winfsp: { fsd: 'running' },
      images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      containers: [{ name: 'memfs', image: SERVERCORE, fileSystems: [{ commandLine: MEMFS }] }],
    });
    await open.call('secret.set', { name: 'tool', value: 'service memfs has' });
    const told: LogLine[] = [];
    await open.call('log.follow', {}, { onProgress: ({ lines }) => told.push(...lines) });
    expect(told.map(({ text }) => text)).toContain('The ******** been started.');
    expect(JSON.stringify(told)).not.toContain('service memfs has');
  });

  it('is masked where a launch was given it and nobody kept it: in the log, the fault, the journal, bundle and news', async () => {
    const profile: Profile = {
      name: 'careless',
      title: 'Careless',
      description: '',
      command: ['cmd.exe', '/d', '/c', 'echo', '{secrets}'],
      kind: 'disk',
      defaults: { mountPoint: 'X:' },
      secrets: [{ name: 'tool', title: 'Tool', deliver: { by: 'argument' }, arguments: [`{secret:tool}`] }],
    };
    const host = await on(new Preferences(systemClock));
    const news: unknown[] = [];
    host.services.start((name, payload) => void news.push([name, payload]));
    await host.call('profile.save', { profile });
    const said: unknown[] = [];
    const asked = { profile: 'careless', name: 'given', secrets: { tool: SECRET } };
    said.push(await host.fault('filesystem.launch', asked));
    expect(JSON.stringify(said)).toContain('********');
    expect(await logOf(host)).toContain('password ********');
    said.push(await host.call('journal.read', {}));
    const bundle = await host.call('bundle.gather', { siloscope: '1.0.0' });
    said.push(bundle.files, Buffer.from(bundle.archive, 'base64').toString('latin1'), news);
    expect(JSON.stringify(said)).not.toContain(SECRET);
    await host.dispose();
    open = undefined;
    const files = await Promise.all((await readdir(folder)).map(name => readFile(join(folder, name), 'utf8')));
    expect(files.join('\n')).not.toContain(SECRET);
  });

  it('is taken out of the app log and of a journal that was kept before it was known, when they are passed on', async () => {
    const preferences = new Preferences(systemClock, memoryFiles(new Map()), [testSealer]);
    const host = await on(preferences);
    await host.call('policy.save', { policy: { name: `for ${SECRET}`, rules: [] } });
    expect(JSON.stringify(await host.call('journal.read', {}))).toContain(SECRET);
    await host.call('secret.set', { name: 'tool', value: SECRET });
    expect(JSON.stringify(await host.call('journal.read', {}))).not.toContain(SECRET);
    const bundle = await host.call('bundle.gather', { siloscope: '1.0.0' });
    expect(JSON.stringify(bundle.files)).not.toContain(SECRET);
    expect(JSON.stringify(bundle.files)).toContain('<secret>');
  });

  it('is not pretended to be masked where it is too short, locked, or known to somebody else', async () => {
    const files = new Map<string, string>();
    const mine = new Preferences(systemClock, memoryFiles(files), [testSealer]);
    const host = await on(mine, { [SECRETS_LABEL]: 'short,strange' });
    expect(await host.call('secret.masking', { container: 'careless' })).toEqual({
      unmasked: [
        { name: 'short', because: 'unknown' },
        { name: 'strange', because: 'unknown' },
      ],
    });
    await host.call('secret.set', { name: 'short', value: 'hunter2' });
    await host.call('secret.set', { name: 'tool', value: SECRET });
    expect(await host.call('secret.masking', {})).toEqual({
      unmasked: [
        { name: 'short', because: 'too-short' },
        { name: 'strange', because: 'unknown' },
      ],
    });
    const about = (await host.call('bundle.gather', { siloscope: '1.0.0' })).files.find(
      ({ name }) => name === 'about.json',
    );
    expect(JSON.parse(about?.content ?? '')).toMatchObject({
      secretsNotMasked: [
        { name: 'short', because: 'too-short' },
        { name: 'strange', because: 'unknown' },
      ],
    });
    const theirs = new Preferences(systemClock, memoryFiles(files), []);
    await theirs.secrets.values.refresh();
    expect(theirs.secrets.values.unmasked([])).toEqual([
      { name: 'short', because: 'locked' },
      { name: 'tool', because: 'locked' },
    ]);
  });

  it('is masked no more by what was kept once it is forgotten, but by what a launch was given', async () => {
    const preferences = new Preferences(systemClock);
    const { values } = preferences.secrets;
    await preferences.secrets.set('tool', SECRET);
    expect(values.mask.text(SECRET)).toBe('********');
    await preferences.secrets.forget('tool');
    expect(values.mask.text(SECRET)).toBe(SECRET);
    preferences.secrets.use('tool', SECRET);
    expect(values.mask.text(SECRET)).toBe('********');
  });
});

describe('a value that is broken over pieces of a log', () => {
  const known = new KnownValues({ known: () => Promise.resolve([]), open: () => Promise.reject(new Error('none')) });
  known.use('tool', SECRET);
  const told = (...pieces: readonly (readonly ['stdout' | 'stderr', string])[]): readonly string[] => {
    const mask = new PieceMask(known);
    const pushed = pieces.flatMap(([stream, text]) => mask.push({ stream, text }));
    return [...pushed, ...mask.end()].map(({ stream, text }) => `${stream}: ${text}`);
  };

  it.each<[string, readonly (readonly ['stdout' | 'stderr', string])[], readonly string[]]>([
    [
      'of one stream',
      [
        ['stdout', 'it is correct-'],
        ['stdout', 'horse-7.\n'],
      ],
      ['stdout: it is ********.\n'],
    ],
    [
      'with another stream in between',
      [
        ['stdout', 'correct-ho'],
        ['stderr', 'warning\n'],
        ['stdout', 'rse-7\n'],
      ],
      ['stderr: warning\n', 'stdout: ********\n'],
    ],
    ['that ends within it', [['stderr', 'correct-hor']], ['stderr: correct-hor']],
  ])('%s', (_, pieces, expected) => {
    expect(told(...pieces)).toEqual(expected);
  });

  it('holds back no line that has ended, and nothing at all where no value is known', () => {
    expect(told(['stdout', 'one\n'], ['stdout', 'two\n'])).toEqual(['stdout: one\n', 'stdout: two\n']);
    const idle = new PieceMask(new KnownValues({ known: () => Promise.resolve([]), open: () => Promise.reject() }));
    expect(idle.push({ stream: 'stdout', text: 'prompt> ' })).toEqual([{ stream: 'stdout', text: 'prompt> ' }]);
  });
});
