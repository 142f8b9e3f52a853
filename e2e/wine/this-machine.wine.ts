import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostUnderTest, hostContract } from '../../electron/hosts/host.contract.ts';
import type { ObjectNamespace } from '../../electron/hosts/host.ts';
import { forkHelper, startByNode } from '../../electron/hosts/this-machine/helper-process.ts';
import { loadNativeCalls } from '../../electron/hosts/this-machine/nt/native-calls.ts';
import { createThisMachine, type ThisMachine } from '../../electron/hosts/this-machine/this-machine.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { KernelQuestion } from '../../shared/domain/kernel-question.ts';
import { CONTAINER_ID, SILO, SILO_DEVICES } from './staged.ts';
import { walkNamespace } from './walk-namespace.ts';

const node = process.execPath;
const hangingProber = new URL('./hanging-prober.ts', import.meta.url);

const printing = 'for (const one of process.argv.slice(1)) process.stdout.write(one + "\\n")';
const sorting = `
  let text = '';
  process.stdin.on('data', chunk => { text += chunk; });
  process.stdin.on('end', () => {
    for (const line of text.split(/\\r?\\n/).filter(one => one !== '').sort()) process.stdout.write(line + '\\r\\n');
  });`;

async function makeHost(): Promise<HostUnderTest> {
  return {
    host: await createThisMachine({
      startHelper: script => (script === 'prober-process' ? forkHelper(hangingProber) : startByNode(script)),
    }),
    printArguments: [node, '-e', printing, '--'],
    runForever: [node, '-e', 'setInterval(() => undefined, 1000)'],
    printForever: [
      node,
      '-e',
      'const chunk = "x".repeat(1 << 20); const on = () => process.stdout.write(chunk, on); on();',
    ],
    sortLines: [node, '-e', sorting],
    container: 'lane',
    printInContainer: ['C:\\Test\\print-arguments.exe'],
    givesRights: true,
    probes: {
      missing: { by: 'drive', mountPoint: 'C:', rest: 'no such file' },
      hanging: { by: 'drive', mountPoint: 'C:', rest: 'Hangs' },
    },
    lacks: {
      winfsp: 'Wine runs no kernel drivers, so WinFsp serves nothing',
      denied: 'Wine keeps no access control lists: the one user may open everything',
      loss: 'a machine is not lost to the programs that run on it',
    },
  };
}

hostContract('the Windows of this machine', makeHost);

async function faultOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => undefined,
    (caught: unknown) => (caught instanceof FaultError ? caught.fault : caught),
  );
}

