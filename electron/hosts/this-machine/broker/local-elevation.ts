import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../../../shared/base/clock.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';
import { composeCommandLine } from '../../../../shared/domain/command-line.ts';
import type { ElevatedAct, ElevationPurpose, ElevationState } from '../../../../shared/domain/elevation.ts';
import type { ElevatedAnswer, ElevatedSession, Elevation, ElevationAnswer } from '../../host.ts';
import { withinLimit } from '../../within-limit.ts';
import { ownScript, type StartHelper } from '../helper-process.ts';
import { composeBrokerArguments } from './broker-arguments.ts';
import { openBrokerDoor } from './broker-door.ts';
import { type BrokerProgram, brokerProgram } from './broker-program.ts';
import { ElevatorReply, type StartElevated } from './elevator-message.ts';

/** ERROR_CANCELLED: the prompt was answered with No, or closed, or not answered in time. */
const ERROR_CANCELLED = 1_223;
/** Windows itself takes an unanswered prompt for No after two minutes. */
const PROMPT_LIMIT_MS = 300_000;
/** From the user's Yes to the first call. */
const START_LIMIT_MS = 30_000;

export interface LocalElevationOptions {
  readonly clock: Clock;
  readonly startHelper: StartHelper;
  /** Default: Siloscope's own program where it is installed, else Node with the broker's script. */
  readonly program?: BrokerProgram;
  /** Whether this process has an administrator's rights. */
  readonly isHeld: () => boolean;
  /** Whether somebody sits before this session. */
  readonly isInteractive: () => boolean;
  /** Does acts in this process, where the rights are held. */
  readonly perform: (purpose: ElevationPurpose, act: ElevatedAct) => Promise<ElevatedAnswer>;
}

/** An administrator's rights on this machine: held, or asked for by UAC and then in a broker process of their own. */
export function localElevation(options: LocalElevationOptions): Elevation {
  const state = async (): Promise<ElevationState> => {
    if (options.isHeld()) return { state: 'held' };
    return options.isInteractive() ? { state: 'can-ask' } : { state: 'unavailable', because: 'no-prompt' };
  };
  return {
    state,
    async ask(purpose, signal) {
      const now = await state();
      if (now.state === 'held') return { outcome: 'granted', session: heldSession(purpose, options.perform) };
      if (now.state === 'unavailable') return { outcome: 'unavailable', because: now.because };
      return askByPrompt(purpose, options, signal);
    },
  };
}

/** No broker is needed where this process may do it all: the table of acts is the same. */
function heldSession(purpose: ElevationPurpose, perform: LocalElevationOptions['perform']): ElevatedSession {
  let isOver = false;
  return {
    purpose,
    perform: async (act, signal) => {
      if (isOver) throw new FaultError({ code: 'elevation-lost', purpose, reason: 'it was ended' });
      if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' }, { cause: signal.reason });
      return perform(purpose, act);
    },
    dispose: async () => {
      isOver = true;
    },
  };
}

async function askByPrompt(
  purpose: ElevationPurpose,
  { clock, startHelper, program = ofThisProcess() }: LocalElevationOptions,
  signal: AbortSignal | undefined,
): Promise<ElevationAnswer> {
  const door = await openBrokerDoor(purpose, clock);
  try {
    const error = await prompt(startHelper, clock, signal, {
      file: program.file,
      parameters: composeCommandLine([...program.before, ...composeBrokerArguments(door.arguments)]),
      folder: join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32'),
    });
    if (error === ERROR_CANCELLED) return { outcome: 'refused-by-user' };
    if (error !== 0) {
      const raw = `ShellExecuteEx: Win32 error ${error}`;
      throw new FaultError({ code: 'access-denied', what: 'starting a program as an administrator', raw });
    }
    const limits = { clock, timeoutMs: START_LIMIT_MS, signal, what: 'the program with administrator rights' };
    return { outcome: 'granted', session: await withinLimit(door.admitted, limits) };
  } finally {
    door.close();
  }
}

const ofThisProcess = (): BrokerProgram => {
  const script = fileURLToPath(ownScript('broker-process', './broker/broker-process.ts'));
  return brokerProgram({ node: process.execPath, script }, existsSync);
};

/** Shows the prompt from a process of its own; answers the Win32 error, 0 when the program was started. */
async function prompt(
  startHelper: StartHelper,
  clock: Clock,
  signal: AbortSignal | undefined,
  wish: StartElevated,
): Promise<number> {
  const helper = startHelper('elevator-process');
  const answered = new Promise<number>((resolve, reject) => {
    const gone = (stderr: string, exitCode: number): void =>
      reject(new FaultError({ code: 'command-failed', argv: ['elevator-process'], exitCode, stdout: '', stderr }));
    helper.onMessage(message => resolve(ElevatorReply.parse(message).error));
    helper.onEnd(gone);
    helper.send(wish, error => gone(error.message, 1));
  });
  try {
    return await withinLimit(answered, { clock, timeoutMs: PROMPT_LIMIT_MS, signal, what: 'the prompt of Windows' });
  } finally {
    helper.kill();
  }
}
