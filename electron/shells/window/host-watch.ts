import type { Clock } from '../../../shared/base/clock.ts';
import type { Disposable } from '../../../shared/base/disposables.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import type { Client, OutputOf } from '../../../shared/contract/operation.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { JournalState } from '../../../shared/domain/journal-state.ts';
import { isLeakSeen } from '../../../shared/domain/leak-seen.ts';

type Snapshot = OutputOf<Contract, 'snapshot.take'>;

/** What the app, its window closed or not, knows of the host. */
export interface HostView {
  /** Devices of the volumes that were seen to leak, oldest first. */
  readonly leaks: readonly string[];
  /** Of those of which a rule alone expects it: nobody has looked. */
  readonly expectedLeaks: readonly string[];
  /** What is wrong with the host itself. */
  readonly trouble: 'host-lost' | 'engine-gone' | 'fsd-gone' | undefined;
}

export interface HostWatch extends Disposable {
  readonly view: HostView;
  /** Told after each change of the view. */
  onChange(listener: (view: HostView) => void): () => void;
  /** Told of what happens from now on, not of what was in the journal before. */
  onNews(listener: (entry: JournalEntry) => void): () => void;
  /** Looks again now: after sleep, say. Answers the revision seen, the last one known when the host is out of reach. */
  look(): Promise<number>;
}

/** A burst of news is one look. */
const SETTLE_MS = 250;

/** Follows the journal and the snapshot through a client of its own. */
export function watchHost(client: Client<Contract>, clock: Clock): HostWatch {
  const changed = new Emitter<HostView>();
  const news = new Emitter<JournalEntry>();
  /** What the journal says of volumes, line by line. */
  let known = new JournalState();
  let trouble: HostView['trouble'];
  let last = 0;
  /** What leaked before the news began is known. */
  let begun = false;
  let ran = false;
  let revision = 1;
  let timer: Disposable | undefined;
  let over = false;

  const view = (): HostView => {
    const all = [...known.volumes.values()].filter(({ verdict }) => verdict === 'leaked');
    const devicesOf = (isSeen: boolean): string[] =>
      all.flatMap(volume => (isLeakSeen(volume) === isSeen ? [volume.device] : []));
    return { leaks: devicesOf(true), expectedLeaks: devicesOf(false), trouble };
  };
  const tell = (): void => {
    if (!over) changed.emit(view());
  };
  const take = (entry: JournalEntry): boolean => {
    if (entry.sequence <= last) return false;
    last = entry.sequence;
    // Another host was opened: what leaked on the one before is out of sight.
    if (entry.what === 'host.opened') {
      known = new JournalState();
      ran = false;
    }
    known.apply(entry);
    for (const device of goneWith(entry)) known.volumes.delete(device);
    return true;
  };
  /** At the beginning a journal of years is not read through: it knows what leaks. */
  const catchUp = async (): Promise<void> => {
    if (begun) {
      const { entries } = await client.call('journal.read', { after: last, limit: 10_000 });
      for (const entry of entries) take(entry);
      return;
    }
    const moment = await client.call('journal.moment', {});
    // News overtook the answer: it is asked for once more.
    if (moment.sequence < last) return catchUp();
    known = new JournalState();
    for (const volume of moment.volumes) known.volumes.set(volume.device, volume);
    last = moment.sequence;
    begun = true;
  };
  const look = async (): Promise<number> => {
    try {
      const [, snapshot] = await Promise.all([catchUp(), client.call('snapshot.take', {})]);
      ran ||= snapshot.fsd.state === 'running';
      trouble = troubleOf(snapshot, ran);
      revision = snapshot.revision;
    } catch (caught) {
      if (faultOf(caught).code !== 'cancelled') trouble = 'host-lost';
    }
    tell();
    return revision;
  };
  const lookSoon = (): void => {
    timer ??= clock.after(SETTLE_MS, () => {
      timer = undefined;
      void look();
    });
  };
  const undo = [
    client.on('journal.appended', entry => {
      if (!take(entry)) return;
      news.emit(entry);
      tell();
    }),
    client.on('snapshot.changed', lookSoon),
    // Another host has another journal, whose numbers begin elsewhere.
    client.on('host.changed', () => {
      last = 0;
      begun = false;
      known = new JournalState();
      ran = false;
      lookSoon();
    }),
    client.on('host.lost', () => {
      trouble = 'host-lost';
      tell();
    }),
  ];
  void look();
  return {
    get view() {
      return view();
    },
    onChange: listener => changed.on(listener),
    onNews: listener => news.on(listener),
    look,
    dispose: () => {
      over = true;
      timer?.dispose();
      for (const stop of undo) stop();
      client.dispose();
    },
  };
}

/** Volumes that an order took away: that they are gone is told before the look that finds it. */
function goneWith({ what, data }: JournalEntry): string[] {
  const gone = what === 'filesystem.stopped' ? data?.['gone'] : what === 'fsd.unloaded' ? data?.['lost'] : undefined;
  return Array.isArray(gone) ? gone.filter(item => typeof item === 'string') : [];
}

/** A driver that has not been needed yet is at rest: WinFsp starts it on demand. One that ran and runs no more is trouble. */
function troubleOf({ engine, fsd }: Snapshot, ran: boolean): HostView['trouble'] {
  if (!engine.reachable) return 'engine-gone';
  return fsd.state === 'not-installed' || (ran && fsd.state === 'stopped') ? 'fsd-gone' : undefined;
}
