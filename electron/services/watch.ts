import { type Disposable, DisposableStore, disposable } from '../../shared/base/disposables.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import type { Announce, PayloadOf } from '../../shared/contract/operation.ts';
import type { Inspection } from '../../shared/domain/inspection.ts';
import { type EngineEvent, followEvents } from './engine/event-stream.ts';
import { discoverFsd, readServiceState } from './fsd/discover-fsd.ts';
import { watchFsd } from './fsd/watch-fsd.ts';
import { takeInspection } from './inspection/take-inspection.ts';
import { engineNote } from './journal/engine-notes.ts';
import { inspectionChanges } from './journal/inspection-changes.ts';
import type { Journal } from './journal/journal.ts';
import { CONTAINERS_GAP } from './silos/read-namespaces.ts';
import type { Surroundings } from './surroundings.ts';

type Subject = PayloadOf<Contract, 'snapshot.changed'>['what'];

/** Keeps an eye on what changes by itself. */
export interface Watch extends Disposable {
  readonly revision: number;
  start(announce: Announce<Contract>): void;
  /** Something changed: a new revision, told to everybody. */
  changed(what: Subject): void;
  /** Takes an inspection into the timeline. */
  inspected(inspection: Inspection): void;
}

/** After a container came or went: once the dust has settled, and once more for volumes that come later. */
const LOOKS_AFTER_MS = [300, 2_000] as const;
/** Nothing tells of volumes that come and go inside a silo: a slow look without probes, slower while nothing changes. */
const IDLE_LOOK_MS = 30_000;
const LONGEST_IDLE_MS = 300_000;

export function createWatch(around: Surroundings, journal: Journal, firstRevision = 1): Watch {
  const held = new DisposableStore();
  const cancelled = new AbortController();
  const timers = new Map<number, Disposable>();
  let announce: Announce<Contract> = () => undefined;
  let revision = firstRevision;
  let last: Inspection | undefined;
  let looking: Promise<void> | undefined;
  let idle = IDLE_LOOK_MS;
  let idleTimer: Disposable | undefined;

  const changed = (what: Subject): void => {
    revision++;
    announce('snapshot.changed', { revision, what });
  };
  const inspected = (inspection: Inspection): void => {
    // Without the engine's word on its containers nothing can be said of what came or went.
    if (inspection.gaps.some(gap => gap.what === CONTAINERS_GAP)) return;
    for (const note of inspectionChanges(last, inspection)) journal.note(note);
    last = inspection;
  };
  const look = (): Promise<void> => {
    looking ??= takeInspection(around, { probe: false, canary: false, plainUnc: false }, cancelled.signal)
      .then(inspection => {
        const before = last;
        inspected(inspection);
        const isNew = before !== undefined && last !== before && inspectionChanges(before, inspection).length > 0;
        idle = isNew ? IDLE_LOOK_MS : Math.min(idle * 2, LONGEST_IDLE_MS);
        if (isNew) changed('containers');
      })
      // A look that fails is made again at the next occasion; whoever asks for an inspection hears why.
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };
  const schedule = (ms: number): void => {
    if (held.ended) return;
    timers.get(ms)?.dispose();
    timers.set(
      ms,
      around.clock.after(ms, () => void look().finally(() => scheduleIdle())),
    );
  };
  const scheduleIdle = (): void => {
    if (held.ended) return;
    idleTimer?.dispose();
    idleTimer = around.clock.after(idle, () => void look().finally(scheduleIdle));
  };
  const looksSoon = (): void => {
    idle = IDLE_LOOK_MS;
    for (const ms of LOOKS_AFTER_MS) schedule(ms);
  };
  const onEvent = (event: EngineEvent): void => {
    const note = engineNote(event);
    if (note === undefined) return;
    journal.note(note);
    changed('containers');
    if (event.Type === 'container' && ['start', 'die', 'destroy'].includes(event.Action)) looksSoon();
  };

  return {
    get revision() {
      return revision;
    },
    changed,
    inspected,
    start(tell) {
      if (held.ended) return;
      announce = tell;
      held.defer(journal.onAppended(entry => tell('journal.appended', entry)));
      held.defer(
        around.host.onLost(fault => {
          journal.note({ source: 'host', what: 'host.lost', subject: around.host.id, data: { code: fault.code } });
          tell('host.lost', fault);
          changed('host');
        }),
      );
      let connected = false;
      held.add(
        followEvents(around.connection, around.clock, {
          onLive() {
            connected = true;
            journal.note({ source: 'engine', what: 'engine.connected', subject: around.host.id });
            changed('engine');
            looksSoon();
          },
          onEvent,
          onLost(fault) {
            journal.note({
              source: 'engine',
              what: connected ? 'engine.lost' : 'engine.unreachable',
              subject: around.host.id,
              data: { code: fault.code },
            });
            connected = false;
            changed('engine');
          },
        }),
      );
      held.add(
        watchFsd(
          around.clock,
          {
            discover: () => discoverFsd(around.host, cancelled.signal),
            state: service => readServiceState(around.host, service, cancelled.signal),
          },
          (now, before) => {
            journal.note({
              source: 'fsd',
              what: `fsd.${FSD_WORDS[now.state]}`,
              subject: now.service ?? 'WinFsp',
              data: { before: before?.state },
            });
            changed('fsd');
            if (before !== undefined) looksSoon();
          },
        ),
      );
      held.add(
        disposable(() => {
          for (const timer of timers.values()) timer.dispose();
          idleTimer?.dispose();
        }),
      );
      scheduleIdle();
    },
    dispose() {
      announce = () => undefined;
      cancelled.abort();
      held.dispose();
    },
  };
}

const FSD_WORDS = {
  'not-installed': 'uninstalled',
  stopped: 'stopped',
  starting: 'awaited',
  running: 'started',
  stopping: 'unloaded',
} as const;
