import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTAINER_ID, SILO, SILO_DEVICES } from './staged.ts';

/** Where the lane puts what stands in for WinFsp, where it could be compiled. */
const winfsp = 'C:\\Program Files (x86)\\WinFsp';
const bin = fileURLToPath(new URL('../../electron/build/siloscope.mjs', import.meta.url));

interface Told {
  readonly exitCode: number;
  readonly json: unknown;
}

/** The built command line as a process of its own, on this machine's Windows. */
function siloscope(...argv: readonly string[]): Promise<Told> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [bin, '--host', 'local', '--json', ...argv], (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(error.code);
      try {
        resolve({ exitCode, json: JSON.parse(stdout) });
      } catch (caught) {
        reject(new Error(`no JSON but ${stdout} ${stderr}`, { cause: caught }));
      }
    });
  });
}

describe('siloscope --host local', () => {
  it('says what this machine lacks, and what it has', async () => {
    const { exitCode, json } = await siloscope('doctor');
    expect({ exitCode, json }).toMatchObject({
      exitCode: 3,
      json: {
        ready: false,
        checks: expect.arrayContaining([
          expect.objectContaining({ code: 'winfsp-installed', state: 'failed' }),
          expect.objectContaining({ code: 'engine-reachable', state: 'ok' }),
          expect.objectContaining({ code: 'engine-windows-mode', state: 'ok' }),
        ]),
      },
    });
  });

  it("lists the file systems of the engine's containers", async () => {
    expect(await siloscope('list')).toMatchObject({
      exitCode: 0,
      json: {
        fileSystems: [
          {
            container: { name: 'lane' },
            state: 'running',
            volumes: [{ kind: 'network', uncPrefix: '\\memfs\\share' }],
          },
        ],
      },
    });
  });

  it('judges a leak by the rule alone where nothing can be seen, and says so', async () => {
    const { exitCode, json } = await siloscope('inspect');
    expect({ exitCode, json }).toMatchObject({
      exitCode: 0,
      json: {
        host: { id: 'local' },
        volumes: [{ uncPrefix: '\\memfs\\share', verdict: 'leaked', proof: { rank: 'rule' } }],
      },
    });
  });

  it('shows the object namespace, links with their targets', async () => {
    const listed = await siloscope('namespace', `${SILO}\\Device`);
    expect(listed).toMatchObject({
      exitCode: 0,
      json: { path: `${SILO}\\Device`, namespace: 'host', entries: SILO_DEVICES },
    });
    const { json } = await siloscope('namespace', '\\');
    expect(json).toMatchObject({
      entries: expect.arrayContaining([expect.objectContaining({ name: `Container_${CONTAINER_ID}`, type: 'Job' })]),
    });
  });

  it('launches nothing where WinFsp is not installed', async () => {
    expect(await siloscope('launch', 'memfs-disk')).toMatchObject({
      exitCode: 3,
      json: { fault: { code: 'winfsp-not-installed' } },
    });
  });
});

describe('siloscope --host local, where WinFsp seems to be installed', () => {
  const there = existsSync(`${winfsp}\\bin\\fsptool-x64.exe`);
  const key = 'HKLM\\SOFTWARE\\WOW6432Node\\WinFsp';
  // Exit codes of Wine's sc.exe mean little: what came of it is asked afterwards.
  const run = (program: string, ...argv: readonly string[]): string =>
    spawnSync(program, argv, { encoding: 'utf8' }).stdout;
  beforeAll(() => {
    if (there) run('reg.exe', 'add', key, '/v', 'InstallDir', '/t', 'REG_SZ', '/d', `${winfsp}\\`, '/f');
  });
  afterAll(() => {
    if (there) run('reg.exe', 'delete', key, '/f');
  });

  it('launches a file system, shows it, and stops it with nothing left behind', async context => {
    if (!there) return context.skip('there is no mingw-w64 to compile what stands in for WinFsp');
    run('sc.exe', 'start', 'WinFsp+2.1');
    await expect.poll(() => run('sc.exe', 'query', 'WinFsp+2.1')).toMatch(/4\s+RUNNING/);
    expect(await siloscope('doctor')).toMatchObject({
      exitCode: 0,
      json: {
        ready: true,
        checks: expect.arrayContaining([
          expect.objectContaining({ code: 'winfsp-installed', state: 'ok' }),
          expect.objectContaining({ code: 'fsd-running', state: 'ok' }),
        ]),
      },
    });
    expect(await siloscope('launch', 'memfs-disk', '--name', 'journey')).toMatchObject({
      exitCode: 0,
      json: { container: { name: 'journey' }, volumes: [{ kind: 'disk' }] },
    });
    expect(await siloscope('inspect')).toMatchObject({
      json: {
        volumes: expect.arrayContaining([
          expect.objectContaining({ kind: 'disk', verdict: 'private' }),
          expect.objectContaining({ kind: 'network', verdict: 'leaked' }),
        ]),
      },
    });
    expect(await siloscope('stop', 'journey')).toMatchObject({ exitCode: 0 });
    const { json } = await siloscope('list');
    expect(json).toMatchObject({ fileSystems: [{ container: { name: 'lane' } }] });
  }, 300_000);

  it('launches a network file system, looks for it by probe and canary, and does not call proven what Wine cannot open', async context => {
    if (!there) return context.skip('there is no mingw-w64 to compile what stands in for WinFsp');
    const launched = await siloscope(
      'launch',
      'memfs-network',
      '--name',
      'share',
      '--mount-point',
      'W:',
      '--unc-prefix',
      '\\journey\\share',
    );
    expect(launched).toMatchObject({
      exitCode: 0,
      json: { container: { name: 'share' }, volumes: [{ kind: 'network', uncPrefix: '\\journey\\share' }] },
    });
    const { exitCode, json } = await siloscope('inspect', '--probe', '--canary', '--policy', 'no-leaks');
    expect({ exitCode, json }).toMatchObject({
      exitCode: 6,
      json: {
        volumes: expect.arrayContaining([
          expect.objectContaining({
            uncPrefix: '\\journey\\share',
            verdict: 'leaked',
            proof: expect.objectContaining({ rank: 'rule' }),
          }),
        ]),
        gaps: expect.arrayContaining([expect.objectContaining({ namespace: 'host' })]),
      },
    });
    expect(await siloscope('list')).toMatchObject({
      json: {
        fileSystems: expect.arrayContaining([
          expect.objectContaining({ container: expect.objectContaining({ name: 'share' }), state: 'running' }),
        ]),
      },
    });
    expect(await siloscope('stop', 'share')).toMatchObject({ exitCode: 0, json: { removed: true } });
    const after = await siloscope('list');
    expect(after.json).toMatchObject({ fileSystems: [{ container: { name: 'lane' } }] });
  }, 300_000);
});
