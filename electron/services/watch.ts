import { type Disposable, DisposableStore, disposable } from '../../shared/base/disposables.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import type { Announce, PayloadOf } from '../../shared/contract/operation.ts';
import type { Inspection } from '../../shared/domain/inspection.ts';
import type { Fsd } from '../../shared/domain/readiness.ts';
import { type EngineEvent, followEvents } from './engine/event-stream.ts';
import { discoverFsd, readServiceState } from './fsd/discover-fsd.ts';
import { watchFsd } from './fsd/watch-fsd.ts';
import { engineNote } from './journal/engine-notes.ts';
import { inspectionChanges } from './journal/inspection-changes.ts';
import type { Journal } from './journal/journal.ts';
import { CONTAINERS_GAP } from './silos/read-namespaces.ts';
import type { Surroundings } from './surroundings.ts';
import { containerLooks } from './watching/container-looks.ts';
import { type Seen, withPart } from './watching/seen.ts';
import { survey } from './watching/survey.ts';

type Subject = PayloadOf<Contract, 'snapshot.changed'>['what'];

/** Keeps an eye on what changes by itself. */
export interface Watch extends Disposable {
  readonly revision: number;
  start(announce: Announce<Contract>): void;
  /** Something changed: a new revision, told to everybody. */
  changed(what: Subject): void;
  /** Takes an inspection into the timeline. */
  inspected(inspection: Inspection): void;
  /** What was there at the last look; undefined before the first. */
  readonly known: Seen | undefined;
}

/** Nothing tells of volumes that come and go inside a silo: a slow look without probes, slower while nothing changes. */
const IDLE_LOOK_MS = 30_000;
const LONGEST_IDLE_MS = 300_000;
/** After the engine came back or the FSD changed, everything is looked at; and once more when the dust has settled. */
const LOOKS_AFTER_MS = [0, 2_000] as const;

export function createWatch(around: Surroundings, journal: Journal, firstRevision = 1): Watch {
  const { clock } = around;
  const held = new DisposableStore();
  const cancelled = new AbortController();
  const timers = new Map<number, Disposable>();
  let announce: Announce<Contract> = () => undefined;
  let revision = firstRevision;
  let fsd: Fsd | undefined;
  let last: Seen | undefined;
  let looking: Promise<void> | undefined;
  let idle = IDLE_LOOK_MS;
  let idleTimer: Disposable | undefined;

  const changed = (what: Subject): void => {
    revision++;
    announce('snapshot.changed', { revision, what });
  };
  /** Answers whether it brought news of volumes or silos; the first look is no news. */
  const take = (now: Seen): boolean => {
    const before = last;
    last = now;
    const notes = inspectionChanges(before, now);
    for (const note of notes) journal.note(note);
    return before !== undefined && notes.length > 0;
  };
  /** Takes in a look at everything. Of what came or went since it began, the looks after those events know better. */
  const takeAll = (now: Seen, startedAt: number): boolean => {
    // Without the engine's word on its containers nothing can be said of what came or went.
    if (now.gaps.some(gap => gap.what === CONTAINERS_GAP)) return false;
    const touched = looks.touchedSince(startedAt);
    if (touched.size === 0) return take(now);
    const isNew = take(withPart(now, last ?? { namespaces: [], volumes: [], gaps: [] }, touched));
    for (const id of touched) looks.touch(id, 'came');
    return isNew;
  };
  const looks = containerLooks(clock, async containers => {
    // The look at everything is still under way, and will have them looked at again.
    if (last === undefined) return new Set();
    fsd ??= await discoverFsd(around.host, cancelled.signal);
    const now = await survey(around, { fsd, containers, known: last }, cancelled.signal);
    if (held.ended || now.gaps.some(gap => gap.what === CONTAINERS_GAP)) return new Set();
    if (take(withPart(last, now, containers))) changed('containers');
    const homes = new Set(now.volumes.map(({ home }) => home));
    return new Set(now.namespaces.flatMap(({ id, container }) => (container && homes.has(id) ? container.id : [])));
  });
  held.add(looks);
  const look = async (): Promise<void> => {
    const startedAt = clock.now();
    fsd = await discoverFsd(around.host, cancelled.signal);
    const now = await survey(around, { fsd }, cancelled.signal);
    if (held.ended) return;
    const isNew = takeAll(now, startedAt);
    idle = isNew ? IDLE_LOOK_MS : Math.min(idle * 2, LONGEST_IDLE_MS);
    if (isNew) changed('containers');
  };
  const lookOnce = (): Promise<void> => {
    looking ??= look()
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
      clock.after(ms, () => void lookOnce().finally(() => scheduleIdle())),
    );
  };
  const scheduleIdle = (): void => {
    if (held.ended) return;
    idleTimer?.dispose();
    idleTimer = clock.after(idle, () => void lookOnce().finally(scheduleIdle));
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
    if (event.Type !== 'container') return;
    if (['start', 'unpause'].includes(event.Action)) looks.touch(event.Actor.ID, 'came');
    if (['die', 'destroy'].includes(event.Action)) looks.touch(event.Actor.ID, 'gone');
  };

  return {
    get revision() {
      return revision;
    },
    changed,
    inspected(inspection) {
      takeAll(inspection, Date.parse(inspection.takenAt));
    },
    get known() {
      return last;
    },
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
            fsd = now;
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
