import type { Clock } from '../../../../shared/base/clock.ts';
import { openLocalServices } from '../../serving/local-services.ts';
import { startWebServer } from '../../serving/web-server.ts';
import { run } from '../run.ts';
import type { Doors } from '../session.ts';
import { type CapturedIo, type CaptureOptions, captureIo } from './captured-io.ts';

/** The doors of the program itself: a simulated host with real services, a real server. */
export const REAL_DOORS: Doors = { openServices: openLocalServices, startWebServer };

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** The same, whose simulated hosts live by that clock. */
const doorsBy = (clock: Clock): Doors => ({
  ...REAL_DOORS,
  openServices: (target, signal, options) => openLocalServices(target, signal, { ...options, clock }),
});

/** Runs one command line as a user does, the host by the clock that is handed in. */
export async function ran(argv: readonly string[], options: CaptureOptions = {}): Promise<Ran> {
  const io = captureIo(options);
  const exitCode = await run(argv, io, options.clock === undefined ? REAL_DOORS : doorsBy(options.clock));
  return { exitCode, out: io.out(), err: io.err() };
}

/** The same with `--json`, its answer parsed. */
export async function ranJson(...argv: string[]): Promise<{ exitCode: number; err: string; json: unknown }> {
  const dashes = argv.indexOf('--');
  const at = dashes < 0 ? argv.length : dashes;
  const { exitCode, out, err } = await ran([...argv.slice(0, at), '--json', ...argv.slice(at)]);
  return { exitCode, err, json: JSON.parse(out) };
}

export interface Simulation {
  readonly connect: string;
  readonly docker: string;
  /** One command against it. */
  readonly ranJson: (...argv: string[]) => Promise<{ exitCode: number; err: string; json: unknown }>;
  /** Ctrl-C, and the exit code. */
  readonly end: () => Promise<number>;
}

/** `siloscope sim`, kept running. */
export function simulation(scenario: string, doors: Doors = REAL_DOORS): Promise<Simulation> {
  return new Promise((resolve, reject) => {
    const io: CapturedIo = captureIo({
      onOut: text => {
        const { connect, docker } = JSON.parse(text) as { connect: string; docker: string };
        const end = (): Promise<number> => {
          io.interrupt();
          return ended;
        };
        resolve({ connect, docker, end, ranJson: (...argv) => ranJson('--connect', connect, ...argv) });
      },
    });
    const argv = ['sim', '--listen', 'tcp://127.0.0.1:0', '--scenario', scenario, '--json'];
    const ended = run(argv, io, doors);
    void ended.then(code => reject(new Error(`sim ended with ${code}: ${io.out()}${io.err()}`)));
  });
}
