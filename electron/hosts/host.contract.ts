import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../shared/contract/fault.ts';
import { ElevationState } from '../../shared/domain/elevation.ts';
import { HostFacts } from '../../shared/domain/host-facts.ts';
import type { Host, ProbeTarget } from './host.ts';
import {
  dockerOver,
  endingContract,
  engineContract,
  everyAnswer,
  faultOf,
  namespaceContract,
  textOf,
} from './read-only.contract.ts';

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
  /** As `printArguments`, in that container. */
  readonly printInContainer?: readonly string[];
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

/** Pieces that quoting goes wrong with: blanks, quotes, and what cmd, PowerShell and sh each read as their own. */
const PIECES = [
  ' ',
  '"',
  "'",
  '\\',
  '%',
  '^',
  '&',
  '$',
  '`',
  '!',
  '|',
  '<',
  '>',
  '(',
  ')',
  ';',
  ',',
  '=',
  '{',
  '}',
  '@',
  '#',
  '*',
  '?',
  '~',
  '\t',
  'a',
  'PATH',
  'ü',
  '\u201c',
  '日本',
  '\\\\',
  '%PATH%',
  '$(x)',
  '\\"',
];
/** Rough arguments, the same in every run, thirty to a program. */
const ROUGH: readonly (readonly string[])[] = fc.sample(
  fc.array(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map(parts => parts.join('')),
    {
      minLength: 30,
      maxLength: 30,
    },
  ),
  { seed: 4_711, numRuns: 4 },
);

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

      it('hands over whatever a name or a path may hold, or a shell would take for its own', async () => {
        for (const further of ROUGH) {
          const { stdout, exitCode } = await under.host.run([...under.printArguments, ...further]);
          expect([exitCode, stdout.split(/\r?\n/).slice(0, further.length)]).toEqual([0, further]);
        }
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

    engineContract(() => under.host);

    describe('talking to a program through the engine', () => {
      it('hands arguments over unharmed to a program in a container', async context => {
        if (under.container === undefined || under.printInContainer === undefined)
          return context.skip(under.lacks?.container);
        const { docker, hangUp } = dockerOver(under.host);
        for (const further of ROUGH.slice(0, 2)) {
          const exec = await docker.getContainer(under.container).exec({
            Cmd: [...under.printInContainer, ...further],
            AttachStdout: true,
          });
          const [out, rest] = [new PassThrough(), new PassThrough()];
          const stream = await exec.start({});
          docker.modem.demuxStream(stream, out, rest);
          stream.on('end', () => out.end());
          expect((await textOf(out)).split(/\r?\n/).slice(0, further.length)).toEqual(further);
        }
        hangUp();
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

    namespaceContract(() => under.host);

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
      const { host, lose, lacks } = await makeHost();
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
      expect(await everyAnswer(host)).toEqual(Array.from({ length: 4 }, () => 'host-unreachable'));
      await host.dispose();
    });

    endingContract(async () => (await makeHost()).host);

    it('leaves no program running that was being waited for', async () => {
      const { host, runForever } = await makeHost();
      const asked = faultOf(host.run(runForever));
      await host.dispose();
      expect((await asked)?.code).toBe('host-unreachable');
    });
  });
}
