import type { Duplex } from 'node:stream';
import { buffer, text as textOf } from 'node:stream/consumers';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrameSplitter } from '../../electron/services/engine/frame-splitter.ts';

/** How one and the same thing is said on the engine under test. */
export interface Dialect {
  readonly image: string;
  /** Prints the lines. */
  print(...lines: readonly string[]): string[];
  /** Prints to stderr. */
  complain(line: string): string[];
  exit(code: number): string[];
  /** Runs until it is stopped. */
  readonly idle: readonly string[];
  /** Reads a line and prints `got <line>`. */
  readonly greet: readonly string[];
  /** Prints what the file holds. */
  show(path: string): string[];
  /** An absolute directory that exists, and a file in it that does not. */
  readonly directory: string;
}

export interface Subject {
  readonly docker: Docker;
  readonly dialect: Dialect;
  stop(): Promise<void>;
}

interface Refusal {
  readonly status: number | undefined;
  readonly message: string;
}

/** The calls that have nothing of Windows in them, and must answer alike on every engine. */
export function describeEngine(name: string, start: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    let docker: Docker;
    let say: Dialect;
    beforeAll(async () => {
      subject = await start();
      docker = subject.docker;
      say = subject.dialect;
    });
    afterAll(() => subject.stop());

    const create = (
      Cmd: readonly string[],
      options: Partial<Docker.ContainerCreateOptions> = {},
    ): Promise<Docker.Container> =>
      docker.createContainer({ Image: say.image, Cmd: [...Cmd], HostConfig: { NetworkMode: 'none' }, ...options });

    /** Runs to the end and removes; answers the exit code and the framed log. */
    async function runThrough(command: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
      const container = await create(command);
      await container.start();
      const { StatusCode } = (await container.wait()) as { StatusCode: number };
      const log = unframe(await container.logs({ stdout: true, stderr: true, follow: false }));
      await container.remove();
      return { code: StatusCode, ...log };
    }

    async function idling<T>(use: (container: Docker.Container) => Promise<T>): Promise<T> {
      const container = await create(say.idle);
      await container.start();
      try {
        return await use(container);
      } finally {
        await container.remove({ force: true });
      }
    }

    it('answers a ping, and names its version', async () => {
      const [ping, version] = await Promise.all([docker.ping(), docker.version()]);
      expect({ ping: String(ping), version }).toEqual({
        ping: 'OK',
        version: expect.objectContaining({
          ApiVersion: expect.stringMatching(/^1\.\d+$/),
          Os: expect.any(String),
          Components: expect.any(Array),
        }),
      });
    });

    it('runs a command to its end and keeps what it printed, stream by stream', async () => {
      expect(await runThrough(say.print('one', 'two'))).toEqual({ code: 0, stdout: 'one\ntwo\n', stderr: '' });
      expect(await runThrough(say.complain('bad'))).toEqual({ code: 0, stdout: '', stderr: 'bad\n' });
      expect(await runThrough(say.exit(7))).toEqual({ code: 7, stdout: '', stderr: '' });
    });

    it('inspects a container before, while and after it runs', async () => {
      const container = await create(say.idle, { Labels: { field: 'storage' }, name: `inspected-${Date.now()}` });
      const seen = async () => {
        const { State, Config } = await container.inspect();
        return { status: State.Status, running: State.Running, hasPid: State.Pid > 0, label: Config.Labels['field'] };
      };
      const before = await seen();
      await container.start();
      const during = await seen();
      await container.kill();
      const after = await seen();
      await container.remove();
      expect([before, during, after]).toEqual([
        { status: 'created', running: false, hasPid: false, label: 'storage' },
        { status: 'running', running: true, hasPid: true, label: 'storage' },
        { status: 'exited', running: false, hasPid: false, label: 'storage' },
      ]);
    });

    it('carries a hijacked exec: output, exit code, end', async () => {
      const said = await idling(async container => {
        const exec = await container.exec({ Cmd: say.print('from exec'), AttachStdout: true, AttachStderr: true });
        const stream = await exec.start({ hijack: true, stdin: false });
        const output = unframe(await everything(stream));
        const { ExitCode, Running } = await exec.inspect();
        return { ...output, ExitCode, Running };
      });
      expect(said).toEqual({ stdout: 'from exec\n', stderr: '', ExitCode: 0, Running: false });
    });

    it('gives the exit code of an exec, and runs it once', async () => {
      const said = await idling(async container => {
        const exec = await container.exec({ Cmd: say.exit(9), AttachStdout: true });
        await everything(await exec.start({ hijack: true, stdin: false }));
        const { ExitCode } = await exec.inspect();
        return { ExitCode, again: await refusalOf(exec.start({ Detach: true })) };
      });
      expect(said).toEqual({
        ExitCode: 9,
        again: { status: 409, message: expect.stringContaining('has already run') },
      });
    });

    it('ends the input of an exec when the client half-closes', async () => {
      const said = await idling(async container => {
        const exec = await container.exec({ Cmd: [...say.greet], AttachStdin: true, AttachStdout: true });
        const stream = await exec.start({ hijack: true, stdin: true });
        stream.end('you\r\n');
        return unframe(await everything(stream)).stdout;
      });
      expect(said.trim()).toBe('got you');
    });

    it('gives an exec a terminal, and resizes it', async () => {
      const said = await idling(async container => {
        const exec = await container.exec({ Cmd: [...say.greet], AttachStdin: true, AttachStdout: true, Tty: true });
        const stream = await exec.start({ hijack: true, stdin: true, Tty: true });
        await exec.resize({ h: 33, w: 111 });
        stream.write('tty\r\n');
        const output = (await everything(stream)).toString();
        return { output, code: (await exec.inspect()).ExitCode };
      });
      expect(said).toEqual({ output: expect.stringMatching(/got tty\r\n/), code: 0 });
    });

    it('ends the input of a container when the client half-closes', async () => {
      const container = await create(say.greet, {
        AttachStdin: true,
        AttachStdout: true,
        OpenStdin: true,
        StdinOnce: true,
      });
      const stream = await container.attach({ stream: true, stdin: true, stdout: true, hijack: true });
      await container.start();
      stream.end('me\r\n');
      const output = unframe(await everything(stream)).stdout;
      await container.wait();
      await container.remove();
      expect(output.trim()).toBe('got me');
    });

    it('gives the last lines, with times of nine decimals', async () => {
      const container = await create(say.print('one', 'two', 'three'));
      await container.start();
      await container.wait();
      const tail = unframe(await container.logs({ stdout: true, tail: 2, follow: false })).stdout;
      const timed = unframe(await container.logs({ stdout: true, tail: 1, timestamps: true, follow: false })).stdout;
      const neither = await refusalOf(container.logs({ follow: false }));
      await container.remove();
      expect({ tail, timed, neither: neither.status }).toEqual({
        tail: 'two\nthree\n',
        timed: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z three\n$/),
        neither: 400,
      });
    });

    it('follows a log to the end of its container', async () => {
      const container = await create(say.greet, { OpenStdin: true, StdinOnce: true });
      const input = await container.attach({ stream: true, stdin: true, hijack: true });
      await container.start();
      const log = await container.logs({ stdout: true, follow: true });
      input.end('late\r\n');
      const output = unframe(await everything(log)).stdout;
      await container.wait();
      await container.remove();
      expect(output.trim()).toBe('got late');
    });

    it('tells what happened to a container, in order', async () => {
      const before = Math.floor(Date.now() / 1_000);
      const container = await create(say.exit(3));
      await container.start();
      await container.wait();
      await container.remove();
      const events = await docker.getEvents({
        since: before,
        until: Math.ceil(Date.now() / 1_000) + 1,
        filters: { container: [container.id], type: ['container'] },
      });
      const lines = (await textOf(events))
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));
      expect(lines.map(({ Action, Actor }) => [Action, Actor.ID, Actor.Attributes.exitCode])).toEqual([
        ['create', container.id, undefined],
        ['start', container.id, undefined],
        ['die', container.id, '3'],
        ['destroy', container.id, undefined],
      ]);
    });

    it('waits for removal', async () => {
      const container = await create(say.idle);
      await container.start();
      const removed = container.wait({ condition: 'removed' });
      await container.remove({ force: true });
      expect(await removed).toEqual(expect.objectContaining({ StatusCode: expect.any(Number) }));
    });

    it('says no in the same words', async () => {
      const name = `taken-${Date.now()}`;
      const container = await create(say.idle, { name });
      await container.start();
      const nobody = docker.getContainer('nobody');
      const refusals = {
        unknown: await refusalOf(nobody.inspect()),
        image: await refusalOf(docker.createContainer({ Image: 'nobody/nothing:1', Cmd: ['x'] })),
        name: await refusalOf(create(say.idle, { name })),
        badName: await refusalOf(create(say.idle, { name: '-bad' })),
        policy: await refusalOf(
          create(say.idle, {
            HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 }, AutoRemove: true },
          }),
        ),
        remove: await refusalOf(container.remove()),
        started: await refusalOf(container.start()),
        sameName: await refusalOf(container.rename({ name })),
        exec: await refusalOf(docker.getExec('nope').inspect()),
        volume: await refusalOf(docker.getVolume('nope').inspect()),
        network: await refusalOf(docker.getNetwork('nope').inspect()),
        filter: await refusalOf(docker.listContainers({ filters: { foo: ['x'] } })),
      };
      await container.stop({ t: 0 });
      const stopped = await refusalOf(container.stop());
      const killed = await refusalOf(container.kill());
      await container.remove();
      expect({ ...refusals, stopped, killed }).toEqual({
        unknown: { status: 404, message: 'No such container: nobody' },
        image: { status: 404, message: 'No such image: nobody/nothing:1' },
        name: {
          status: 409,
          message: expect.stringMatching(
            /^Conflict\. The container name "\/taken-\d+" is already in use by container "[0-9a-f]{64}"\. You have to remove/,
          ),
        },
        badName: { status: 400, message: 'Invalid container name (-bad), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed' },
        policy: {
          status: 400,
          message: expect.stringMatching(/^can't create 'AutoRemove' container with restart policy$/),
        },
        remove: { status: 409, message: expect.stringMatching(/running container|container is running/) },
        started: { status: 304, message: '' },
        sameName: { status: 400, message: 'Renaming a container with the same name as its current name' },
        exec: { status: 404, message: expect.stringMatching(/^No such exec instance: nope$/) },
        volume: { status: 404, message: 'get nope: no such volume' },
        network: { status: 404, message: 'network nope not found' },
        filter: { status: 400, message: expect.stringMatching(/^[Ii]nvalid filter 'foo'$/) },
        stopped: { status: 304, message: '' },
        killed: { status: 409, message: expect.stringMatching(/is not running$/) },
      });
    });

    it('copies files in and out as tar', async () => {
      const container = await create(say.show(`${say.directory}/carried.txt`));
      const pack = tar.pack();
      pack.entry({ name: 'carried.txt' }, 'a tarred word');
      pack.finalize();
      await container.putArchive(await buffer(pack), { path: say.directory });
      const archive = await container.getArchive({ path: `${say.directory}/carried.txt` });
      const files = await untar(archive);
      const missing = await refusalOf(container.getArchive({ path: `${say.directory}/nope.txt` }));
      await container.start();
      await container.wait();
      const shown = unframe(await container.logs({ stdout: true, follow: false })).stdout;
      await container.remove();
      expect({ files, missing: missing.status, shown: shown.trim() }).toEqual({
        files: [['carried.txt', 'a tarred word']],
        missing: 404,
        shown: 'a tarred word',
      });
    });

    it('makes, shows and removes a volume', async () => {
      const name = `volume-${Date.now()}`;
      await docker.createVolume({ Name: name, Labels: { kept: 'yes' } });
      const volume = docker.getVolume(name);
      const { Name, Driver, Labels, Scope } = await volume.inspect();
      const { Volumes } = await docker.listVolumes({ filters: JSON.stringify({ name: [name] }) });
      await volume.remove();
      const gone = await refusalOf(volume.inspect());
      expect({ Name, Driver, Labels, Scope, listed: Volumes.map(one => one.Name), gone: gone.status }).toEqual({
        Name: name,
        Driver: 'local',
        Labels: { kept: 'yes' },
        Scope: 'local',
        listed: [name],
        gone: 404,
      });
    });
  });
}

/** Status and message of a call that must fail. */
async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (caught) {
    if (!(caught instanceof Error)) throw caught;
    const status = 'statusCode' in caught && typeof caught.statusCode === 'number' ? caught.statusCode : undefined;
    const body: unknown = 'json' in caught ? caught.json : undefined;
    const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
    return { status, message: message === '' && status !== 304 ? caught.message : message };
  }
  return { status: undefined, message: 'it was not refused' };
}

function everything(stream: NodeJS.ReadableStream | Duplex): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', reject);
  });
}

/** The text of each stream, with the line ends of Unix. */
function unframe(bytes: Buffer): { stdout: string; stderr: string } {
  const texts = { stdout: '', stderr: '' };
  for (const { source, payload } of new FrameSplitter().push(bytes)) {
    texts[source === 'stderr' ? 'stderr' : 'stdout'] += payload.toString().replace(/ ?\r\n/g, '\n');
  }
  return texts;
}

async function untar(archive: NodeJS.ReadableStream): Promise<[string, string][]> {
  const extract = tar.extract();
  archive.pipe(extract);
  const files: [string, string][] = [];
  for await (const entry of extract) files.push([entry.header.name, await textOf(entry)]);
  return files;
}
