import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import { type Contract, contract } from '../../../shared/contract/contract.ts';
import { type Fault, FaultError, faultOf } from '../../../shared/contract/fault.ts';
import type { CallContext, Handlers, InputOf, OutputOf } from '../../../shared/contract/operation.ts';
import type { HostChoice } from '../../../shared/domain/host-choice.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { Hub } from '../../../shared/wire/hub.ts';
import { either } from '../../services/either.ts';
import { Journal, type JournalNote } from '../../services/journal/journal.ts';
import type { AppLog } from '../../services/logs/follow-all-logs.ts';
import { createServices, type Services } from '../../services/services.ts';
import type { Preferences } from '../../services/settings/preferences.ts';
import { isSameTarget, listHosts } from './list-hosts.ts';
import type { Listening, LocalTarget, OpenedHost } from './open-host.ts';

/** Between attempts to open a host again that was lost. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/** How long calls of a host that is left may take to undo what they began. */
const UNDO_MS = 15_000;

type AnyHandler = (input: unknown, context: CallContext<unknown>) => unknown;

/** A call that runs on one host. */
interface Running {
  readonly cancel: () => void;
  readonly settled: Promise<unknown>;
}

type WantedHost = InputOf<Contract, 'host.open'>;

/** A host with its services and what runs on it. */
interface Served {
  readonly opened: OpenedHost;
  readonly services: Services;
  readonly journal: Journal;
  readonly running: Set<Running>;
  left: boolean;
}

export interface SwitchingOptions {
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly keepsWorkspaces?: boolean;
  /** The app's own log, where it is kept. */
  readonly appLog?: AppLog | undefined;
  readonly open: (target: LocalTarget, signal: AbortSignal) => Promise<OpenedHost>;
  /** Where a host's journal is kept. Undefined: it ends with the process. */
  readonly journalFolder?: (target: LocalTarget) => string | undefined;
}

/**
 * The services of one host at a time, for clients that stay. Every call goes to the present host; when another is
 * opened, what runs on the old one is cancelled and given time to undo, then the old host ends. Settings are the user's,
 * hence go along; a real host has a journal of its own, and those that end with the process share one; the revision
 * never falls.
 */
export class SwitchingServices {
  readonly #options: SwitchingOptions;
  /** Of all hosts whose journal is not kept. */
  readonly #passing: Journal;
  readonly #hub: Hub<Contract>;
  readonly #lost = new Emitter<Fault>();
  readonly #first: OpenedHost;
  readonly #endings = new Set<Promise<void>>();
  #current: Served;
  #switching: Promise<unknown> = Promise.resolve();
  readonly #over = new AbortController();
  /** To open a lost host again. */
  #attempt: AbortController | undefined;
  /** What the stock Docker clients are let in by, on whichever simulated host is open. */
  #docker: { readonly endpoint: string; listening: Listening | undefined } | undefined;

  constructor(first: OpenedHost, options: SwitchingOptions) {
    this.#options = options;
    this.#passing = new Journal(options.clock, { mask: this.#masked });
    this.#first = first;
    this.#hub = new Hub<Contract>(contract, this.#handlers());
    this.#current = this.#furnish(first, 1);
    this.#begin(this.#current);
  }

  get opened(): OpenedHost {
    return this.#current.opened;
  }

  /** Serves one client until its channel closes, whatever host is open. */
  serve(channel: Channel): { dispose(): void } {
    return this.#hub.serve(channel);
  }

  /** Told when the host of the start is lost for good. Another one, that a client opened, is the clients' affair. */
  onLost(listener: (fault: Fault) => void): () => void {
    return this.#lost.on(listener);
  }

