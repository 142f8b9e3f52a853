import { type Disposable, DisposableStore } from '../../../shared/base/disposables.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import { type Fault, FaultError, faultOf } from '../../../shared/contract/fault.ts';
import type { WorkspaceStatus } from '../../../shared/contract/workspace-status.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import type { Workspace } from '../../../shared/domain/workspace.ts';
import type { Journal } from '../journal/journal.ts';
import type { Surroundings } from '../surroundings.ts';
import { type GroundActs, type HostGround, hostGround } from './host-ground.ts';
import { Keeper } from './keeper.ts';
import type { WorkspaceBook } from './workspace-book.ts';

/** What the services do anyhow, so that a workspace's launches and stops are judged and told like all others. */
export interface WorkspaceActs extends GroundActs {
  stop(name: string, force: boolean, tell: (note: string) => void, signal: AbortSignal): Promise<unknown>;
}

/** So long after a file that could not be read it is tried again. */
const AGAIN_MS = 10_000;

interface Kept {
  readonly keeper: Keeper;
  readonly ground: HostGround;
  readonly held: DisposableStore;
}

/** The user's workspaces on one host. Only where `start` was called are they brought back unasked. */
export class Workspaces implements Disposable {
  readonly #place: string;
  readonly #around: Surroundings;
  readonly #book: WorkspaceBook;
  readonly #journal: Journal;
  readonly #acts: WorkspaceActs;
  readonly #keepers = new Map<string, Kept>();
  readonly #changed = new Emitter<WorkspaceStatus>();
  #isEnded = false;
  #again: Disposable | undefined;

  /** `place`: the host, as the file calls it. */
  constructor(place: string, around: Surroundings, book: WorkspaceBook, journal: Journal, acts: WorkspaceActs) {
    this.#place = place;
    this.#around = around;
    this.#book = book;
    this.#journal = journal;
    this.#acts = acts;
  }

  onChanged(listener: (status: WorkspaceStatus) => void): () => void {
    return this.#changed.on(listener);
  }

