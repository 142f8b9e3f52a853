import { Agent, type ClientRequestArgs } from 'node:http';
import { type Duplex, PassThrough } from 'node:stream';
import Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { type Fault, FaultError } from '../../shared/contract/fault.ts';
import type { Host, ProbeTarget } from './host.ts';

/** What holds of the object namespace of every host, one that is only remembered included. */
export function namespaceContract(host: () => Host): void {
  describe('reading the object namespace', () => {
    it.each(['\\', '\\Device', '\\GLOBAL??'])('lists %s with names and types', async path => {
      const listed = await host().objects.list(path);
      expect(listed).toHaveProperty('entries');
      const entries = 'entries' in listed ? listed.entries : [];
      expect(entries.every(({ name: entry, type }) => entry !== '' && type !== '')).toBe(true);
      expect(entries.length).toBeGreaterThan(0);
    });

    it('finds \\Device in the root, as a directory', async () => {
      const listed = await host().objects.list('\\');
      expect('entries' in listed && listed.entries).toContainEqual({ name: 'Device', type: 'Directory' });
    });

    it('reads the target of the link behind C:', async () => {
      const read = await host().objects.readLink('\\GLOBAL??\\C:');
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
      expect(await host().objects[verb](path)).toEqual({ refused });
    });
  });
}

/** What holds of every way to the Docker Engine API. */
export function engineContract(host: () => Host): void {
  describe('dialling the engine', () => {
    it('reaches the Docker Engine API', async () => {
      const { docker, hangUp } = dockerOver(host());
      expect(String(await docker.ping())).toBe('OK');
      expect(await docker.version()).toMatchObject({ Os: 'windows' });
      hangUp();
    });

    it('gives each dial a connection of its own', async () => {
      const dials = await Promise.all([host().dialEngine(), host().dialEngine()]);
      const answers = await Promise.all(dials.map(rawPing));
      expect(answers).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK']);
      for (const dial of dials) dial.destroy();
    });

    it('is called off by its signal', async () => {
      expect(await faultOf(host().dialEngine(AbortSignal.abort()))).toEqual({ code: 'cancelled' });
    });
  });
}

/** What holds of every host at its end. */
export function endingContract(makeHost: () => Promise<Host>): void {
  it('is not lost when it is disposed, may be disposed twice, and is out of reach afterwards', async () => {
    const host = await makeHost();
    const told: Fault[] = [];
    host.onLost(fault => told.push(fault));
    await host.dispose();
    await host.dispose();
    expect(told).toEqual([]);
    expect(await everyAnswer(host)).toEqual(Array.from({ length: 4 }, () => 'host-unreachable'));
  });

  it('asks nothing for somebody who has gone', async () => {
    const host = await makeHost();
    expect(await everyAnswer(host, AbortSignal.abort())).toEqual(Array.from({ length: 4 }, () => 'cancelled'));
    await host.dispose();
  });
}

const ANYWHERE: ProbeTarget = { by: 'drive', mountPoint: 'C:', rest: 'Windows' };

/** How each of the four ways to ask fails. */
export async function everyAnswer(host: Host, signal?: AbortSignal): Promise<readonly (string | undefined)[]> {
  const options = signal === undefined ? {} : { signal };
  const faults = [
    faultOf(host.run(['cmd.exe', '/c', 'exit 0'], options)),
    faultOf(host.dialEngine(signal)),
    faultOf(host.objects.list('\\', signal)),
    faultOf(host.probe(ANYWHERE, options)),
  ];
  return (await Promise.all(faults)).map(fault => fault?.code);
}

/** The fault a promise rejects with; undefined when it resolves; any other error is rethrown. */
export async function faultOf(asked: Promise<unknown>): Promise<Fault | undefined> {
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
export function dockerOver(host: Host): { readonly docker: Docker; readonly hangUp: () => void } {
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

export async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks).toString('utf8');
}
