import { Agent, type ClientRequestArgs } from 'node:http';
import { type Duplex, PassThrough } from 'node:stream';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, FaultError } from '../../shared/contract/fault.ts';
import { ElevationState } from '../../shared/domain/elevation.ts';
import { HostFacts } from '../../shared/domain/host-facts.ts';
import type { Host, ProbeTarget } from './host.ts';

/** A host with what the suite needs to find there. What a real host cannot offer is left out, and not asked. */
export interface HostUnderTest {
  readonly host: Host;
  /** A program and its first arguments that prints each further argument on a line of its own and ends with 0. */
  readonly printArguments: readonly string[];
  /** A program that never ends by itself. */
  readonly runForever: readonly string[];
  /** A program that prints without end. */
  readonly printForever: readonly string[];
  /** A program that prints the lines of its standard input in order. Default: Windows' own sort.exe. */
  readonly sortLines?: readonly string[];
  /** A running container in which `cmd /c echo` works. */
  readonly container?: string;
  readonly probes: {
    /** A directory served by WinFsp, and a file in it. */
    readonly winfsp?: { readonly directory: ProbeTarget; readonly file: ProbeTarget; readonly content: string };
    readonly missing: ProbeTarget;
    readonly hanging?: ProbeTarget;
    readonly denied?: ProbeTarget;
  };
  /** Somebody answers the prompt for an administrator with Yes, or nobody needs to. */
  readonly givesRights?: true;
  /** Cuts the host off for good, as a dropped connection would. */
  readonly lose?: () => void;
  /** Why something of the above is left out, said with each test that is not possible without it. */
  readonly lacks?: Readonly<Partial<Record<'container' | 'winfsp' | 'denied' | 'hanging' | 'loss' | 'rights', string>>>;
}

const FIXED_RIGHTS = 'nobody can be asked: a session over SSH has the rights that it was given';

