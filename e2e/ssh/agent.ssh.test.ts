import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askKernel } from '../../electron/hosts/kernel-calls.ts';
import { AgentAnswer, type AgentRequest, encodeRequest } from '../../electron/hosts/remote/agent-protocol.ts';
import { AGENT_SOURCE } from '../../electron/hosts/remote/agent-script.ts';
import type { KernelQuestion } from '../../shared/domain/kernel-question.ts';
import { MOST_ENTRIES } from '../../shared/domain/most-entries.ts';
import { describeNeeding } from '../fixtures/needing.ts';

const STAND_IN = fileURLToPath(new URL('./ntdll-stand-in.cs', import.meta.url));
/** The agent's own declarations of ntdll, as they stand in its source. */
const DECLARATIONS = / {2}static class Nt \{\n(?: {4}.*\n)*? {2}\}\n/;
const missing = ['mcs', 'mono'].find(name => spawnSync(name, ['--version']).error !== undefined);
const because = missing === undefined ? undefined : `${missing} is not installed (Debian: mono-mcs)`;

describeNeeding('mono', because, "the far agent's C#", () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'siloscope-agent-'));
    writeFileSync(join(folder, 'agent.cs'), AGENT_SOURCE);
    writeFileSync(join(folder, 'agent-without-ntdll.cs'), AGENT_SOURCE.replace(DECLARATIONS, ''));
    compile('-out:agent.exe', 'agent-without-ntdll.cs', STAND_IN);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const compile = (...further: readonly string[]): string =>
    execFileSync('mcs', ['-langversion:5', '-warn:4', '-warnaserror', ...further], { cwd: folder, encoding: 'utf8' });

  it('compiles as C# 5, which is what Windows PowerShell 5.1 has, without a warning', () => {
    expect(compile('-target:library', '-out:agent.dll', 'agent.cs')).toBe('');
  });

  describe.each([
    ['where directories are read in batches', '0'],
    ['where they are read one by one', '1'],
  ])('%s', (_, single) => {
    let agent: Running;
    beforeAll(async () => {
      agent = await start(join(folder, 'agent.exe'), single);
    });
    afterAll(() => agent.end());

    it.each<[string, AgentRequest, object]>([
      ['an empty directory', { verb: 'list', path: '\\Empty' }, { entries: [] }],
      [
        'names longer than the first buffer',
        { verb: 'list', path: '\\Long' },
        {
          entries: [
            ['é'.repeat(32_000), 'Device'],
            ['short', 'Device'],
          ],
        },
      ],
      [
        'more than fits at once',
        { verb: 'list', path: '\\Many' },
        { entries: Array.from({ length: 5_000 }, (_unused, at) => [`object ${at}`, 'Device']) },
      ],
      [
        'as many as are ever listed',
        { verb: 'list', path: '\\Full' },
        { entries: Array.from({ length: MOST_ENTRIES }, (_unused, at) => [`object ${at}`, 'Device']) },
      ],
      ['more than is ever listed', { verb: 'list', path: '\\TooMany' }, { status: 0xc000_00bb }],
      ['a directory that is not there', { verb: 'list', path: '\\None' }, { status: 0xc000_0034 }],
      ['one that is closed to us', { verb: 'list', path: '\\Denied' }, { status: 0xc000_0022 }],
      ['a link that is asked for its entries', { verb: 'list', path: '\\Link' }, { status: 0xc000_0024 }],
      [
        'a target of any letters',
        { verb: 'link', path: '\\Link' },
        { target: '\\Device\\WinFsp.Mup+2.1{\u2028"\\\n}' },
      ],
      ['a directory that is asked for its target', { verb: 'link', path: '\\Many' }, { status: 0xc000_0024 }],
      ['a name with a NUL', { verb: 'link', path: '\\Li\0nk' }, { status: 0xc000_0033 }],
      ['a volume of WinFsp', probe('\\Device\\Volume\\'), { winfsp: true, directory: true }],
      ['a file in it', probe('\\Device\\Volume\\file', 3), { winfsp: true, directory: false, content: 'aGVs' }],
      ['an empty file', probe('\\Device\\Volume\\empty', 9), { winfsp: true, directory: false, content: '' }],
      ['a file, not read', probe('\\Device\\Volume\\file'), { winfsp: true, directory: false }],
      ['a file of another file system', probe('\\Device\\Foreign\\file'), { winfsp: false, directory: false }],
      ['a volume that went while it was open', probe('\\Device\\Gone\\'), { status: 0xc000_0120 }],
      ['a file that is not there', probe('\\Device\\Volume\\none'), { status: 0xc000_0034 }],
      ['a file that is closed to us', probe('\\Device\\Denied\\x'), { status: 0xc000_0022 }],
      ['a file system that hangs', probe('\\Device\\Hanging\\'), { timedOut: 1, hanging: 1 }],
    ])('answers for %s', async (_what, request, answer) => {
      const { id, ...told } = await agent.ask(request);
      expect(told).toEqual(answer);
      expect(id).toBeGreaterThan(0);
    });

    it.each<[string, KernelQuestion, object]>([
      [
        "a silo's control device",
        { about: 'winfsp-volumes', device: '\\Silos\\1234\\Device\\WinFsp.Net+2.1' },
        { volumes: ['\\Device\\Volume{1}\\memfs\\share'] },
      ],
      ['a MUP without providers', { about: 'mup-providers' }, { providers: [] }],
      [
        'a control device that is not there',
        { about: 'winfsp-volumes', device: '\\Device\\WinFsp.Net' },
        { refused: 'open', status: 0xc000_0034, statusName: 'STATUS_OBJECT_NAME_NOT_FOUND' },
      ],
      [
        'the silo of a job',
        { about: 'job-silo', job: '\\Container_c0ffee' },
        { siloId: 1234, parentId: 0, processes: 7, inServerSilo: true },
      ],
      ['its root', { about: 'job-root', job: '\\Container_c0ffee' }, { root: '\\Silos\\1234' }],
      [
        'a structure shorter than the usual one',
        { about: 'job-server-silo', job: '\\Container_c0ffee' },
        { serviceSession: 3, state: 'started', bytes: 12 },
      ],
      [
        'a job that is closed to us',
        { about: 'job-silo', job: '\\Container_closed' },
        { refused: 'open', status: 0xc000_0022, statusName: 'STATUS_ACCESS_DENIED' },
      ],
      ['the ids of all silos', { about: 'silo-ids' }, { siloIds: [1234, 1240] }],
      ['the session of a process', { about: 'process-session', processId: 4960 }, { sessionId: 3 }],
      [
        'a class that this Windows has not',
        { about: 'process-silo', processId: 4960 },
        { refused: 'query', status: 0xc000_0003, statusName: 'STATUS_INVALID_INFO_CLASS' },
      ],
      [
        'the container of a thread',
        { about: 'thread-container', processId: 4960 },
        { containerGuid: '6b3e5a1c-97f0-4d7e-8a15-0c2f7d9b4e61' },
      ],
      [
        'a process that is gone',
        { about: 'process-session', processId: 8 },
        { refused: 'open', status: 0xc000_000b, statusName: '0xC000000B' },
      ],
    ])('asks the kernel about %s', async (_what, question, answer) => {
      const asked = askKernel(question, async call => {
        const told = await agent.ask({ verb: 'kernel', call });
        if (!('ntStatus' in told)) throw new Error(JSON.stringify(told));
        const { step, ntStatus, at, bytes } = told;
        return { step, status: ntStatus, bytes: Buffer.from(bytes, 'base64'), address: BigInt(at) };
      });
      expect(await asked).toEqual(answer);
    });

    it('counts the threads that hang, and takes back those that came to an end after all', async () => {
      const hanging = async (path: string): Promise<unknown> => {
        const told = await agent.ask(probe(path));
        return 'timedOut' in told ? told.hanging : told;
      };
      expect([await hanging('\\Device\\Hanging\\'), await hanging('\\Device\\Slow\\')]).toEqual([2, 3]);
      await expect.poll(() => hanging('\\Device\\Slow\\'), { timeout: 10_000, interval: 700 }).toBe(3);
    });

    it('answers others while one hangs, and ends with its input all the same', async () => {
      const hanging = expect(agent.ask({ ...probe('\\Device\\Hanging\\'), timeoutMs: 60_000 })).rejects.toThrow(
        'ended',
      );
      expect(await agent.ask({ verb: 'list', path: '\\Empty' })).toMatchObject({ entries: [] });
      expect(await agent.end()).toBe(0);
      await hanging;
    });
  });
});

