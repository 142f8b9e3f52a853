import { join } from 'node:path';
import type Docker from 'dockerode';
import { Scenario } from '../../electron/hosts/simulated/scenario/schema.ts';
import { createSimulatedHost, type SimulatedHost } from '../../electron/hosts/simulated/simulated-host.ts';
import { PlayedClock, rest } from '../../electron/hosts/simulated/testing/played-clock.ts';
import { createEngineConnection, type EngineConnection } from '../../electron/services/engine/engine-connection.ts';
import { diskJournalFiles } from '../../electron/services/journal/disk-journal-files.ts';
import { Journal } from '../../electron/services/journal/journal.ts';
import { testSealer } from '../../electron/services/secrets/testing/test-sealer.ts';
import type { HostCall } from '../../electron/services/service-handlers.ts';
import { createServices, type Services } from '../../electron/services/services.ts';
import { diskFiles } from '../../electron/services/settings/files.ts';
import { Preferences } from '../../electron/services/settings/preferences.ts';
import { MOST_KEPT } from '../../electron/services/unwritten/keep-unwritten.ts';
import { type Contract, contract } from '../../shared/contract/contract.ts';
import type { CallName, InputOf, OutputOf } from '../../shared/contract/operation.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { RENUMBERED } from '../../shared/domain/renumbered.ts';
import { WORKSPACE_LABEL } from '../../shared/domain/workspace.ts';
import { Drafts } from './drafts.ts';
import { CLOUD, DRAFTS, IMAGES, ITEMS, LOCAL_IMAGES, REMOTE, SECRET, WORKSPACE } from './everyday.ts';
import { ghostsOf } from './ghosts-of.ts';
import { cutShort, tearLine } from './journal-harm.ts';
import { CLEAR, OneLife, type Weather } from './one-life.ts';
import { type Kept, readDisk, readJournal } from './read-disk.ts';
import { textOf, unsaid, withoutKnown } from './said-lines.ts';
import { Strangers } from './strangers.ts';

type Call = Exclude<CallName<Contract>, HostCall>;

/** Any Monday will do; the same for each run. */
const STARTED_AT = Date.UTC(2026, 5, 1, 8);

/** A container of the engine's list. */
interface Listed {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly workspace: string | undefined;
}

/** One process of Siloscope. */
interface App {
  readonly life: OneLife;
  readonly services: Services;
  readonly journal: Journal;
}

/** A simulated Windows host, a folder on a real disk, and Siloscope on them, under one clock. */
export class World {
  readonly clock: PlayedClock;
  readonly host: SimulatedHost;
  readonly weather: Weather = { ...CLEAR };
  readonly drafts: Drafts;
  readonly strangers: Strangers;
  /** What a process of Siloscope was told by its journal and by its settings, and nobody may lose. */
  readonly promised = { lines: new Map<number, JournalEntry>(), profiles: new Set<string>() };
  /** Lines that two processes were told otherwise, and that nobody has taken back. */
  #disagreements: { readonly sequence: number; readonly told: string }[] = [];
  /** What happened, for the figures. */
  readonly counts = new Map<string, number>();
  readonly #docker: EngineConnection;
  readonly #folder: string;
  readonly #apps: App[] = [];
  /** Told while nothing could be written; to be found later, under whatever numbers, where no process ended meanwhile. */
  readonly #spilt: JournalEntry[] = [];
  /** Those of them that were told by a process which had not read what was written before it began. */
  readonly #toldUnread = new WeakSet<JournalEntry>();
  #wasCut = false;
  /** Every line up to this one was found on the disk. */
  #provenUntil = 0;