/** The one suite that every implementation of `Host` passes. */
export function hostContract(name: string, makeHost: () => Promise<HostUnderTest>): void {
  describe(`${name}, as a host`, () => {
    let under: HostUnderTest;
    beforeAll(async () => {
      under = await makeHost();
    });
    afterAll(() => under.host.dispose());

    it('says what Windows it is', () => {
      expect(HostFacts.parse(under.host.facts)).toEqual(under.host.facts);
      expect(under.host.id).not.toBe('');
    });

    describe('running a program', () => {
      it.each([
        [['plain']],
        [['two words', 'C:\\Program Files (x86)\\WinFsp\\']],
        [['a "quoted" word', '"', '\\"']],
        [['', 'after an empty one']],
        [['%PATH%', '^&|<>', '$(x)', '`y`', "it's", ';']],
      ])('hands the arguments %j over unharmed', async further => {
        const argv = [...under.printArguments, ...further];
        const { elapsedMs, stdout, ...ran } = await under.host.run(argv);
        expect(ran).toEqual({ argv, exitCode: 0, stderr: '' });
        expect(stdout.split(/\r?\n/).slice(0, further.length)).toEqual(further);
        expect(elapsedMs).toBeGreaterThanOrEqual(0);
      });

      it('gives it its standard input, to the end', async () => {
        const { stdout } = await under.host.run(under.sortLines ?? ['sort.exe'], { stdin: 'silo\r\nhost\r\n' });
        expect(stdout.split(/\r?\n/)).toEqual(['host', 'silo', '']);
      });

      it('takes a failing exit code for an answer', async () => {
        const { exitCode } = await under.host.run(['cmd.exe', '/c', 'exit 7']);
        expect(exitCode).toBe(7);
      });

      it('names a program that is not there', async () => {
        const asked = under.host.run(['no-such-program-4711.exe', '/x']);
        expect(await faultOf(asked)).toEqual({ code: 'not-found', what: 'program', name: 'no-such-program-4711.exe' });
      });

      it('ends a program that takes too long', async () => {
        const asked = under.host.run(under.runForever, { timeoutMs: 50 });
        expect(await faultOf(asked)).toMatchObject({ code: 'timed-out', afterMs: 50 });
      });

      it('ends a program that prints without end, and keeps no more of it than 32 MiB', async () => {
        expect(await faultOf(under.host.run(under.printForever))).toMatchObject({
          code: 'command-failed',
          stderr: 'ended by Siloscope: it printed more than 32 MiB',
        });
      });

      it('ends a program when its asker has gone', async () => {
        const asker = new AbortController();
        const asked = under.host.run(under.runForever, { signal: asker.signal });
        asker.abort();
        expect(await faultOf(asked)).toEqual({ code: 'cancelled' });
        expect(await faultOf(under.host.run(under.runForever, { signal: AbortSignal.abort() }))).toEqual({
          code: 'cancelled',
        });
      });
    });

    describe('dialling the engine', () => {
      it('reaches the Docker Engine API', async () => {
        const { docker, hangUp } = dockerOver(under.host);
        expect(String(await docker.ping())).toBe('OK');
        expect(await docker.version()).toMatchObject({ Os: 'windows' });
        hangUp();
      });

      it('gives each dial a connection of its own', async () => {
        const dials = await Promise.all([under.host.dialEngine(), under.host.dialEngine()]);
        const answers = await Promise.all(dials.map(rawPing));
        expect(answers).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK']);
        for (const dial of dials) dial.destroy();
      });

      it('is called off by its signal', async () => {
        expect(await faultOf(under.host.dialEngine(AbortSignal.abort()))).toEqual({ code: 'cancelled' });
      });

      it('carries a hijacked exec, both ways and to its end', async context => {
        if (under.container === undefined) return context.skip(under.lacks?.container);
        const { docker, hangUp } = dockerOver(under.host);
        const exec = await docker.getContainer(under.container).exec({
          Cmd: ['cmd', '/c', 'echo over and out'],
          AttachStdin: true,
          AttachStdout: true,
          AttachStderr: true,
          Tty: true,
        });
        const stream = await exec.start({ hijack: true, stdin: true, Tty: true });
        expect((await textOf(stream)).trim()).toBe('over and out');
        expect(await exec.inspect()).toMatchObject({ ExitCode: 0, Running: false });
        stream.destroy();
        hangUp();
      });
    });

    describe('reading the object namespace', () => {
      it.each(['\\', '\\Device', '\\GLOBAL??'])('lists %s with names and types', async path => {
        const listed = await under.host.objects.list(path);
        expect(listed).toHaveProperty('entries');
        const entries = 'entries' in listed ? listed.entries : [];
        expect(entries.every(({ name: entry, type }) => entry !== '' && type !== '')).toBe(true);
        expect(entries.length).toBeGreaterThan(0);
      });

      it('finds \\Device in the root, as a directory', async () => {
        const listed = await under.host.objects.list('\\');
        expect('entries' in listed && listed.entries).toContainEqual({ name: 'Device', type: 'Directory' });
      });

      it('reads the target of the link behind C:', async () => {
        const read = await under.host.objects.readLink('\\GLOBAL??\\C:');
        expect(read).toEqual({ target: expect.stringMatching(/^\\Device\\HarddiskVolume\d+$/) });
      });

      it.each([
        ['list', '\\NoSuchDirectory', 'not-found'],
        ['list', '\\NoSuchDirectory\\Below', 'not-found'],
        ['list', 'Device', 'malformed-name'],
        ['list', '\\Device\\Mup', 'wrong-type'],
        ['readLink', '\\GLOBAL??\\NoSuchLink', 'not-found'],
        ['readLink', '\\Device', 'wrong-type'],
      ] as const)('refuses to %s %s: %s', async (verb, path, refused) => {
        expect(await under.host.objects[verb](path)).toEqual({ refused });
      });
    });

    describe("an administrator's rights", () => {
      it('are held, can be asked for, or cannot; and it is said which', async context => {
        const { elevation } = under.host;
        if (elevation === undefined) return context.skip(under.lacks?.rights ?? FIXED_RIGHTS);
        const state = await elevation.state();
        expect(ElevationState.parse(state)).toEqual(state);
      });

      it('are asked for by nobody who has gone', async context => {
        const { elevation } = under.host;
        if (elevation === undefined) return context.skip(under.lacks?.rights ?? FIXED_RIGHTS);
        expect(await faultOf(elevation.ask('look-into-silos', AbortSignal.abort()))).toEqual({ code: 'cancelled' });
      });

      it('do what their purpose grants, nothing else, and nothing once they are given back', async context => {
        const { elevation } = under.host;
        if (elevation === undefined || under.givesRights === undefined)
          return context.skip(under.lacks?.rights ?? FIXED_RIGHTS);
        const answer = await elevation.ask('look-into-silos');
        expect(answer.outcome).toBe('granted');
        if (answer.outcome !== 'granted') return;
        const { session } = answer;
        const silos = { act: 'list-objects', path: '\\Silos' } as const;
        expect(['entries', 'refused']).toContain((await session.perform(silos)).kind);
        expect(await session.perform({ act: 'read-link', path: '\\Silos\\NoSuchLink' })).toEqual({
          kind: 'refused',
          refused: 'not-found',
        });
        expect(await faultOf(session.perform({ act: 'unload-fsd' }))).toMatchObject({ code: 'access-denied' });
        expect(await faultOf(session.perform(silos, AbortSignal.abort()))).toEqual({ code: 'cancelled' });
        await session.dispose();
        expect(await faultOf(session.perform(silos))).toMatchObject({ code: 'elevation-lost' });
      });
    });

    describe('probing a path', () => {
      it('opens what WinFsp serves, and recognises it', async context => {
        if (under.probes.winfsp === undefined) return context.skip(under.lacks?.winfsp);
        const { directory, file, content } = under.probes.winfsp;
        expect(await under.host.probe(directory)).toMatchObject({ outcome: 'opened', winfsp: true, directory: true });
        const answer = await under.host.probe(file, { readBytes: 64 });
        expect(answer).toMatchObject({ outcome: 'opened', winfsp: true, directory: false });
        expect(answer.outcome === 'opened' && Buffer.from(answer.content ?? []).toString()).toBe(content.slice(0, 64));
      });

      it('recognises a directory that is not served by WinFsp', async () => {
        const answer = await under.host.probe({ by: 'drive', mountPoint: 'C:', rest: 'Windows' });
        expect(answer).toMatchObject({ path: 'C:\\Windows', outcome: 'opened', winfsp: false, directory: true });
      });

      it('says so when nothing is there', async () => {
        const answer = await under.host.probe(under.probes.missing);
        expect(answer).toMatchObject({ outcome: 'not-found', statusName: expect.stringMatching(/^STATUS_/) });
      });

      it('says so when the host refuses', async context => {
        if (under.probes.denied === undefined) return context.skip(under.lacks?.denied);
        expect(await under.host.probe(under.probes.denied)).toMatchObject({
          outcome: 'denied',
          statusName: 'STATUS_ACCESS_DENIED',
        });
      });

      it('never hangs with a file system that does', async context => {
        if (under.probes.hanging === undefined) return context.skip(under.lacks?.hanging);
        expect(await under.host.probe(under.probes.hanging, { timeoutMs: 50 })).toMatchObject({ outcome: 'timed-out' });
        const asker = new AbortController();
        const asked = under.host.probe(under.probes.hanging, { signal: asker.signal });
        asker.abort();
        expect(await faultOf(asked)).toEqual({ code: 'cancelled' });
      });
    });
  });

  describe(`${name}, when it ends`, () => {
    it('tells once that it was lost, and answers with that from then on', async context => {
      const { host, lose, probes, lacks } = await makeHost();
      const told: Fault[] = [];
      const deaf = host.onLost(() => told.push({ code: 'cancelled' }));
      host.onLost(fault => told.push(fault));
      deaf();
      if (lose === undefined) {
        await host.dispose();
        return context.skip(lacks?.loss);
      }
      lose();
      lose();
      expect(told).toEqual([expect.objectContaining({ code: 'host-unreachable' })]);
      expect(await everyAnswer(host, probes.missing)).toEqual(Array.from({ length: 4 }, () => 'host-unreachable'));
      await host.dispose();
    });

    it('is not lost when it is disposed, may be disposed twice, and is out of reach afterwards', async () => {
      const { host, probes } = await makeHost();
      const told: Fault[] = [];
      host.onLost(fault => told.push(fault));
      await host.dispose();
      await host.dispose();
      expect(told).toEqual([]);
      expect(await everyAnswer(host, probes.missing)).toEqual(Array.from({ length: 4 }, () => 'host-unreachable'));
    });

    it('leaves no program running that was being waited for', async () => {
      const { host, runForever } = await makeHost();
      const asked = faultOf(host.run(runForever));
      await host.dispose();
      expect((await asked)?.code).toBe('host-unreachable');
    });
  });
}

