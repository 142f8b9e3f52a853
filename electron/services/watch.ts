import { type Disposable, DisposableStore } from '../../shared/base/disposables.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import type { Announce, PayloadOf } from '../../shared/contract/operation.ts';
import type { Inspection } from '../../shared/domain/inspection.ts';
import type { RunningFileSystem } from '../../shared/domain/launch.ts';
import type { EngineState, Fsd } from '../../shared/domain/readiness.ts';
import type { RowsChanged } from '../../shared/domain/rows-changed.ts';
import { isSame, SAME_SIGHTS } from '../../shared/domain/same-sights.ts';
import type { SightsChanged } from '../../shared/domain/sights-changed.ts';
import { listContainers } from './engine/containers.ts';
import { askEngine } from './engine/engine-state.ts';
import { type EngineEvent, followEvents } from './engine/event-stream.ts';
import { discoverFsd, forgetFsd, readFsdState } from './fsd/discover-fsd.ts';
import { isFsdLoaded } from './fsd/is-fsd-loaded.ts';
import { watchFsd } from './fsd/watch-fsd.ts';
import { engineNote } from './journal/engine-notes.ts';
import { hostNote } from './journal/host-note.ts';
import { gapChanges, inspectionChanges, type KnownBefore, knownBefore } from './journal/inspection-changes.ts';
import type { Journal, JournalNote } from './journal/journal.ts';
import { CONTAINERS_GAP } from './silos/read-namespaces.ts';
import type { Surroundings } from './surroundings.ts';
import { unlessAborted } from './unless-aborted.ts';
import { containerLooks } from './watching/container-looks.ts';
import { ExecHints } from './watching/exec-hints.ts';
import { FileSystemTable } from './watching/file-system-table.ts';
import { LiveSights, sightsChanged } from './watching/live-sights.ts';
import { rowReader } from './watching/row-reader.ts';
import { partOf, type Seen, withPart } from './watching/seen.ts';
import { survey } from './watching/survey.ts';
import { wholeLooks } from './watching/whole-looks.ts';

type Subject = PayloadOf<Contract, 'snapshot.changed'>['what'];

/** The file systems in containers, ended ones included, with the revision of the last news that they hold. */
export interface FileSystemList {
  readonly revision: number;
  readonly fileSystems: readonly RunningFileSystem[];
}

/** Keeps an eye on what changes by itself. */
export interface Watch extends Disposable {
  readonly revision: number;
  start(announce: Announce<Contract>): void;
  /** Something changed: a new revision, told to everybody. Of containers, the watch itself knows best what did. */
  changed(what: Exclude<Subject, 'containers'>): void;
  /** Something was done to a container, by Docker id: it is looked at now. */
  touched(id: string): void;
  /** The list as events have kept it true; undefined while nothing vouches for that. */
  readonly current: FileSystemList | undefined;
  /** Reads everything anew. Rejects when the engine cannot be asked. */
  read(signal?: AbortSignal): Promise<FileSystemList>;
  /** Takes an inspection into the timeline. */
  inspected(inspection: Inspection): void;
  /** What was there at the last look; undefined before the first. */
  readonly known: Seen | undefined;
}

/** After a reading of some containers that failed, all are read. */
const AFTER_FAILURE_MS = 1_000;
const NO_ROWS: RowsChanged = { changed: [], gone: [] };

