import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testSealer } from '../../services/secrets/testing/test-sealer.ts';
import { openLocalServices } from '../serving/local-services.ts';
import { startWebServer } from '../serving/web-server.ts';
import { run } from './run.ts';
import { parseSecretSource } from './secret-source.ts';
import { captureIo } from './testing/captured-io.ts';
import { type Ran, ran, ranJson, simulation } from './testing/real-doors.ts';
import { type TypedInput, typedInput } from './testing/typed-input.ts';

const PLAIN = { columns: 120, env: { NO_COLOR: '1', TOOL_PASS: 'from-a-variable' } };
const VALUE = 'tr0ub4dor-and-3';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** One command where something seals. */
async function sealing(argv: readonly string[], stdin?: TypedInput): Promise<Ran> {
  const io = captureIo(PLAIN);
  const given = stdin === undefined ? io : { ...io, stdin };
  const exitCode = await run(argv, given, {
    openServices: (target, signal) => openLocalServices(target, signal, { folder, sealers: [testSealer] }),
    startWebServer,
  });
  return { exitCode, out: io.out(), err: io.err() };
}

const written = async (): Promise<string> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map(file => readFile(file, 'latin1')))).join('\n');
};

describe('siloscope secrets', () => {
  it('says of a value that is too short to be masked that it is not, and of another nothing', async () => {
    const file = join(folder, 'pin.txt');
    await writeFile(file, '1234');
    const short = await sealing(['secrets', 'set', 'hubfs-token', '--from', `@${file}`]);
    expect(short.err).toContain('shorter than 8 characters');
    expect(short.err).not.toContain('1234');
    expect((await sealing(['secrets', 'set', 'ssh-password', '--from', 'env:TOOL_PASS'])).err).toBe('');
    expect((await sealing(['logs', '--all', '--tail', '1'])).err).toContain(
      'Not masked where a program prints it: hubfs-token (shorter than 8 characters).',
    );
  });

  it('keeps a value from a file, a variable or a pipe, lists its name, and forgets it', async () => {
    const file = join(folder, 'pass.txt');
    await writeFile(file, `${VALUE}\r\n`);
    expect(await sealing(['secrets', 'set', 'hubfs-token', '--from', `@${file}`])).toMatchObject({
      exitCode: 0,
      out: '[ok] hubfs-token is set.\n',
    });
    await rm(file);
    expect((await sealing(['secrets', 'set', 'ssh-password', '--from', 'env:TOOL_PASS'])).exitCode).toBe(0);
    const pipe = typedInput(false);
    const piped = sealing(['secrets', 'set', 'ssh-key', '--from', '-'], pipe);
    pipe.type('-----BEGIN');
    pipe.type(' KEY-----\nx\n');
    pipe.end();
    expect((await piped).exitCode).toBe(0);
    const listed = await sealing(['secrets']);
    expect(listed.out).toMatch(/hubfs-token +set +hubfs-disk, hubfs-network +Token of the code host/);
    expect(listed.out).toMatch(/rclone-config +not set/);
    expect(await written()).not.toMatch(/tr0ub4dor|from-a-variable|BEGIN KEY/);
    expect((await sealing(['secrets', 'forget', 'hubfs-token'])).exitCode).toBe(0);
    expect((await sealing(['secrets', 'forget', 'hubfs-token'])).exitCode).toBe(2);
  });

  it('asks on a terminal, shows nothing of it, and can be cancelled', async () => {
    const keyboard = typedInput(true);
    const asked = sealing(['secrets', 'set', 'hubfs-token'], keyboard);
    keyboard.type('tr0ub4dorX\u007f-and-3\r');
    const { exitCode, out, err } = await asked;
    expect({ exitCode, shown: (out + err).includes('tr0ub') }).toEqual({ exitCode: 0, shown: false });
    expect(keyboard.modes).toEqual([true, false]);
    const other = typedInput(true);
    const cancelled = sealing(['secrets', 'set', 'ssh-key'], other);
    other.type('abc\u0003');
    expect((await cancelled).exitCode).toBe(130);
  });

  it('refuses to keep what nothing seals, and says what to do instead', async () => {
    const io = captureIo(PLAIN);
    const exitCode = await run(['secrets', 'set', 'hubfs-token', '--from', 'env:TOOL_PASS'], io, {
      openServices: (target, signal) => openLocalServices(target, signal, { folder }),
      startWebServer,
    });
    expect(exitCode).toBe(3);
    expect(io.err()).toContain('Nothing here keeps a secret safely.');
    expect(io.err()).toContain('--secret NAME=@FILE');
  });

  it('is held by a running Siloscope until it ends', async () => {
    const sim = await simulation('default');
    const file = join(folder, 'token');
    await writeFile(file, VALUE);
    expect(await sim.ranJson('secrets', 'set', 'hubfs-token', '--from', `@${file}`)).toMatchObject({
      json: { name: 'hubfs-token', state: 'session' },
    });
    const { json } = await sim.ranJson('launch', 'hubfs-disk', '--dry-run');
    expect(json).toMatchObject({ secrets: [{ name: 'hubfs-token', state: 'session' }] });
    await sim.end();
  });

  it.each(['hunter2', '', '@', 'env:', 'file:x'])('takes no value from the command line: %j', text => {
    expect(() => parseSecretSource(text, '--from')).toThrow('invalid-input');
  });

  it('repeats no value in what it says of a mistake', async () => {
    const { exitCode, err } = await ran(['launch', 'hubfs-disk', '--secret', 'hubfs-token=hunter2-hunter2'], PLAIN);
    expect({ exitCode, told: err.includes('hunter2') }).toEqual({ exitCode: 2, told: false });
    const twice = await ran(['launch', 'hubfs-disk', '--secret', 'hubfs-token=-', '--secret', 'ssh-key=-'], PLAIN);
    expect(twice.err).toContain('standard input holds one secret');
  });
});