  /** Brings back what is kept on this host, and keeps it. A file that cannot be read (its folder may come later) is tried again. */
  async start(): Promise<void> {
    const book = await this.#book.read().catch(() => undefined);
    if (this.#isEnded) return;
    if (book === undefined) {
      this.#again = this.#around.clock.after(AGAIN_MS, () => void this.start());
      return;
    }
    const names = new Set(book.kept[this.#place]);
    for (const workspace of book.workspaces) if (names.has(workspace.name)) this.#keeper(workspace).keep();
  }

  async list(): Promise<readonly WorkspaceStatus[]> {
    const { workspaces, kept } = await this.#book.read();
    const names = new Set(kept[this.#place]);
    return workspaces.map(workspace => {
      const status = this.#keepers.get(workspace.name)?.keeper.status;
      // Another process may keep it: its file tells, and only that.
      return (
        status ?? { workspace, kept: names.has(workspace.name), items: workspace.items.map(({ name }) => idle(name)) }
      );
    });
  }

  /** Every item looked at now. */
  async look(name: string): Promise<WorkspaceStatus> {
    const kept = this.#keeper(await this.#book.find(name));
    await kept.pass();
    return kept.status;
  }

  async save(workspace: Workspace): Promise<WorkspaceStatus> {
    await this.#book.save(workspace);
    this.#keepers.get(workspace.name)?.keeper.change(workspace);
    return this.look(workspace.name).catch((error: unknown) => {
      // It is saved; that the engine cannot be asked now is another matter.
      if (error instanceof FaultError)
        return { workspace, kept: false, items: workspace.items.map(one => idle(one.name)) };
      throw error;
    });
  }

  /** Forgets it. Its containers go on: they are the user's. */
  async remove(name: string): Promise<void> {
    await this.#book.find(name);
    await this.#book.remove(name);
    this.#keepers.get(name)?.held.dispose();
    this.#keepers.delete(name);
  }

  /** Launches what is not there, in order, and keeps it from then on. Resolves when every item has come to rest. */
  async keep(name: string, tell: (status: WorkspaceStatus) => void, signal: AbortSignal): Promise<WorkspaceStatus> {
    const workspace = await this.#book.find(name);
    await this.#book.keep(this.#place, name, true);
    const keeper = this.#keeper(workspace);
    keeper.change(workspace);
    keeper.keep();
    const undo = keeper.onChanged(tell);
    try {
      return await keeper.settled(signal);
    } finally {
      undo();
    }
  }

  /** Stops its containers in the opposite order, safely, and keeps it no longer. What will not stop is answered. */
  async stop(
    name: string,
    force: boolean,
    tell: (note: string) => void,
    signal: AbortSignal,
  ): Promise<{ readonly stopped: string[]; readonly left: { readonly name: string; readonly fault: Fault }[] }> {
    const workspace = await this.#book.find(name);
    await this.#book.keep(this.#place, name, false);
    const keeper = this.#keeper(workspace);
    keeper.release();
    await keeper.pass();
    const found = await this.#ground(name).look(workspace, signal);
    const stopped: string[] = [];
    const left: { readonly name: string; readonly fault: Fault }[] = [];
    for (const item of workspace.items.toReversed()) {
      const there = found.get(item.name) ?? 'nothing';
      if (there === 'nothing' || there === 'foreign') continue;
      try {
        await this.#acts.stop(item.name, force, note => tell(`${item.name}: ${note}`), signal);
        stopped.push(item.name);
      } catch (error) {
        signal.throwIfAborted();
        left.push({ name: item.name, fault: faultOf(error) });
      }
    }
    await keeper.pass();
    return { stopped, left };
  }

  /** A person stops that container through us. Answers the undo, for a stop that fails. */
  hold(container: string): () => void {
    const undone = [...this.#keepers.values()].map(({ keeper }) => keeper.hold(container));
    return () => {
      for (const undo of undone) undo();
    };
  }

  /** What the timeline tells is a hint to look again; and it alone tells a container that was stopped from one that ended. */
  heard({ what, subject, data }: JournalEntry): void {
    const [noun = ''] = what.split('.');
    if (!HINTS.has(noun)) return;
    const id = data?.['id'];
    const isStop = what === 'container.stopped' && typeof id === 'string';
    for (const { keeper, ground } of this.#keepers.values()) {
      if (isStop && !ground.stopped(id)) keeper.hold(subject, true);
      if (noun !== 'container') ground.forget();
      if (what === 'engine.lost') keeper.engineLost();
      else keeper.touch(undefined, what === 'engine.connected' || noun === 'fsd');
    }
  }

  dispose(): void {
    this.#isEnded = true;
    this.#again?.dispose();
    for (const { held } of this.#keepers.values()) held.dispose();
    this.#keepers.clear();
    this.#changed.clear();
  }

  #keeper(workspace: Workspace): Keeper {
    const there = this.#keepers.get(workspace.name);
    if (there !== undefined) return there.keeper;
    const ground = hostGround(this.#around, this.#acts);
    const held = new DisposableStore();
    const keeper = held.add(new Keeper(workspace, ground, this.#around.clock));
    held.defer(keeper.onChanged(status => this.#changed.emit(status)));
    held.defer(
      keeper.onNoted(({ what, item, left, ...rest }) =>
        this.#journal.note({ source: 'launch', what: `workspace.${what}`, subject: item, data: { ...rest, ...left } }),
      ),
    );
    this.#keepers.set(workspace.name, { keeper, ground, held });
    if (this.#isEnded) held.dispose();
    return keeper;
  }

  #ground(name: string): HostGround {
    const kept = this.#keepers.get(name);
    if (kept === undefined) throw new TypeError(`no keeper of ${name}`);
    return kept.ground;
  }
}

/** A launch, a stop or a look of our own is no reason to look again. */
const HINTS: ReadonlySet<string> = new Set(['container', 'engine', 'fsd', 'host', 'volume']);

const idle = (name: string): WorkspaceStatus['items'][number] => ({ name, state: 'idle', failures: 0, relaunches: 0 });
