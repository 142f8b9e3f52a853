import { z } from 'zod';
import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import type { EngineState } from '../../../shared/domain/readiness.ts';
import type { CallOptions, EngineConnection } from './engine-connection.ts';
import { readAnswer } from './read-answer.ts';

/**
 * How the engine stands. `wrong-mode`: it answers, but runs Linux containers. `denied`: the pipe refuses this user.
 * `stopped`: nobody listens. `unreachable`: the host itself, or an answer that never came.
 */
export type EngineCondition =
  | { readonly kind: 'ready' | 'wrong-mode'; readonly state: EngineState }
  | { readonly kind: Unanswered; readonly state: EngineState; readonly fault: Fault };

/** `needs-tls`: it was not asked, for docker would speak TLS there. */
type Unanswered = 'denied' | 'stopped' | 'unreachable' | 'needs-tls';

const Info = z.object({
  OSType: z.string().catch(''),
  ServerVersion: z.string().catch(''),
  Isolation: z.string().nullish().catch(undefined),
});
const Version = z.object({ ApiVersion: z.string().nullish().catch(undefined) });

/** Asks the engine how it is. Never rejects but for `cancelled`. */
export async function askEngine(connection: EngineConnection, options?: CallOptions): Promise<EngineCondition> {
  try {
    const limits = { timeoutMs: 10_000, ...options };
    const [info, version] = await Promise.all([
      connection
        .ask('ask the engine', (docker): Promise<unknown> => docker.info(), limits)
        .then(answer => readAnswer(Info, answer, 'ask the engine')),
      connection
        .ask('ask the engine', (docker): Promise<unknown> => docker.version(), limits)
        .then(answer => readAnswer(Version, answer, 'ask the engine')),
    ]);
    const state: EngineState = {
      reachable: true,
      osType: info.OSType,
      version: info.ServerVersion,
      ...(typeof version.ApiVersion === 'string' ? { apiVersion: version.ApiVersion } : {}),
      ...(typeof info.Isolation === 'string' && info.Isolation !== '' ? { defaultIsolation: info.Isolation } : {}),
    };
    return { kind: info.OSType === 'windows' ? 'ready' : 'wrong-mode', state };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return unreachable(error.fault);
  }
}

function unreachable(fault: Fault): EngineCondition {
  if (fault.code === 'cancelled' || fault.code === 'bug') throw new FaultError(fault);
  const because = (kind: Unanswered, reason: string): EngineCondition => ({
    kind,
    state: { reachable: false, reason },
    fault,
  });
  if (fault.code === 'access-denied') return because('denied', fault.raw);
  if (fault.code === 'engine-unreachable' && fault.because === 'tls') return because('needs-tls', fault.cause);
  if (fault.code === 'engine-unreachable') return because('stopped', fault.raw);
  if (fault.code === 'timed-out') return because('unreachable', `no answer in ${fault.afterMs} ms`);
  return because('unreachable', fault.code);
}

/** Rejects with the fault that says why the engine cannot run Windows containers. */
export function requireWindowsEngine(condition: EngineCondition): void {
  if (condition.kind === 'wrong-mode') {
    throw new FaultError({ code: 'engine-wrong-mode', osType: condition.state.osType ?? '' });
  }
  if ('fault' in condition) throw new FaultError(condition.fault);
}
