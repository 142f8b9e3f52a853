import { readFileSync, statSync } from 'node:fs';
import { systemClock } from '../../../../shared/base/clock.ts';
import { loadElevationCalls } from '../nt/elevation-calls.ts';
import { loadNativeCalls } from '../nt/native-calls.ts';
import { parseBrokerArguments, pipePath } from './broker-arguments.ts';
import { performerOf, WINFSP_FOLDER, WINFSP_KEY } from './elevated-performer.ts';
import { SECRET_BYTES } from './proof.ts';
import { type BrokerEnd, serveBroker } from './serve-broker.ts';

/** Exit codes of a broker; only the first means that it served. */
const SERVED = 0;
const ASKED_WRONGLY = 2;
const OUT_OF_REACH = 4;
const REFUSED = 5;

const SERVED_ENDS: ReadonlySet<BrokerEnd> = new Set(['done', 'asker-gone', 'idle']);

/** The whole life of a broker process, from its command line to its exit code. Prints nothing. */
export async function runBroker(argv: readonly string[]): Promise<number> {
  const given = parseBrokerArguments(argv);
  const secret = given === undefined ? undefined : readSecret(given.secretFile);
  if (given === undefined || secret === undefined) return ASKED_WRONGLY;
  const [calls, native] = await Promise.all([loadElevationCalls(), loadNativeCalls()]);
  const link = calls.dialPipe(pipePath(given.pipe), given.askerProcessId);
  if (link === undefined) return OUT_OF_REACH;
  const { purpose } = given;
  const perform = performerOf(native, systemClock, () => calls.readMachineText(WINFSP_KEY, WINFSP_FOLDER));
  const end = await serveBroker({
    link,
    secret,
    purpose,
    clock: systemClock,
    perform: act => perform(purpose, act),
  });
  return SERVED_ENDS.has(end) ? SERVED : REFUSED;
}

/** Only ever a file of exactly 64 digits: naming another one brings nobody anything. */
function readSecret(file: string): Buffer | undefined {
  try {
    if (statSync(file).size !== 2 * SECRET_BYTES) return undefined;
    const text = readFileSync(file, 'latin1');
    return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
  } catch {
    return undefined;
  }
}