  /** Lets stock Docker clients in, on the present host and on every simulated one that comes after it. */
  async listenDocker(endpoint: string): Promise<Listening> {
    const listening = await this.#current.opened.listenDocker?.(endpoint);
    const docker = { endpoint: listening?.endpoint ?? endpoint, listening };
    this.#docker = docker;
    return {
      endpoint: docker.endpoint,
      dispose: () => {
        docker.listening?.dispose();
        if (this.#docker === docker) this.#docker = undefined;
      },
    };
  }

  /** Turns the clients away, lets what runs undo what it began, and ends the host. */
  async close(): Promise<void> {
    this.#over.abort();
    this.#attempt?.abort();
    this.#hub.dispose();
    await this.#switching;
    this.#leave(this.#current);
    await Promise.all(this.#endings);
    await this.#passing.close();
    this.#lost.clear();
  }

  /** What of a note a journal keeps: no value of a secret that is known. */
  readonly #masked = (note: JournalNote): JournalNote => this.#options.preferences?.secrets.values.note(note) ?? note;

  #furnish(opened: OpenedHost, firstRevision: number): Served {
    const { clock, preferences, keepsWorkspaces = false } = this.#options;
    const folder = this.#options.journalFolder?.(opened.target);
    const journal = folder === undefined ? this.#passing : new Journal(clock, { folder, mask: this.#masked });
    // What a kept journal knows of a simulated host is of one that is no more. Noted before anybody asks what it knows.
    if (opened !== this.#first || (journal.isKept && opened.scenario !== undefined)) this.#noteOpened(opened, journal);
    const services = createServices(opened.host, {
      clock,
      preferences,
      keepsWorkspaces,
      appLog: this.#options.appLog,
      journal,
      firstRevision,
      ...(opened.scenario === undefined ? {} : { simulated: { scenario: opened.scenario } }),
    });
    return { opened, services, journal, running: new Set(), left: false };
  }

  #begin(served: Served): void {
    served.opened.host.onLost(fault => {
      if (served.left) return;
      if (comesBack(served.opened.target, fault)) void this.#openAgain(served);
      else if (served.opened === this.#first) this.#lost.emit(fault);
    });
    served.services.start((name, payload) => {
      if (!served.left) this.#hub.announce(name, payload);
    });
  }

  /** Calls off what runs there, and ends the host once that has settled. */
  #leave(served: Served): void {
    served.left = true;
    const running = [...served.running];
    for (const call of running) call.cancel();
    const settled = Promise.allSettled(running.map(call => call.settled));
    const ending = either(this.#options.clock, settled, UNDO_MS)
      .then(() => served.services.dispose())
      .then(() => (served.journal === this.#passing ? undefined : served.journal.close()))
      .then(() => served.opened.host.dispose())
      .finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }

  #handlers(): Handlers<Contract> {
    const delegated = Object.entries(contract)
      .filter(([, { kind }]) => kind !== 'news')
      .map(([name]) => [name, (input: unknown, context: CallContext<unknown>) => this.#delegate(name, input, context)]);
    return {
      ...(Object.fromEntries(delegated) as Handlers<Contract>),
      'host.list': async () => ({ hosts: await this.#choices() }),
      'host.open': (wanted, { signal }) => this.#open(wanted, signal),
    };
  }

  async #delegate(name: string, input: unknown, context: CallContext<unknown>): Promise<unknown> {
    const served = this.#current;
    const handler = (served.services.handlers as Readonly<Record<string, AnyHandler>>)[name];
    if (handler === undefined) throw new TypeError(`no handler for ${name}`);
    const own = new AbortController();
    const stop = (): void => own.abort(context.signal.reason);
    if (context.signal.aborted) stop();
    context.signal.addEventListener('abort', stop, { once: true });
    const call = Promise.resolve().then(() => handler(input, { signal: own.signal, progress: context.progress }));
    const running = { cancel: () => own.abort(), settled: call };
    served.running.add(running);
    try {
      return await call;
    } catch (error) {
      if (!served.left || context.signal.aborted) throw error;
      throw new FaultError(
        { code: 'host-unreachable', host: served.opened.host.id, reason: 'another host was opened in its place' },
        { cause: error },
      );
    } finally {
      served.running.delete(running);
      context.signal.removeEventListener('abort', stop);
    }
  }

  async #listed() {
    // The list is not what cannot do without the settings' file.
    const settings = await this.#options.preferences.settings().catch(() => undefined);
    return listHosts(this.#first, settings?.hosts ?? []);
  }

  async #choices(): Promise<HostChoice[]> {
    const { target } = this.#current.opened;
    return (await this.#listed()).map(listed => ({ ...listed.choice, current: isSameTarget(listed.target, target) }));
  }

  /** One after the other. The old host stays when the new one does not open. */
  #open(wanted: WantedHost, signal: AbortSignal): Promise<OutputOf<Contract, 'snapshot.take'>> {
    // What a client wants goes before what is only hoped for.
    this.#attempt?.abort();
    return this.#switch(async () => this.#options.open(await this.#find(wanted), signal)).then(() => {
      const context = { signal, progress: () => undefined };
      return this.#delegate('snapshot.take', {}, context) as Promise<OutputOf<Contract, 'snapshot.take'>>;
    });
  }

  /** Opens a lost host again and again, until it is there, or another has been opened, or it must not be opened any more. */
  async #openAgain(lost: Served): Promise<void> {
    const { clock, open } = this.#options;
    const { target } = lost.opened;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await sleep(clock, pause, this.#over.signal).catch(() => undefined);
      if (lost.left || this.#over.signal.aborted) return;
      const attempt = new AbortController();
      this.#attempt = attempt;
      try {
        await this.#switch(async () => (lost.left ? undefined : open(target, attempt.signal)));
        return;
      } catch (caught) {
        const fault = faultOf(caught);
        if (fault.code === 'cancelled' || comesBack(target, fault)) continue;
        this.#hub.announce('host.lost', fault);
        if (lost.opened === this.#first) this.#lost.emit(fault);
        return;
      }
    }
  }

  /** Puts what `open` answers in the place of the present host; undefined leaves it. */
  #switch(open: () => Promise<OpenedHost | undefined>): Promise<void> {
    const opening = this.#switching.then(async () => {
      const opened = await open();
      if (opened === undefined) return;
      const old = this.#current;
      this.#current = this.#furnish(opened, old.services.revision + 1);
      this.#docker?.listening?.dispose();
      this.#leave(old);
      this.#begin(this.#current);
      await this.#listenAgain();
      const scenario = opened.scenario === undefined ? {} : { scenario: opened.scenario };
      this.#hub.announce('host.changed', { id: opened.host.id, ...scenario });
      this.#hub.announce('snapshot.changed', { revision: this.#current.services.revision, what: 'host' });
    });
    this.#switching = opening.catch(() => undefined);
    return opening;
  }

  /** `afresh`: what the journal said before was of another world. */
  #noteOpened({ host, scenario, target }: OpenedHost, journal: Journal): void {
    const isAfresh = scenario !== undefined || !journal.isKept;
    const hostKey = target.kind === 'windows' ? target.hostKey : undefined;
    const data = {
      ...(scenario === undefined ? {} : { scenario }),
      ...(isAfresh ? { afresh: true } : {}),
      // Whose word it was that this is the host: somebody may want to know later.
      ...(hostKey === undefined ? {} : { hostKey }),
    };
    journal.note({ source: 'host', what: 'host.opened', subject: host.id, data });
  }

