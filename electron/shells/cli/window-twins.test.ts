import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocalServices } from '../serving/local-services.ts';
import { startWebServer } from '../serving/web-server.ts';
import { parseChanges } from './commands/settings.ts';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import { type Ran, ran, ranJson, type Simulation, simulation } from './testing/real-doors.ts';
import { typedInput } from './testing/typed-input.ts';

const PAGE = ['--scenario', 'winfsp-container-support'];
const PLAIN = { columns: 100, env: { NO_COLOR: '1' } };

let folder: string;
let sim: Simulation;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-twins-'));
  sim = await simulation('winfsp-container-support');
});
afterAll(async () => {
  await sim.end();
  await rm(folder, { recursive: true });
});

/** One command whose settings are kept. */
async function keeping(...argv: string[]): Promise<Ran> {
  const io = captureIo(PLAIN);
  const exitCode = await run(argv, io, {
    openServices: (target, signal) => openLocalServices(target, signal, { folder }),
    startWebServer,
  });
  return { exitCode, out: io.out(), err: io.err() };
}

describe('logs', () => {
  it('shows what a file system wrote, and ends', async () => {
    const { exitCode, out, err } = await ran(['logs', 'memfs-network', ...PAGE], PLAIN);
    expect({ exitCode, out: (out + err).trim() }).toEqual({ exitCode: 0, out: expect.stringContaining('memfs') });
  });

  it('follows until Ctrl-C, which is no failure', async () => {
    const io = captureIo({
      onOut: () => io.interrupt(),
      onErr: () => io.interrupt(),
    });
    const argv = ['logs', 'memfs-network', '--follow', '--json', '--connect', sim.connect];
    expect(await run(argv, io, { openServices: openLocalServices, startWebServer })).toBe(0);
    expect(JSON.parse(io.out().split('\n')[0] ?? '')).toMatchObject({
      stream: expect.any(String),
      at: expect.any(String),
    });
  });
});

describe('logs --all', () => {
  it('puts every log on one clock', async () => {
    const { exitCode, out } = await ran(['logs', '--all', '--json', ...PAGE], PLAIN);
    const lines = out
      .trim()
      .split('\n')
      .map((line): { at: string; origin: string } => JSON.parse(line));
    expect(exitCode).toBe(0);
    expect(lines.map(({ at }) => at)).toEqual(
      lines.map(({ at }) => at).toSorted((a, b) => Date.parse(a) - Date.parse(b)),
    );
    expect(new Set(lines.map(({ origin }) => origin))).toContain('filesystem');
  });

  it('filters, and follows until Ctrl-C', async () => {
    const { out } = await ran(['logs', '--all', '--origin', 'filesystem', '--text', 'started', ...PAGE], PLAIN);
    expect(out).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z +filesystem \S+ +The service memfs has been started\.$/m,
    );
    const none = await ran(['logs', '--all', '--text', 'nobody-says-this', ...PAGE], PLAIN);
    expect({ out: none.out, err: none.err }).toEqual({ out: '', err: 'No line fits.\n' });
    const io = captureIo({ onOut: () => io.interrupt() });
    const argv = ['logs', '--all', '--follow', '--json', '--connect', sim.connect];
    expect(await run(argv, io, { openServices: openLocalServices, startWebServer })).toBe(0);
  });

  it.each([
    [['logs'], 'give the name of a container, or --all'],
    [['logs', 'a', '--all'], 'and not both'],
    [['logs', '--all', '--origin', 'moon'], 'expected app, engine, fsd, filesystem, siloscope'],
    [['logs', '--all', '--severity', 'bad'], 'expected info, warning, error'],
  ])('%s is asked wrongly', async (argv, says) => {
    const { exitCode, err } = await ran([...argv, ...PAGE], PLAIN);
    expect({ exitCode, err: err.replaceAll(/\s+/g, ' ') }).toEqual({ exitCode: 2, err: expect.stringContaining(says) });
  });
});

describe('terminal', () => {
  it('runs a command and tells its output and exit code', async () => {
    const told = await ranJson('terminal', 'memfs-network', ...PAGE, '--', 'cmd.exe', '/c', 'echo', 'here');
    expect(told).toMatchObject({ exitCode: 0, json: { exitCode: 0, container: 'memfs-network', output: 'here\r\n' } });
    const failed = await ran(['exec', 'memfs-network', ...PAGE, '--', 'cmd.exe', '/c', 'exit', '3'], PLAIN);
    expect(failed.exitCode).toBe(5);
  });

  it('takes a terminal that nobody has sized', async () => {
    const io = captureIo({ columns: 0 });
    const argv = ['terminal', 'memfs-network', ...PAGE, '--', 'cmd.exe', '/c', 'ver'];
    expect(await run(argv, io, { openServices: openLocalServices, startWebServer })).toBe(0);
  });

  it.each([true, false])('is typed into, on a terminal %s', async isTTY => {
    const stdin = typedInput(isTTY);
    let screen = '';
    const io = captureIo({
      ...PLAIN,
      onOut: text => {
        const before = screen;
        screen += text;
        if (before === '') stdin.type(isTTY ? 'echo on-screen\rexit\r' : 'echo on-screen\n');
        if (!isTTY && before === '') stdin.end();
      },
    });
    const exitCode = await run(
      ['terminal', 'memfs-network', ...PAGE],
      { ...io, stdin },
      { openServices: openLocalServices, startWebServer },
    );
    expect({ exitCode, modes: stdin.modes }).toEqual({ exitCode: 0, modes: [true, false] });
    expect(screen).toContain('\non-screen');
  });

  it('is left by Ctrl-]', async () => {
    const stdin = typedInput(true);
    let isOpen = false;
    const io = captureIo({
      ...PLAIN,
      onOut: () => {
        if (!isOpen) stdin.type('\u001d');
        isOpen = true;
      },
    });
    const argv = ['terminal', 'memfs-network', ...PAGE];
    expect(await run(argv, { ...io, stdin }, { openServices: openLocalServices, startWebServer })).toBe(0);
  });
});