describe('the Windows of this machine', () => {
  let machine: ThisMachine;
  let objects: ObjectNamespace;
  beforeAll(async () => {
    machine = await createThisMachine();
    objects = machine.objects;
  });
  afterAll(() => machine.dispose());

  it('is known by its registry', () => {
    expect(machine.facts).toMatchObject({ build: 18_362, productType: 'client', architecture: 'x64' });
    expect(machine.facts.edition).toContain('Windows 10');
  });

  it('knows in which logon session it looks, and that it has every right here', () => {
    const [own] = machine.facts.sessions ?? [];
    expect(own).toEqual({ id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}$/), elevated: true, own: true });
  });

  describe('a silo in the object namespace', () => {
    it('shows its devices: a network volume is a link, and names the provider of its silo', async () => {
      const listed = await objects.list(`${SILO}\\Device`);
      const entries = 'entries' in listed ? listed.entries : [];
      const expected = SILO_DEVICES.map(({ name, type }) => ({ name, type }));
      expect(new Set(entries)).toEqual(new Set(expected));
      expect(entries).toHaveLength(expected.length);
    });

    it.each(SILO_DEVICES.flatMap(entry => ('target' in entry ? [[entry.name, entry.target] as const] : [])))(
      'reads the target of %s from the link itself',
      async (name, target) => {
        expect(await objects.readLink(`${SILO}\\Device\\${name}`)).toEqual({ target });
      },
    );

    it('is found whatever the case of its name', async () => {
      expect(await objects.list(SILO.toUpperCase())).toEqual(await objects.list(SILO.toLowerCase()));
    });

    it('has its job in the root, named after the container', async () => {
      const listed = await objects.list('\\');
      expect('entries' in listed && listed.entries).toContainEqual({ name: `Container_${CONTAINER_ID}`, type: 'Job' });
    });

    it('is walked to its end without a link being followed', async () => {
      const { objects: count, links, refused } = await walkNamespace(objects, SILO);
      expect({ count, links: Object.fromEntries(links), refused }).toEqual({
        count: 3 + SILO_DEVICES.length,
        refused: [],
        links: Object.fromEntries(
          SILO_DEVICES.flatMap(entry => ('target' in entry ? [[`${SILO}\\Device\\${entry.name}`, entry.target]] : [])),
        ),
      });
    });

    it('is walked along with the whole namespace of the host', async () => {
      const { links, refused } = await walkNamespace(objects, '\\');
      expect(links.get(`${SILO}\\Device\\Mup`)).toBe('\\Device\\Mup');
      expect(refused.filter(path => path.startsWith(SILO))).toEqual([]);
    });
  });

  it('lists a directory in batches', async context => {
    const { objects: native } = await loadNativeCalls();
    const { handle } = native.openDirectory('\\');
    const { status } = native.queryDirectory(handle, Buffer.alloc(65_536), {
      single: false,
      restart: true,
      context: 0,
    });
    native.close(handle);
    if (status === 0xc0000002) return context.skip('Wine 8 answers STATUS_NOT_IMPLEMENTED to batches of entries');
    expect(status).toBe(0);
  });

  it('hears from the MUP itself who its providers are', async context => {
    const answer = await machine.askKernel({ about: 'mup-providers' });
    if (!('providers' in answer)) return context.skip('Wine has no MUP to ask');
    expect(answer.providers.map(({ name }) => name)).toContain('\\Device\\LanmanRedirector');
  });

  describe('what the kernel is asked', () => {
    const job = `\\Container_${CONTAINER_ID}`;
    it('tells the session of a process', async () => {
      expect(await machine.askKernel({ about: 'process-session', processId: process.pid })).toEqual({
        sessionId: expect.any(Number),
      });
    });

    it.each<[string, KernelQuestion, 'open' | 'query']>([
      ['a job that is not there', { about: 'job-silo', job: '\\Container_none' }, 'open'],
      ['a job that is no silo, here', { about: 'job-silo', job }, 'query'],
      ['its root', { about: 'job-root', job }, 'query'],
      ['its container', { about: 'job-container', job }, 'query'],
      ['its server silo', { about: 'job-server-silo', job }, 'query'],
      ['silos, which Wine has not', { about: 'silo-ids' }, 'query'],
      ['the silo of a process', { about: 'process-silo', processId: process.pid }, 'query'],
      ['a process that is not there', { about: 'process-session', processId: 0x7ffffffc }, 'open'],
      ['a control device that is not there', { about: 'winfsp-volumes', device: '\\Device\\WinFsp.Net' }, 'open'],
      ['an object that is no device', { about: 'winfsp-volumes', device: job }, 'open'],
    ])('refuses %s, and says at which step', async (_what, question, refused) => {
      expect(await machine.askKernel(question)).toMatchObject({ refused, status: expect.any(Number) });
    });

    it('finds a thread of a process to ask', async context => {
      const answer = await machine.askKernel({ about: 'thread-container', processId: process.pid });
      if ('refused' in answer && answer.refused === 'query') return context.skip('Wine knows no containers of threads');
      expect(answer).toHaveProperty('containerGuid');
    });
  });

  describe('programs', () => {
    it('get every argument as it was given, whatever its characters', async () => {
      const nasty = fc.string({
        unit: fc.constantFrom(
          'a',
          ' ',
          '"',
          '\\',
          '%',
          '^',
          '&',
          '|',
          '<',
          '>',
          '$',
          '`',
          "'",
          ';',
          '\t',
          '\n',
          'ü',
          '€',
          '𝄞',
        ),
        maxLength: 12,
      });
      const further = fc.sample(nasty, { numRuns: 400, seed: 4 });
      const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
      const { stdout } = await machine.run([node, '-e', script, '--', ...further]);
      expect(JSON.parse(stdout)).toEqual(further);
    });

    it('are ended with all that they started', async () => {
      const script = `
        const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
        require('node:fs').writeFileSync(process.argv[1], String(child.pid));
        setInterval(() => undefined, 1000);`;
      const folder = mkdtempSync(join(tmpdir(), 'siloscope-'));
      const file = join(folder, 'pid');
      const asker = new AbortController();
      const asked = faultOf(machine.run([node, '-e', script, file], { signal: asker.signal, timeoutMs: 60_000 }));
      await expect.poll(() => readNumber(file)).toBeGreaterThan(0);
      const grandchild = readNumber(file);
      expect(isRunning(grandchild)).toBe(true);
      asker.abort();
      expect(await asked).toEqual({ code: 'cancelled' });
      await expect.poll(() => isRunning(grandchild)).toBe(false);
      rmSync(folder, { recursive: true, force: true });
    });

    it('are ended with all that they started, when Siloscope itself is ended in the middle', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'siloscope-'));
      const file = join(folder, 'pid');
      const own = spawn(node, [fileURLToPath(new URL('./run-for-ever.ts', import.meta.url)), file], {
        stdio: 'ignore',
      });
      await expect.poll(() => readNumber(file)).toBeGreaterThan(0);
      const grandchild = readNumber(file);
      expect(isRunning(grandchild)).toBe(true);
      own.kill('SIGKILL');
      await expect.poll(() => isRunning(grandchild)).toBe(false);
      rmSync(folder, { recursive: true, force: true });
    });

    it('are refused when they are batch files, whose arguments cannot be quoted', async () => {
      expect(await faultOf(machine.run(['C:\\windows\\nothing.bat', '&calc']))).toMatchObject({
        code: 'command-failed',
        stderr: expect.stringContaining('EINVAL'),
      });
    });

    it('end with an unsigned exit code', async () => {
      const { exitCode } = await machine.run([node, '-e', 'process.exit(0xC0000142 | 0)']);
      expect(exitCode).toBe(0xc0000142);
    });
  });

  describe('the engine', () => {
    it('is dialled where docker would, and the place is said', () => {
      expect(machine.engineEndpoint()).toEqual({
        endpoint: 'npipe:////./pipe/docker_engine',
        source: 'default',
        context: 'default',
      });
    });

    it('of another context is not replaced by the one that listens', async () => {
      process.env['DOCKER_HOST'] = 'npipe:////./pipe/no_such_engine';
      try {
        expect(await faultOf(machine.dialEngine())).toMatchObject({
          code: 'engine-unreachable',
          endpoint: 'npipe:////./pipe/no_such_engine',
          cause: expect.stringContaining('npipe:////./pipe/no_such_engine (from DOCKER_HOST)'),
        });
      } finally {
        delete process.env['DOCKER_HOST'];
      }
    });
  });
});

/** The number that a file holds; 0 while it is not there. */
function readNumber(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