async function everyAnswer(host: Host, missing: ProbeTarget): Promise<readonly (string | undefined)[]> {
  const faults = [
    faultOf(host.run(['cmd.exe', '/c', 'exit 0'])),
    faultOf(host.dialEngine()),
    faultOf(host.objects.list('\\')),
    faultOf(host.probe(missing)),
  ];
  return (await Promise.all(faults)).map(fault => fault?.code);
}

/** The fault a promise rejects with; undefined when it resolves; any other error is rethrown. */
async function faultOf(asked: Promise<unknown>): Promise<Fault | undefined> {
  try {
    await asked;
    return undefined;
  } catch (caught) {
    if (caught instanceof FaultError) return caught.fault;
    throw caught;
  }
}

type Connected = (error: Error | null, stream: Duplex) => void;

/** A stock client whose every connection is a dial. */
function dockerOver(host: Host): { readonly docker: Docker; readonly hangUp: () => void } {
  class DiallingAgent extends Agent {
    override createConnection(_options: ClientRequestArgs, connected?: Connected): undefined {
      host.dialEngine().then(
        stream => connected?.(null, stream),
        (error: Error) => connected?.(error, new PassThrough().destroy()),
      );
    }
  }
  const agent = new DiallingAgent({ keepAlive: false });
  const options: Docker.DockerOptions & { readonly agent: Agent } = {
    protocol: 'http',
    host: 'engine.invalid',
    port: 2375,
    agent,
  };
  const docker = new Docker(options);
  return { docker, hangUp: () => agent.destroy() };
}

/** The status line that `GET /_ping` gets on a bare connection. */
async function rawPing(dial: Duplex): Promise<string> {
  dial.write('GET /_ping HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n');
  return (await textOf(dial)).split('\r\n')[0] ?? '';
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks).toString('utf8');
}
