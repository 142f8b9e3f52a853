import { Duplex } from 'node:stream';
import type { SimulatedHost } from '../../hosts/simulated/simulated-host.ts';

/** All that went over a host's seam: what was run, and each connection to the engine, both ways. */
export interface Traffic {
  readonly runs: string[];
  readonly dials: { readonly sent: Buffer[]; readonly received: Buffer[] }[];
}

const TRAFFIC = new WeakMap<object, Traffic>();

/** What went over the seam of a host that was wrapped. */
export function trafficOf(host: object): Traffic {
  const traffic = TRAFFIC.get(host);
  if (traffic === undefined) throw new Error('this host was not wrapped');
  return traffic;
}

/** The same host; what its callers send to it, and hear from it, is kept. */
export function recordingHost(host: SimulatedHost): SimulatedHost {
  const traffic: Traffic = { runs: [], dials: [] };
  const run: SimulatedHost['run'] = async (argv, options) => {
    const ran = await host.run(argv, options);
    traffic.runs.push(JSON.stringify([argv, options?.stdin, ran]));
    return ran;
  };
  const dialEngine: SimulatedHost['dialEngine'] = async signal => recorded(await host.dialEngine(signal), traffic);
  const wrapped = new Proxy(host, {
    get: (target, name) => {
      if (name === 'run') return run;
      if (name === 'dialEngine') return dialEngine;
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  TRAFFIC.set(wrapped, traffic);
  return wrapped;
}

function recorded(inner: Duplex, { dials }: Traffic): Duplex {
  const dial = { sent: [] as Buffer[], received: [] as Buffer[] };
  dials.push(dial);
  const outer = new Duplex({
    read: () => inner.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      dial.sent.push(Buffer.from(chunk));
      inner.write(chunk, error => done(error));
    },
    final: done => inner.end(() => done()),
    destroy: (error, done) => {
      inner.destroy();
      done(error);
    },
  });
  inner.on('data', (chunk: Buffer) => {
    dial.received.push(Buffer.from(chunk));
    if (!outer.push(chunk)) inner.pause();
  });
  inner.on('end', () => outer.push(null));
  inner.on('error', error => outer.destroy(error));
  inner.on('close', () => outer.destroy());
  return outer;
}