  private constructor(clock: PlayedClock, host: SimulatedHost, folder: string) {
    this.clock = clock;
    this.host = host;
    this.#folder = folder;
    this.#docker = createEngineConnection(host, clock, 'the pipe');
    this.strangers = new Strangers(this.#docker);
    this.drafts = new Drafts({ host, clock, docker: this.#docker }, { item: DRAFTS, remote: REMOTE }, what =>
      this.count(`draft: ${what}`),
    );
  }

  static async create(seed: number, folder: string): Promise<World> {
    const clock = new PlayedClock(STARTED_AT);
    const scenario = Scenario.parse({ name: 'chaos', seed, images: LOCAL_IMAGES });
    const made = createSimulatedHost({ scenario, clock });
    await clock.play(0);
    return new World(clock, await made, folder);
  }

  /** Processes of Siloscope that run now: one, or a window and a server side by side. */
  get apps(): number {
    return this.#apps.length;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** A new process of Siloscope, as at sign-in. */
  startApp(): void {
    const life = new OneLife(this.weather, this.clock);
    const clock = life.clock(this.clock);
    const journal = new Journal(clock, {
      files: life.journalFiles(diskJournalFiles(join(this.#folder, 'journal'), clock)),
    });
    const preferences = new Preferences(clock, life.files(diskFiles(this.#folder, clock)), [life.sealer(testSealer)]);
    const services = createServices(life.host(this.host), {
      clock,
      journal,
      preferences,
      simulated: { scenario: 'chaos' },
      keepsWorkspaces: true,
    });
    journal.onAppended(entry => {
      this.count(entry.what);
      if (!life.isOver) this.drafts.heard(entry);
      if (!life.isOver) this.#promise(life, entry);
    });
    services.start(() => undefined);
    this.#apps.push({ life, services, journal });
    this.count('lives');
  }

  /** Ends every process at once, whatever it was doing; one may have got half a line to the disk. */
  async killApps(): Promise<void> {
    for (const { life, services, journal } of this.#apps.splice(0)) {
      life.kill();
      // Nothing of it has an effect any more; its memory is given back as a process's is.
      void services.dispose().catch(() => undefined);
      void journal.close().catch(() => undefined);
    }
    this.#spilt.length = 0;
    await rest();
    await tearLine(join(this.#folder, 'journal'));
  }

  /** Ends the process that came first, whatever it was doing; the others go on. */
  async killFirstApp(): Promise<void> {
    const others = this.#apps.splice(1);
    await this.killApps();
    this.#apps.push(...others);
  }

  /** Something that is no Siloscope cuts the newest file of the journal short, somewhere. */
  async cutJournal(random: (below: number) => number): Promise<void> {
    await rest();
    const cut = await cutShort(join(this.#folder, 'journal'), random);
    if (cut === undefined) return;
    const { last, gone } = cut;
    this.#wasCut = true;
    // What had come back from memory is gone with it.
    this.#spilt.splice(0, this.#spilt.length, ...unsaid(this.#spilt, gone));
    for (const sequence of this.promised.lines.keys()) if (sequence > last) this.promised.lines.delete(sequence);
    this.#provenUntil = Math.min(this.#provenUntil, last);
  }

  /** Ends a process as a person does. */
  async quitApp(): Promise<void> {
    const app = this.#apps.pop();
    if (app === undefined) return;
    const done = app.services.dispose().then(() => app.journal.close());
    await this.clock.play(5_000);
    await done;
    this.#spilt.length = 0;
    app.life.kill();
  }

  #promise(life: OneLife, entry: JournalEntry): void {
    const text = textOf(entry);
    if (life.isSpilling) {
      this.#spilt.push(entry);
      if (!life.hasRead) this.#toldUnread.add(entry);
      return;
    }
    if (entry.what === RENUMBERED) this.#takeBack(Number(entry.data?.['from']));
    const before = this.promised.lines.get(entry.sequence);
    if (before !== undefined && textOf(before) !== text) {
      const told = `line ${entry.sequence} is "${textOf(before)}" to one and "${text}" to another`;
      this.#disagreements.push({ sequence: entry.sequence, told });
    }
    this.promised.lines.set(entry.sequence, entry);
  }

  /** Numbers from this one on are no longer promised, as a line of the journal says; what stands in the lines is. */
  #takeBack(from: number): void {
    this.#disagreements = this.#disagreements.filter(({ sequence }) => sequence < from);
    for (const [sequence, entry] of this.promised.lines) {
      if (sequence < from) continue;
      this.promised.lines.delete(sequence);
      // Lines of others are told late: what was found on the disk already is not looked for again.
      if (sequence > this.#provenUntil) this.#spilt.push(entry);
    }
  }

  /** Asks the app as its window does; undefined while none runs, or where it fails. */
  async ask<N extends Call>(name: N, input: InputOf<Contract, N>): Promise<OutputOf<Contract, N> | undefined> {
    const [app] = this.#apps;
    if (app === undefined) return undefined;
    const handler = app.services.handlers[name];
    const parsed = contract[name].input.parse(input) as Parameters<typeof handler>[0];
    const told: { answer?: OutputOf<Contract, N>; hasFailed?: true } = {};
    Promise.resolve(handler(parsed, { signal: new AbortController().signal, progress: () => undefined })).then(
      answer => {
        told.answer = answer;
      },
      () => {
        told.hasFailed = true;
      },
    );
    for (let waited = 0; told.answer === undefined && told.hasFailed === undefined && waited < 120; waited++)
      await this.clock.play(250);
    return told.answer;
  }

  /** The workspace, with what it needs, is saved and wanted. */
  async begin(): Promise<void> {
    this.startApp();
    await this.ask('secret.set', { name: SECRET, value: '[remote]\ntype = memory\n' });
    await this.ask('profile.save', { profile: CLOUD });
    this.promised.profiles.add(CLOUD.name);
    await this.ask('workspace.save', { workspace: WORKSPACE });
    await this.ask('workspace.start', { name: WORKSPACE.name });
  }

  async saveProfile(name: string): Promise<void> {
    const profile: Profile = {
      name,
      title: name,
      description: 'Made while everything went wrong.',
      command: ['{winfsp}\\bin\\memfs-x64.exe', '-i', '-m', '{mountPoint}'],
      kind: 'disk',
      defaults: { mountPoint: 'Q:' },
    };
    if ((await this.ask('profile.save', { profile })) !== undefined) this.promised.profiles.add(name);
  }

  /** What somebody does with docker, beside Siloscope. */
  async docker(what: 'kill' | 'stop' | 'remove', name: string): Promise<void> {
    const id = (await this.#containers()).find(container => container.name === name)?.id;
    const isDone = await this.#order(what, docker => {
      const container = docker.getContainer(name);
      return what === 'remove' ? container.remove({ force: true }) : container[what]();
    });
    if (isDone && what === 'remove' && id !== undefined) this.drafts.removedByHand(id);
  }

  /** Somebody removes a container and gives its name to one of their own, which stays until they remove it. */
  async takeName(name: string): Promise<void> {
    await this.docker('remove', name);
    const made = this.strangers.make(name);
    await this.clock.play(1_000);
    await made;
  }

  /** Everything that runs is killed, and the images go before anybody launches anew; they can be pulled again. */
  async removeImages(): Promise<void> {
    await this.#order('remove images', async docker => {
      await Promise.all(
        ITEMS.map(name =>
          docker
            .getContainer(name)
            .kill()
            .catch(() => undefined),
        ),
      );
      for (const image of Object.values(IMAGES)) await docker.getImage(image).remove({ force: true });
    });
  }

  /** Containers that are kept because they may hold what was not written. */
  async kept(): Promise<readonly string[]> {
    return (await this.#containers()).flatMap(({ name }) => (isKept(name) ? [name] : []));
  }

  /** Whether it was done. */
  async #order(what: string, act: (docker: Docker) => Promise<unknown>): Promise<boolean> {
    const done = this.#docker.order(what, act).then(
      () => true,
      () => false,
    );
    await this.clock.play(1_000);
    return done;
  }

  async #containers(): Promise<readonly Listed[]> {
    const asked = this.#docker.ask('list', docker => docker.listContainers({ all: true })).catch(() => []);
    await rest();
    return (await asked)
      .filter(({ Id }) => !this.strangers.has(Id))
      .map(({ Id, Names, State, Labels }) => ({
        id: Id,
        name: Names[0]?.slice(1) ?? '',
        state: State,
        workspace: Labels[WORKSPACE_LABEL],
      }));
  }

  /** What is wrong with the host, read from the host itself. Empty: nothing is there twice, nothing was left behind. */
  async crimes(isWhole: boolean): Promise<readonly string[]> {
    const crimes: string[] = [];
    const containers = await this.#containers();
    const { machine } = this.host;
    for (const { name, workspace } of containers) {
      if (workspace !== WORKSPACE.name || !(ITEMS.includes(name) || isKept(name))) crimes.push(`an orphan: ${name}`);
    }
    const kept = containers.filter(({ name }) => isKept(name));
    if (kept.length > MOST_KEPT) crimes.push(`${kept.length} containers are kept`);
    for (const { name, state } of kept) if (state === 'running') crimes.push(`kept, and it runs: ${name}`);
    const prefixes = new Map<string, number>();
    for (const { siloId, name } of machine.computeSystems()) {
      if (siloId === undefined) continue;
      const win32 = machine.win32(machine.subjectIn(siloId));
      const volumes = win32.winfsp.present() ? win32.winfsp.listVolumes() : [];
      if (volumes.length > 1) crimes.push(`${name.slice(0, 12)} has ${volumes.length} volumes`);
      if (isWhole && volumes.length === 0) crimes.push(`${name.slice(0, 12)} has no volume`);
      for (const volume of volumes) {
        const [, prefix = ''] = /\}(\\.+)$/.exec(volume) ?? [];
        if (prefix !== '') prefixes.set(prefix, (prefixes.get(prefix) ?? 0) + 1);
      }
      if (isWhole) crimes.push(...ghostsOf(name.slice(0, 12), win32));
    }
    for (const [prefix, times] of prefixes) if (times > 1) crimes.push(`${prefix} is there ${times} times`);
    crimes.push(...ghostsOf('the host', machine.win32(machine.subjects.user)));
    if (isWhole) {
      const running = containers.filter(({ state }) => state === 'running').map(({ name }) => name);
      const ended = containers
        .filter(({ name, state }) => state !== 'running' && !isKept(name))
        .map(({ name, state }) => `${name} ${state}`);
      if (running.toSorted().join() !== ITEMS.toSorted().join()) crimes.push(`runs: ${running.join(', ')}`);
      if (ended.length > 0) crimes.push(`left: ${ended.join(', ')}`);
    }
    return crimes;
  }

  /** Lines and profiles that an app was told are kept, and that are not on the disk; and lines that two were told otherwise. */
  async losses(): Promise<readonly string[]> {
    const promised = new Map(this.promised.lines);
    const spilt = this.#spilt.splice(0);
    const losses = this.#disagreements.splice(0).map(({ told }) => told);
    let { entries, profiles } = await this.#lookAtDisk();
    // What was spilt is written at the next try, and this machine's own disk may be slow: the simulated time knows nothing of it.
    for (let tries = 0; tries < 5 && unsaid(spilt, entries).length > 0; tries++)
      ({ entries, profiles } = await this.#lookAtDisk());
    const found = new Map(entries.map(entry => [entry.sequence, textOf(entry)]));
    for (const [sequence, entry] of promised) {
      if (sequence <= this.#provenUntil) continue;
      const text = textOf(entry);
      if (found.get(sequence) !== text) losses.push(`line ${sequence}: ${text}, found ${found.get(sequence)}`);
    }
    for (const entry of await this.#unsaidBefore(unsaid(spilt, entries)))
      losses.push(`a line that the full disk did not take: ${textOf(entry)}`);
    this.#wasCut = false;
    for (const [place, { sequence }] of entries.entries()) {
      if (sequence !== this.#provenUntil + place + 1) losses.push(`line ${sequence} is out of order`);
    }
    this.#provenUntil = entries.at(-1)?.sequence ?? this.#provenUntil;
    for (const sequence of this.promised.lines.keys())
      if (sequence <= this.#provenUntil) this.promised.lines.delete(sequence);
    for (const name of this.promised.profiles) if (!profiles.has(name)) losses.push(`profile ${name}`);
    const mayHold = (await this.#containers()).map(({ name }) => name).filter(name => name === DRAFTS || isKept(name));
    return [...losses, ...(await this.drafts.lost(mayHold))];
  }

  /**
   * Who had not read the journal may have told what it said long before: that is not said again. Nor is what is no news any
   * more to a journal that somebody has cut.
   */
  async #unsaidBefore(lines: readonly JournalEntry[]): Promise<readonly JournalEntry[]> {
    if (lines.length === 0) return lines;
    const whole = await this.#whileTimeGoes(readJournal(this.#folder, this.clock, 0));
    const missing = new Set(unsaid(lines, whole));
    const kept = lines.filter(line => !this.#toldUnread.has(line) || missing.has(line));
    return this.#wasCut ? withoutKnown(kept, whole) : kept;
  }

  #lookAtDisk(): Promise<Kept> {
    return this.#whileTimeGoes(readDisk(this.#folder, this.clock, this.#provenUntil));
  }

  async #whileTimeGoes<T>(read: Promise<T>): Promise<T> {
    await this.clock.play(60_000);
    return read;
  }

  async dispose(): Promise<void> {
    await this.killApps();
    this.#docker.dispose();
    const done = this.host.dispose();
    await this.clock.play(60_000);
    await done;
  }
}

const isKept = (name: string): boolean => /\.unwritten-[0-9a-f]{12}$/.test(name);