describe('look', () => {
  it('opens one volume from one namespace, or from all', async () => {
    const { exitCode, out } = await ran(['look', '\\\\memfs\\share', '--from', 'host', '--canary', ...PAGE], PLAIN);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: expect.stringMatching(/host +YES canary/) });
    const all = await ranJson('look', 'z:', ...PAGE);
    expect(all.json).toMatchObject({ cells: [{ namespace: 'host', visible: 'no' }, {}, {}], gaps: [] });
    expect(await ranJson('look', 'Q:', ...PAGE)).toMatchObject({ exitCode: 2, json: { fault: { code: 'not-found' } } });
  });

  it('guesses none of several that have one mount point, and names whose each is', async () => {
    const { exitCode, err } = await ran(['look', 'x:', '--scenario', 'noisy-neighbours'], PLAIN);
    expect(exitCode).toBe(2);
    expect(err).toContain('Several volumes are called "x:".');
    expect(err.match(/\(of etl-\w+\)/g)).toHaveLength(3);
  });
});

describe('images', () => {
  it('are pruned only when told yes', async () => {
    const plan = await ran(['images', '--prune', '--scenario', 'default'], PLAIN);
    expect(plan).toMatchObject({ exitCode: 0, out: expect.stringContaining('Nothing was removed') });
    const done = await ranJson('images', '--prune', '--yes', '--scenario', 'default');
    expect(done.json).toMatchObject({ images: [{ outcome: 'removed' }, { outcome: 'removed' }] });
    const used = await ran(['images', '--remove', 'nothing:like-it', ...PAGE], PLAIN);
    expect(used.exitCode).toBe(2);
  });
});

describe('what is kept', () => {
  it('is there for the next command: settings, a profile, a policy', async () => {
    expect((await keeping('settings', 'theme=dark', 'hosts=ssh://me@box')).out).toMatch(/theme +dark/);
    expect((await keeping('settings')).out).toContain('ssh://me@box');
    const file = join(folder, 'own.json');
    const own = { name: 'own', title: 'Own', description: 'Mine.', command: ['x.exe'], kind: 'disk', defaults: {} };
    await writeFile(file, JSON.stringify(own));
    expect((await keeping('profiles', '--save', file)).exitCode).toBe(0);
    expect((await keeping('profiles')).out).toContain('own  Own  your own');
    expect((await keeping('profiles', '--remove', 'own')).exitCode).toBe(0);
    expect((await keeping('profiles', '--remove', 'own')).exitCode).toBe(2);
    await writeFile(file, JSON.stringify({ name: 'lax', rules: [{ uncPrefix: '\\memfs\\*', allow: true }] }));
    expect((await keeping('policy', '--save', file)).out).toContain('1. allow \\memfs\\*, seen from anywhere');
    expect((await keeping('policy')).out).toContain('lax  your own');
    expect((await keeping('settings', 'guard=stop,including-running')).out).toMatch(/guard +stop,including-running/);
    expect((await keeping('settings', 'guard=off')).out).toMatch(/guard +off/);
  });

  it.each([
    ['theme'],
    ['guard=kill'],
    ['guard=stop,all'],
    ['theme=pink'],
    ['colour=red'],
    ['autostart=maybe'],
    ['hosts=http://x'],
  ])('refuses %s', change => {
    expect(() => parseChanges([change])).toThrow('invalid-input');
  });
});

describe('hosts', () => {
  it('are listed, and another one is opened in a running Siloscope', async () => {
    const { out } = await ran(['hosts'], PLAIN);
    expect(out).toMatch(/default {2}open now/);
    expect(out).toContain('not available');
    expect(await sim.ranJson('hosts', '--open', 'noisy-neighbours')).toMatchObject({
      exitCode: 0,
      json: { host: { scenario: 'noisy-neighbours' } },
    });
    expect(await sim.ranJson('hosts', '--open', 'nowhere')).toMatchObject({ exitCode: 2 });
    expect((await sim.ranJson('hosts', '--open', 'winfsp-container-support')).exitCode).toBe(0);
  });
});
