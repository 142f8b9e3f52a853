import { describe, expect, it } from 'vitest';
import { run } from './run.ts';
import { type CapturedIo, captureIo } from './testing/captured-io.ts';
import { SAMPLE_INSPECTION } from './testing/sample-inspection.ts';
import { type StandIn, standIn } from './testing/stand-in-services.ts';

interface Serving {
  readonly io: CapturedIo;
  readonly ready: { readonly connect: string; readonly docker?: string };
  /** Ctrl-C, and the exit code. */
  readonly end: () => Promise<number>;
  readonly ended: Promise<number>;
}

function serving(argv: readonly string[], services: StandIn, env: Record<string, string> = {}): Promise<Serving> {
  return new Promise((resolve, reject) => {
    const io: CapturedIo = captureIo({
      env,
      onOut: text => resolve({ io, ready: JSON.parse(text), end: interrupted, ended }),
    });
    const interrupted = (): Promise<number> => {
      io.interrupt();
      return ended;
    };
    const ended = run(argv, io, services);
    void ended.then(code => reject(new Error(`ended with ${code}: ${io.out()}${io.err()}`)));
  });
}

async function connected(connect: string, ...argv: string[]) {
  const io = captureIo();
  const exitCode = await run(['--connect', connect, '--json', ...argv], io, standIn());
  return { exitCode, out: JSON.parse(io.out()), err: io.err() };
}

describe('serve and --connect', () => {
  it('prints one line when it is ready, and serves until Ctrl-C, which is its ordinary end', async () => {
    const services = standIn();
    const { io, ready, end } = await serving(['sim', '--listen', 'tcp://127.0.0.1:2375', '--json'], services);
    expect(ready).toEqual({
      ready: true,
      host: 'simulated',
      scenario: 'stand-in',
      docker: 'tcp://127.0.0.1:2375',
      connect: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/),
    });
    expect(await end()).toBe(0);
    expect({ lines: io.out().split('\n').length, closed: services.closed(), opened: services.opened }).toEqual({
      lines: 2,
      closed: 1,
      opened: ['default'],
    });
  });

  it('warns of an engine that others can reach', async () => {
    const { ready, end } = await serving(['sim', '--listen', 'tcp://0.0.0.0:2375', '--json'], standIn());
    expect(ready).toMatchObject({ warning: expect.stringContaining('it asks for no password') });
    expect(await end()).toBe(0);
  });

  it('gives every client the same answers that a host in process gives', async () => {
    const services = standIn({ 'inspection.take': () => SAMPLE_INSPECTION });
    const { ready, end } = await serving(['serve', '--scenario', 'x', '--json'], services);
    const [one, two] = await Promise.all([connected(ready.connect, 'inspect'), connected(ready.connect, 'inspect')]);
    expect(one).toEqual({ exitCode: 0, out: SAMPLE_INSPECTION, err: '' });
    expect(two).toEqual(one);
    await end();
  });

  it('passes faults on as they are', async () => {
    const { ready, end } = await serving(['serve', '--json'], standIn());
    expect(await connected(ready.connect, 'list')).toMatchObject({
      exitCode: 2,
      out: { fault: { code: 'not-found' } },
    });
    await end();
  });

  it('says in the log of the app who was turned away', async () => {
    const warned: string[] = [];
    const services = standIn();
    const { ready, end } = await serving(['serve', '--json'], {
      ...services,
      openServices: async (...asked) => ({
        ...(await services.openServices(...asked)),
        warn: (what, reason) => void warned.push(`${what}: ${reason}`),
      }),
    });
    const wrong = ready.connect.replace(/#.*/, `#${'x'.repeat(43)}`);
    await connected(wrong, 'list');
    await end();
    expect(warned).toEqual([expect.stringMatching(/^client\.turned-away: .*token/)]);
    expect(warned.join()).not.toContain('xxxx');
  });

  it('refuses a wrong token, without repeating it', async () => {
    const { ready, end } = await serving(['serve', '--json'], standIn());
    const told = await connected(ready.connect.replace(/#.*/, '#wrong'), 'list');
    expect(told).toMatchObject({
      exitCode: 4,
      out: { fault: { code: 'host-unreachable', reason: expect.stringContaining('refuses the token') } },
    });
    expect(JSON.stringify(told)).not.toContain('#wrong');
    await end();
    expect(await connected(ready.connect, 'list')).toMatchObject({
      exitCode: 4,
      out: { fault: { code: 'host-unreachable' } },
    });
  });

  it('ends with 4 when its host is lost, and frees what it held', async () => {
    const services = standIn();
    const { io, ended } = await serving(['serve', '--json'], services);
    services.lose({ code: 'host-unreachable', host: 'simulated', reason: 'the plug was pulled' });
    expect(await ended).toBe(4);
    expect({ closed: services.closed(), fault: JSON.parse(io.out().split('\n')[1] ?? '').fault.code }).toEqual({
      closed: 1,
      fault: 'host-unreachable',
    });
  });

  it('has its own host, whatever SILOSCOPE_CONNECT says to others', async () => {
    const services = standIn();
    const { end } = await serving(['serve', '--json'], services, { SILOSCOPE_CONNECT: 'ws://127.0.0.1:1/#x' });
    expect({ opened: services.opened, exitCode: await end() }).toEqual({ opened: ['default'], exitCode: 0 });
  });

  it('tells a client whose server ends in the middle of a call', async () => {
    const services = standIn({
      'filesystem.list': async (_, { signal }) => {
        setImmediate(() => void end());
        await new Promise<void>(resolve => {
          signal.addEventListener('abort', () => resolve());
        });
        return { revision: 1, fileSystems: [] };
      },
    });
    const { ready, end } = await serving(['serve', '--json'], services);
    expect(await connected(ready.connect, 'list')).toMatchObject({
      exitCode: 4,
      out: { fault: { code: 'host-unreachable' } },
    });
  });
});

describe('watch', () => {
  const snapshot = {
    revision: 1,
    host: { id: 'simulated', facts: SAMPLE_INSPECTION.host.facts, simulated: true },
    fsd: { state: 'running' as const },
    engine: { reachable: true },
    fileSystems: [],
  };
  const entry = {
    sequence: 1,
    at: '2026-11-22T02:00:00Z',
    source: 'fsd' as const,
    what: 'fsd.started',
    subject: 'WinFsp+2.1',
  };

  it('tells news line by line until Ctrl-C', async () => {
    const services = standIn({ 'snapshot.take': () => snapshot });
    const lines: unknown[] = [];
    const io: CapturedIo = captureIo({
      onOut: text => {
        lines.push(JSON.parse(text));
        if (lines.length === 1) services.announce('journal.appended', entry);
        else io.interrupt();
      },
    });
    expect(await run(['watch', '--json'], io, services)).toBe(0);
    expect(lines).toEqual([{ snapshot }, { news: 'journal.appended', payload: entry }]);
  });

  it('ends with 4 when the host is lost', async () => {
    const services = standIn({ 'snapshot.take': () => snapshot });
    const io: CapturedIo = captureIo({
      onOut: () =>
        services.announce('host.lost', { code: 'host-unreachable', host: 'simulated', reason: 'the plug was pulled' }),
    });
    expect(await run(['watch'], io, services)).toBe(4);
    expect(io.err().replace(/\s+/g, ' ')).toContain('The plug was pulled.');
  });
});
