import { z } from 'zod';
import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../shared/base/disposables.ts';
import { type Fault, faultOf } from '../../../shared/contract/fault.ts';
import type { EngineConnection } from './engine-connection.ts';
import { readJsonLines } from './json-lines.ts';

/** One event of the engine: a hint that something changed, never the truth itself. */
export const EngineEvent = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({
    ID: z.string().catch(''),
    Attributes: z.record(z.string(), z.string()).nullish().catch(undefined),
  }),
  /** Seconds since the epoch, by the engine's clock. */
  time: z.number(),
  timeNano: z.number().catch(0),
});
export type EngineEvent = z.infer<typeof EngineEvent>;

export interface EventListener {
  /** The stream is open: what happened before is unknown, so read everything again. */
  onLive(): void;
  onEvent(event: EngineEvent): void;
  /** Told once for each loss; the next attempt is under way. */
  onLost(fault: Fault): void;
}

const FIRST_WAIT_MS = 250;
/** An engine that restarts is back within a minute, and is then found within 2 s; one that was stopped costs less. */
const RESTART_MS = 60_000;
const LONGEST_RESTART_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 15_000;
/** A stream that ends sooner was none: something between answers in the engine's place, again and again. */
const STEADY_MS = 5_000;

/**
 * Follows the engine's events for as long as it lives.
 *
 *   connecting ──200──▶ live ──end or error──▶ waiting (250 ms, doubling to 1.5 s, after a minute to 15 s) ──▶ connecting
 *
 * A new stream starts at the second of the last event seen; what was told already is not told twice.
 */
export function followEvents(connection: EngineConnection, clock: Clock, listener: EventListener): Disposable {
  const own = new AbortController();
  const told = new Map<string, number>();
  let since: number | undefined;
  let wait = FIRST_WAIT_MS;
  let lost = false;
  let lostAt = clock.now();
  let liveAt: number | undefined;

  const tell = (event: EngineEvent): void => {
    const key = `${event.timeNano} ${event.Type} ${event.Action} ${event.Actor.ID}`;
    if (told.has(key)) return;
    if (since === undefined || event.time > since) {
      for (const [old, time] of told) if (time < event.time) told.delete(old);
      since = event.time;
    }
    told.set(key, event.time);
    listener.onEvent(event);
  };

  const listen = async (): Promise<void> => {
    // The answer's head comes at once; the stream itself has no limit and ends with `own`.
    const stream = await connection.order(
      'follow events',
      (docker, signal) => {
        const opened = docker.getEvents({ ...(since === undefined ? {} : { since }), abortSignal: own.signal });
        signal.addEventListener(
          'abort',
          () =>
            void opened.then(
              late => destroy(late),
              () => undefined,
            ),
          { once: true },
        );
        return opened;
      },
      { timeoutMs: 10_000, signal: own.signal },
    );
    lost = false;
    liveAt = clock.now();
    listener.onLive();
    for await (const line of readJsonLines(stream as AsyncIterable<Buffer>)) {
      if (!('value' in line)) continue;
      const event = EngineEvent.safeParse(line.value);
      if (event.success) tell(event.data);
    }
  };

  const run = async (): Promise<void> => {
    while (!own.signal.aborted) {
      const fault = await listen().then(
        (): Fault => ({
          code: 'engine-unreachable',
          endpoint: '',
          cause: 'connection lost',
          raw: 'the event stream ended',
        }),
        (error: unknown) => faultOf(error),
      );
      if (own.signal.aborted) return;
      if (!lost) {
        if (liveAt !== undefined && Math.abs(clock.now() - liveAt) >= STEADY_MS) {
          lostAt = clock.now();
          wait = FIRST_WAIT_MS;
        }
        listener.onLost(fault);
      }
      lost = true;
      try {
        await sleep(clock, wait, own.signal);
      } catch {
        return;
      }
      const longest = clock.now() - lostAt < RESTART_MS ? LONGEST_RESTART_WAIT_MS : LONGEST_WAIT_MS;
      wait = Math.min(wait * 2, longest);
    }
  };
  void run();

  return disposable(() => own.abort());
}

function destroy(stream: NodeJS.ReadableStream): void {
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
}