describe('siloscope launch --secret', () => {
  it('hands it over, and says in the plan who will see it', async () => {
    const image = 'registry.example.com/platform/filesystems:ltsc2025';
    const file = join(folder, 'token');
    await writeFile(file, `${VALUE}\n`);
    const secret = ['--secret', `hubfs-token=@${file}`, '--image', image];
    const { out } = await ran(['launch', 'hubfs-disk', ...secret, '--dry-run'], PLAIN);
    expect(out).toContain('hubfs-token, given with this launch (optional): As an argument');
    const done = await ranJson('launch', 'hubfs-disk', ...secret);
    expect(done.exitCode).toBe(0);
    expect(JSON.stringify(done.json)).not.toContain(VALUE);
  });
});

describe('siloscope fix --secret', () => {
  it('says what is missing while everything runs, and relaunches with what is given', async () => {
    const file = join(folder, 'token');
    await writeFile(file, `${VALUE}\n`);
    const image = 'registry.example.com/platform/filesystems:ltsc2025';
    const secret = ['--secret', `hubfs-token=@${file}`];
    const sim = await simulation('default');
    try {
      const launched = await sim.ranJson('launch', 'hubfs-network', '--name', 'hub', '--image', image, ...secret);
      expect(launched.exitCode).toBe(0);
      const { json } = await sim.ranJson('fix');
      const { findings } = json as { findings: readonly { id: string }[] };
      const id = findings.find(one => one.id.startsWith('unc-leak:hub/'))?.id ?? '';
      const fix = ['fix', id, '--by', 'relaunch-as-disk', '--yes'];
      const refused = await sim.ranJson(...fix);
      expect(refused).toMatchObject({ exitCode: 3, json: { fault: { code: 'secrets-missing' } } });
      const done = await sim.ranJson(...fix, ...secret);
      expect(done).toMatchObject({ exitCode: 0, json: { gone: true, launched: ['hub'] } });
      expect(JSON.stringify([refused, done])).not.toContain(VALUE);
    } finally {
      await sim.end();
    }
  });
});
