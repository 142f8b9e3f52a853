import tar from 'tar-stream';
import { rcloneRemote } from '../../electron/hosts/simulated/programs/file-systems/rclone-remote.ts';
import type { SimulatedHost } from '../../electron/hosts/simulated/simulated-host.ts';
import type { PlayedClock } from '../../electron/hosts/simulated/testing/played-clock.ts';
import type { EngineConnection } from '../../electron/services/engine/engine-connection.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';

/** Where rclone has its cache of writes by default, in a container. */
const CACHE = 'C:\\Users\\ContainerAdministrator\\AppData\\Local\\rclone\\vfs';

interface Draft {
  readonly text: string;
  /** Docker id of the container that it was written in. */
  readonly home: string;
}

/** What became of files that were written, for the figures. */
export type DraftEnd = 'reached the far end' | 'taken out of a kept container' | 'removed by hand' | 'named as lost';

/**
 * Files that somebody writes into a volume whose program uploads them later, and what becomes of each. What the volume
 * has taken may be at the far end, in a container that is there, or in what a person was told is lost: nowhere else.
 */
export class Drafts {
  readonly #host: SimulatedHost;
  readonly #clock: PlayedClock;
  readonly #docker: EngineConnection;
  readonly #item: string;
  readonly #remote: string;
  readonly #count: (what: DraftEnd | 'written') => void;
  readonly #waiting = new Map<string, Draft>();
  #made = 0;
  /** So many were named as lost, and have not been missed yet. */
  #named = 0;

  constructor(
    around: { readonly host: SimulatedHost; readonly clock: PlayedClock; readonly docker: EngineConnection },
    what: { readonly item: string; readonly remote: string },
    count: (what: DraftEnd | 'written') => void,
  ) {
    this.#host = around.host;
    this.#clock = around.clock;
    this.#docker = around.docker;
    this.#item = what.item;
    this.#remote = what.remote;
    this.#count = count;
  }

  /** Writes one into the volume, as a program in its silo does. It counts when the volume has taken it. */
  async write(): Promise<void> {
    const { machine } = this.#host;
    const serving = machine
      .computeSystems()
      .find(system => system.processes().some(({ imageName }) => imageName === 'rclone.exe'));
    if (serving?.siloId === undefined) return;
    const name = `draft-${++this.#made}.txt`;
    const text = `what somebody wrote, ${this.#made}`;
    const home = serving.name;
    const win32 = machine.win32(machine.subjectIn(serving.siloId));
    void win32.write(`Z:\\${name}`, Buffer.from(text), 'replace').then(
      () => {
        this.#waiting.set(name, { text, home });
        this.#count('written');
      },
      () => undefined,
    );
    await this.#clock.play(1_000);
  }

  /** Somebody removed a container with docker, without asking anybody. */
  removedByHand(id: string): void {
    for (const [name, { home }] of this.#waiting) if (home === id) this.#settle(name, 'removed by hand');
  }

  /** The journal names what was given up. */
  heard({ what, subject, data }: JournalEntry): void {
    if (subject !== this.#item || (what !== 'filesystem.stopped' && what !== 'workspace.unwritten')) return;
    if (typeof data?.['kept'] === 'string') return;
    const told: unknown = data?.['unwritten'];
    if (!Array.isArray(told)) return;
    for (const one of told as readonly { readonly count?: unknown }[]) this.#named += Number(one.count ?? 0);
  }

  /** A person copies out of a kept container what it holds, as `docker cp` does, and removes it. */
  async takeOut(container: string): Promise<boolean> {
    const held = await this.#heldBy(container);
    if (held === undefined) return false;
    const removed = await this.#docker
      .order('remove', docker => docker.getContainer(container).remove({ force: true }))
      .then(
        () => true,
        () => false,
      );
    if (!removed) return false;
    for (const [name, { text }] of this.#waiting) {
      if (held.get(name) === text) this.#settle(name, 'taken out of a kept container');
    }
    return true;
  }

  /** What was written and is nowhere. `containers`: names of those that may hold it. */
  async lost(containers: readonly string[]): Promise<readonly string[]> {
    if (this.#waiting.size === 0) return [];
    await this.#lookAtFarEnd();
    const held = new Set<string>();
    for (const container of containers) {
      for (const [name, text] of (await this.#heldBy(container)) ?? []) held.add(`${name} ${text}`);
    }
    const lost: string[] = [];
    for (const [name, { text, home }] of this.#waiting) {
      if (held.has(`${name} ${text}`)) continue;
      if (this.#named > 0) {
        this.#named--;
        this.#settle(name, 'named as lost');
        continue;
      }
      this.#waiting.delete(name);
      lost.push(`${name} of ${home.slice(0, 12)} is lost in silence`);
    }
    this.#named = 0;
    return lost;
  }

  async #lookAtFarEnd(): Promise<void> {
    const far = rcloneRemote({ machine: this.#host.machine, clock: this.#clock }, this.#remote);
    if (far === undefined) return;
    for (const { name } of await far.list('\\')) {
      const draft = this.#waiting.get(name);
      if (draft === undefined) continue;
      if (Buffer.from(await far.read(`\\${name}`)).toString('utf8') !== draft.text) continue;
      this.#settle(name, 'reached the far end');
      // Nobody needs it any more, and the world lasts for days.
      await far.deleteFile(`\\${name}`);
    }
  }

  /** Names and texts in the cache of a container; undefined: it cannot be asked. */
  async #heldBy(container: string): Promise<ReadonlyMap<string, string> | undefined> {
    const held = new Map<string, string>();
    const read = this.#docker
      .ask('copy out', async docker => {
        const extract = tar.extract();
        (await docker.getContainer(container).getArchive({ path: CACHE })).pipe(extract);
        for await (const entry of extract) {
          const chunks: Uint8Array[] = [];
          for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
          held.set(entry.header.name.split('/').at(-1) ?? '', Buffer.concat(chunks).toString('utf8'));
        }
      })
      .then(
        () => true,
        (error: unknown) => isNotThere(error),
      );
    return (await read) ? held : undefined;
  }

  #settle(name: string, end: DraftEnd): void {
    this.#waiting.delete(name);
    this.#count(end);
  }
}

/** No cache in it: nothing was ever written there. */
const isNotThere = (error: unknown): boolean =>
  error instanceof FaultError &&
  error.fault.code === 'engine-refused' &&
  /could not find the file/i.test(error.fault.raw);