function probe(ntPath: string, readBytes = 0): AgentRequest & { readonly verb: 'probe' } {
  return { verb: 'probe', ntPath, path: ntPath, timeoutMs: 300, readBytes };
}

interface Running {
  ask(request: AgentRequest): Promise<Exclude<AgentAnswer, { ready: 1 }>>;
  /** Ends its input; answers its exit code. */
  end(): Promise<number | null>;
}

async function start(program: string, single: string): Promise<Running> {
  const env = { ...process.env, STAND_IN_SINGLE: single };
  const child: ChildProcessWithoutNullStreams = spawn('mono', [program], { env, stdio: 'pipe' });
  const waiting = new Map<
    number,
    { resolve(told: Exclude<AgentAnswer, { ready: 1 }>): void; reject(error: Error): void }
  >();
  const ended = new Promise<number | null>(resolve => {
    child.once('close', code => {
      for (const one of waiting.values()) one.reject(new Error('the agent has ended'));
      resolve(code);
    });
  });
  let next = 1;
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    createInterface(child.stdout).on('line', line => {
      const answer = AgentAnswer.parse(JSON.parse(line));
      if ('ready' in answer) return resolve();
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
    });
  });
  return {
    ask: request =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        child.stdin.write(`${encodeRequest(id, request)}\n`);
      }),
    end() {
      child.stdin.end();
      return ended;
    },
  };
}
