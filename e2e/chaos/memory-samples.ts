import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The heap after a collection, compiled code aside, at a time of the simulated world. */
export interface MemorySample {
  /** Awake. */
  readonly hours: number;
  readonly bytes: number;
}

/** Until then caches are filled for the first time, and code is compiled for what comes often. */
const WARM_UP_SHARE = 1 / 3;
/** A shorter line says nothing of a slope: what V8 compiles in its first hours would be taken for a leak. */
const FEWEST_HOURS = 24;
/** A leak of one object of a few hundred bytes with every look would be more: there are some 3,000 looks a day. */
const MOST_BYTES_A_DAY = 1_048_576;

export class MemorySamples {
  readonly all: MemorySample[] = [];
  readonly #collect: () => void;

  constructor() {
    setFlagsFromString('--expose-gc');
    const gc: unknown = runInNewContext('gc');
    if (typeof gc !== 'function') throw new TypeError('this Node collects nothing when asked');
    this.#collect = () => void Reflect.apply(gc, undefined, []);
  }

  take(hours: number): void {
    this.#collect();
    this.#collect();
    const spaces = getHeapSpaceStatistics().filter(({ space_name: name }) => !name.includes('code'));
    this.all.push({ hours, bytes: spaces.reduce((sum, { space_used_size: used }) => sum + used, 0) });
  }
}

/** Whether the heap stays as it is: the slope of a straight line through the samples after the warm-up, in bytes a day. */
export function judgeMemory(samples: readonly MemorySample[]): { readonly isFlat: boolean; readonly told: string } {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const first = warm[0];
  const last = warm.at(-1);
  if (first === undefined || last === undefined || last.hours - first.hours < FEWEST_HOURS)
    return {
      isFlat: true,
      told: `memory: not judged, fewer than ${FEWEST_HOURS} simulated hours awake after the warm-up`,
    };
  const slope = slopeOf(warm) * 24;
  const isFlat = slope < MOST_BYTES_A_DAY;
  const told = `memory: ${megabytes(first.bytes)} after the warm-up, ${megabytes(last.bytes)} at the end, slope ${(slope / 1024).toFixed(0)} kB a simulated day awake (at most ${MOST_BYTES_A_DAY / 1024})`;
  return { isFlat, told };
}

/** Least squares, bytes an hour. */
function slopeOf(samples: readonly MemorySample[]): number {
  const mean = (of: (sample: MemorySample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [hours, bytes] = [mean(one => one.hours), mean(one => one.bytes)];
  const spread = samples.reduce((sum, one) => sum + (one.hours - hours) ** 2, 0);
  return spread === 0 ? 0 : samples.reduce((sum, one) => sum + (one.hours - hours) * (one.bytes - bytes), 0) / spread;
}

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;