export function createWatch(around: Surroundings, journal: Journal, firstRevision = 1): Watch {
  const { clock } = around;
  const held = new DisposableStore();
  const cancelled = new AbortController();
  let announce: Announce<Contract> = () => undefined;
  let revision = firstRevision;
  let fsd: Fsd | undefined;
  /** As it was when it was reached: a newer one is another connection. */
  let engine: EngineState | undefined;
  let last: Seen | undefined;
  /** What the journal knew at the start: what changed while nobody watched is told at the first look. */
  let recalled: KnownBefore | undefined;
  const recalling = journal.known().then(known => {
    recalled = knownBefore(known);
  });
  const table = new FileSystemTable();
  /** Everything was read since the engine's events are heard: the table is true. */
  let isWhole = false;
  let isLive = false;
  /** The journal has lost what it knew: the next look at everything tells all of it again. */
  let isForgotten = false;

  /** Of everything but a new engine or host, what it does to the rows is told when it has been read. */
  const changed = (
    what: Subject,
    fileSystems = what === 'engine' || what === 'host' ? undefined : NO_ROWS,
    sights = what === 'images' ? SAME_SIGHTS : undefined,
  ): void => {
    revision++;
    announce('snapshot.changed', {
      revision,
      what,
      ...(fileSystems === undefined ? {} : { fileSystems }),
      ...(sights === undefined ? {} : { sights }),
    });
  };
  /** `sights` undefined: nobody can say what became of them. */
  const tell = (rows: RowsChanged | undefined, sights: SightsChanged | undefined): void => {
    if (rows !== undefined || sights === undefined || !isSame(sights)) changed('containers', rows ?? NO_ROWS, sights);
  };
  const list = (): FileSystemList => ({ revision, fileSystems: table.rows });
  const live = new LiveSights();
  /** Answers what it changed; of the first look nobody can say. */
  const take = (now: Seen): SightsChanged | undefined => {
    const before = last;
    last = now;
    live.whole(now);
    for (const note of inspectionChanges(isForgotten ? undefined : (before ?? recalled), now)) journal.note(note);
    for (const note of gapChanges(isForgotten ? undefined : before, now)) journal.note(note);
    isForgotten = false;
    return before === undefined ? undefined : sightsChanged(before, now);
  };
  /** Takes in a look at some containers, whose volumes are judged among all that is known. What they are now, and what changed. */
  const takePart = (known: Seen, seen: Seen, containers: ReadonlySet<string>): { now: Seen; sights: SightsChanged } => {
    const before = partOf(known, containers);
    const sights = live.part(before, partOf(withPart(known, seen, containers), containers));
    const volumes = seen.volumes.map(one => ({ ...one, verdict: live.verdict(one.device) ?? one.verdict }));
    last = withPart(known, { ...seen, volumes }, containers);
    const now = partOf(last, containers);
    for (const note of inspectionChanges(before, now)) journal.note(note);
    for (const note of gapChanges(known, last)) journal.note(note);
    return { now, sights };
  };
  /** Takes in a look at everything. Of what came or went since it began, the looks after those events know better. */
  const takeAll = (now: Seen, startedAt: number): SightsChanged | undefined => {
    // Without the engine's word on its containers nothing can be said of what came or went.
    if (now.gaps.some(gap => gap.what === CONTAINERS_GAP)) return SAME_SIGHTS;
    const touched = looks.touchedSince(startedAt);
    if (touched.size === 0) return take(now);
    const sights = take(withPart(now, last ?? { namespaces: [], volumes: [], gaps: [] }, touched));
    for (const id of touched) looks.touch(id, 'came');
    return sights;
  };
  const looks = containerLooks(clock, async containers => {
    // The look at everything is still under way, and will have them looked at again.
    if (last === undefined) return new Set();
    const ticket = table.begin();
    fsd ??= await discoverFsd(around.host, cancelled.signal);
    const seen = await survey(around, { fsd, containers }, cancelled.signal);
    if (held.ended || seen.gaps.some(gap => gap.what === CONTAINERS_GAP)) return new Set();
    const { now, sights } = takePart(last, seen, containers);
    tell(table.take(ticket, { seen: now, of: containers }), sights);
    const homes = new Set(seen.volumes.map(({ home }) => home));
    return new Set(seen.namespaces.flatMap(({ id, container }) => (container && homes.has(id) ? container.id : [])));
  });
  held.add(looks);
  const reader = rowReader(
    async containers => {
      const ticket = table.begin();
      const listed = await listContainers(around.connection, { all: true, ids: containers, signal: cancelled.signal });
      if (!held.ended) tell(table.take(ticket, { listed, of: containers }), SAME_SIGHTS);
    },
    () => {
      isWhole = false;
      everything.after(AFTER_FAILURE_MS);
    },
  );
  held.add(reader);
  const everything = wholeLooks(clock, async () => {
    const startedAt = clock.now();
    const ticket = table.begin();
    const wasLive = isLive;
    await recalling;
    fsd = await discoverFsd(around.host, cancelled.signal);
    const listed = await listContainers(around.connection, { all: true, signal: cancelled.signal });
    engine ??= (await askEngine(around.connection, { signal: cancelled.signal })).state;
    const now = await survey(around, { fsd, listed }, cancelled.signal);
    cancelled.signal.throwIfAborted();
    journal.note(hostNote(around.host, fsd, engine));
    const sights = takeAll(now, startedAt);
    const rows = table.take(ticket, { listed, seen: last ?? now });
    isWhole = wasLive && isLive;
    // The first look is no news of volumes: whoever asks before it hears of everything by the answer.
    tell(rows, sights ?? (rows === undefined ? SAME_SIGHTS : undefined));
    return sights !== undefined && !isSame(sights);
  });
  held.add(everything);
  const hints = new ExecHints();
  const onEvent = (event: EngineEvent): void => {
    const note = engineNote(event);
    if (note !== undefined) journal.note(note);
    if (event.Type === 'image' && note !== undefined) changed('images');
    if (event.Type !== 'container') return;
    const { ID } = event.Actor;
    if (hints.isWorthALook(ID, event.Action, clock.now())) looks.touch(ID, 'came');
    if (LEAVES_NO_MARK.test(event.Action)) return;
    if (event.Action === 'die' || event.Action === 'destroy') {
      table.ended(ID);
      looks.touch(ID, 'gone');
    }
    if (event.Action === 'start' || event.Action === 'unpause') looks.touch(ID, 'came');
    reader.touch(ID);
  };

  return {
    get revision() {
      return revision;
    },
    changed,
    touched(id) {
      looks.touch(id, 'came');
      reader.touch(id);
    },
    get current() {
      return isWhole ? list() : undefined;
    },
    async read(signal) {
      // A first look that is under way will do: what happened since it began is read by its events.
      await unlessAborted(isWhole ? everything.afresh() : everything.once(), signal);
      return list();
    },
    inspected(inspection) {
      const startedAt = Date.parse(inspection.takenAt);
      const touched = looks.touchedSince(startedAt);
      journal.note(hostNote(around.host, fsd, engine));
      const sights = takeAll(inspection, startedAt) ?? SAME_SIGHTS;
      const ids = inspection.namespaces.flatMap(({ container }) => container?.id ?? []);
      const of = new Set(ids.filter(id => !touched.has(id)));
      tell(table.take(table.begin(), { seen: inspection, of }), sights);
    },
    get known() {
      return last;
    },
    start(told) {
      if (held.ended) return;
      announce = told;
      held.defer(
        journal.onAppended(entry => {
          announce('journal.appended', entry);
          if (entry.what !== 'journal.cut-short') return;
          isForgotten = true;
          if (isLive) journal.note({ source: 'engine', what: 'engine.connected', subject: around.host.id });
          if (fsd !== undefined) journal.note(fsdNote(fsd));
          everything.soon();
        }),
      );
      held.defer(
        around.host.onLost(fault => {
          journal.note({ source: 'host', what: 'host.lost', subject: around.host.id, data: { code: fault.code } });
          isWhole = false;
          announce('host.lost', fault);
          changed('host');
        }),
      );
      let connected = false;
      held.add(
        followEvents(around.connection, around.clock, {
          onLive() {
            connected = true;
            isLive = true;
            isWhole = false;
            engine = undefined;
            journal.note({ source: 'engine', what: 'engine.connected', subject: around.host.id });
            changed('engine');
            everything.soon();
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
            isLive = false;
            isWhole = false;
            changed('engine');
          },
        }),
      );
      held.add(
        watchFsd(
          around.clock,
          {
            discover: () => discoverFsd(around.host, cancelled.signal),
            state: service =>
              readFsdState(around.host, { service, installDirectory: fsd?.installDirectory }, cancelled.signal),
            isLoaded: service => isFsdLoaded(around.host.objects, service, cancelled.signal),
          },
          (now, before) => {
            fsd = now;
            forgetFsd(around.host);
            journal.note(fsdNote(now, before));
            changed('fsd');
            if (before !== undefined) everything.soon();
          },
        ),
      );
      everything.start();
    },
    dispose() {
      announce = () => undefined;
      cancelled.abort();
      held.dispose();
    },
  };
}

/** Container events that change nothing of what a list shows; most are our own execs. */
const LEAVES_NO_MARK = /^(exec_|attach|detach|top|resize|archive-path|extract-to-dir|copy|export|commit)/;

function fsdNote({ state, service }: Fsd, before?: Fsd): JournalNote {
  const data = before === undefined ? {} : { data: { before: before.state } };
  return { source: 'fsd', what: `fsd.${FSD_WORDS[state]}`, subject: service ?? 'WinFsp', ...data };
}

const FSD_WORDS = {
  'not-installed': 'uninstalled',
  stopped: 'stopped',
  starting: 'awaited',
  running: 'started',
  stopping: 'unloaded',
} as const;