  async #find(wanted: WantedHost): Promise<LocalTarget> {
    const listed = await this.#listed();
    const found = listed.find(
      ({ choice }) =>
        choice.id === wanted.id && (choice.kind !== 'simulated' || choice.scenario === (wanted.scenario ?? 'default')),
    );
    if (found !== undefined) return withHostKey(found.target, wanted.hostKey);
    const known = listed.map(({ choice }) => choice.scenario ?? choice.id);
    throw new FaultError({ code: 'not-found', what: 'host', name: wanted.scenario ?? wanted.id, known });
  }

  /** A host that is not simulated has an engine of its own; nobody is let in by us then. */
  async #listenAgain(): Promise<void> {
    const docker = this.#docker;
    if (docker === undefined) return;
    docker.listening = await this.#current.opened.listenDocker?.(docker.endpoint).catch((error: unknown) => {
      if (error instanceof FaultError) return undefined;
      throw error;
    });
  }
}

/** A host over SSH may only be asleep or out of reach for a while; one that is not what it was stays closed. */
function comesBack(target: LocalTarget, { code }: Fault): boolean {
  return target.kind === 'windows' && ['host-unreachable', 'timed-out'].includes(code);
}

/** The target with the key that the user accepted. Only a host over SSH has one. */
function withHostKey(target: LocalTarget, hostKey: string | undefined): LocalTarget {
  if (hostKey === undefined) return target;
  if (target.kind === 'windows' && target.host.startsWith('ssh://')) return { ...target, hostKey };
  const message = 'goes with a host over SSH';
  throw new FaultError({ code: 'invalid-input', issues: [{ path: 'hostKey', message }] });
}
