import { sleep } from '../../../../shared/base/clock.ts';
import type { AnswerStream } from './answer.ts';
import type { Container } from './container.ts';
import type { EngineState } from './engine-state.ts';
import { nanoTime, ZERO_TIME } from './nano-time.ts';

const EVERY = 1_000;

interface Reading {
  readonly read: string;
  readonly kernel: number;
  readonly user: number;
  readonly privateWorkingSet: number;
}

/** `docker stats --no-stream`: two readings a second apart, or one when `oneShot`. */
export async function statsSample(
  state: EngineState,
  container: Container,
  options: { readonly oneShot: boolean; readonly signal: AbortSignal },
): Promise<unknown> {
  if (container.run === undefined) return stopped(container);
  const before = options.oneShot ? undefined : read(state, container);
  if (!options.oneShot) await sleep(state.machine.clock, EVERY, options.signal);
  return sample(state, container, read(state, container), before);
}

/** One sample now and one each second, until the client goes away or the container is removed. */
export async function streamStats(
  state: EngineState,
  container: Container,
  to: AnswerStream,
  signal: AbortSignal,
): Promise<void> {
  let before: Reading | undefined;
  const gone = new AbortController();
  const undo = container.removals.on(() => gone.abort());
  const ends = AbortSignal.any([signal, gone.signal]);
  try {
    while (!ends.aborted) {
      const now = container.run === undefined ? undefined : read(state, container);
      await to.write(
        `${JSON.stringify(now === undefined ? stopped(container) : sample(state, container, now, before))}\n`,
      );
      before = now;
      await sleep(state.machine.clock, EVERY, ends).catch(() => undefined);
    }
  } finally {
    undo();
  }
}

function read(state: EngineState, container: Container): Reading {
  let [kernel, user, privateWorkingSet] = [0, 0, 0];
  for (const process of container.run?.system.processes() ?? []) {
    const counters = process.counters();
    kernel += counters.kernelTime;
    user += counters.userTime;
    privateWorkingSet += counters.privateWorkingSet;
  }
  return { read: nanoTime(state.time.now()), kernel, user, privateWorkingSet };
}

const BLKIO = {
  io_service_bytes_recursive: null,
  io_serviced_recursive: null,
  io_queue_recursive: null,
  io_service_time_recursive: null,
  io_wait_time_recursive: null,
  io_merged_recursive: null,
  io_time_recursive: null,
  sectors_recursive: null,
};

function cpu(reading: Reading | undefined): unknown {
  const { kernel = 0, user = 0 } = reading ?? {};
  return {
    // In units of 100 ns on Windows.
    cpu_usage: { total_usage: kernel + user, usage_in_kernelmode: kernel, usage_in_usermode: user },
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  };
}

function sample(state: EngineState, container: Container, now: Reading, before: Reading | undefined): unknown {
  const written = container.parts.disk.scratchBytes();
  const networks = container.endpoints.map(({ endpointId }) => [
    endpointId.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    {
      rx_bytes: 0,
      rx_packets: 0,
      rx_errors: 0,
      rx_dropped: 0,
      tx_bytes: 0,
      tx_packets: 0,
      tx_errors: 0,
      tx_dropped: 0,
    },
  ]);
  return {
    name: `/${container.name}`,
    id: container.id,
    read: now.read,
    preread: before?.read ?? ZERO_TIME,
    pids_stats: {},
    blkio_stats: BLKIO,
    num_procs: state.machine.processors,
    storage_stats: {
      read_count_normalized: 0,
      read_size_bytes: 0,
      write_count_normalized: 0,
      write_size_bytes: written,
    },
    cpu_stats: cpu(now),
    precpu_stats: cpu(before),
    memory_stats: {
      commitbytes: now.privateWorkingSet,
      commitpeakbytes: now.privateWorkingSet,
      privateworkingset: now.privateWorkingSet,
    },
    networks: Object.fromEntries(networks),
  };
}

/** What a container that does not run answers: zeros, and no time. */
function stopped(container: Container): unknown {
  return {
    name: `/${container.name}`,
    id: container.id,
    read: ZERO_TIME,
    preread: ZERO_TIME,
    pids_stats: {},
    blkio_stats: BLKIO,
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpu(undefined),
    precpu_stats: cpu(undefined),
    memory_stats: {},
  };
}
