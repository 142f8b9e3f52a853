import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { EngineService } from '../../../shared/domain/elevation.ts';
import { decode, decodeStatus } from '../../../shared/domain/error-decoder.ts';
import type { EngineState } from '../../../shared/domain/readiness.ts';
import type { Host } from '../../hosts/host.ts';
import { canBeAsked } from '../elevation/can-be-asked.ts';
import { readServiceState } from '../fsd/discover-fsd.ts';
import { runOptions } from '../run-program.ts';
import type { EngineConnection } from './engine-connection.ts';
import { askEngine } from './engine-state.ts';

const ALREADY_RUNNING = 1056;
const ACCESS_DENIED = 5;
/** dockerd takes its time with many containers. */
const START_LIMIT_MS = 60_000;

/** Docker's service on the host that is installed and stopped, if there is one. */
export async function stoppedEngineService(host: Host, signal?: AbortSignal): Promise<EngineService | undefined> {
  const states = await Promise.all(EngineService.options.map(name => readServiceState(host, name, signal)));
  if (states.includes('running')) return undefined;
  return EngineService.options.find((_, index) => states[index] === 'stopped');
}

/**
 * Starts Docker's service and waits until the engine answers.
 * @throws FaultError `not-found` (what: stopped Docker service), `access-denied`, `command-failed`, `engine-unreachable`.
 */
export async function startEngine(
  { host, clock, connection }: { readonly host: Host; readonly clock: Clock; readonly connection: EngineConnection },
  signal?: AbortSignal,
): Promise<EngineState> {
  const service = await stoppedEngineService(host, signal);
  const found = await askEngine(connection, { signal });
  if (!('fault' in found)) return found.state;
  if (service === undefined)
    throw new FaultError({ code: 'not-found', what: 'stopped Docker service', name: 'docker' });
  const argv = ['sc.exe', 'start', service];
  const { exitCode, stdout, stderr } = await host.run(argv, runOptions(signal));
  if (exitCode === ACCESS_DENIED) {
    const raw = `${stdout}${stderr}`.trim();
    throw new FaultError({
      code: 'access-denied',
      what: `the service ${service}`,
      raw,
      ...canBeAsked(host, 'start-engine'),
    });
  }
  if (exitCode !== 0 && exitCode !== ALREADY_RUNNING) {
    const decoded = decode(`${stdout}${stderr}`) ?? decodeStatus(exitCode);
    const said = decoded === undefined ? {} : { decoded };
    throw new FaultError({ code: 'command-failed', argv, exitCode, stdout, stderr, ...said });
  }
  for (let waited = 0, pause = 100; ; waited += pause, pause = Math.min(pause * 2, 2_000)) {
    const now = await askEngine(connection, { signal });
    if (!('fault' in now)) return now.state;
    if (waited >= START_LIMIT_MS) throw new FaultError(now.fault);
    await sleep(clock, pause, signal);
  }
}
