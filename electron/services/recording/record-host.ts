import type Docker from 'dockerode';
import { type Fault, FaultError, faultOf } from '../../../shared/contract/fault.ts';
import { RecordedAnswer, type Recording } from '../../../shared/domain/recording.ts';
import { type Redactor, stableRedactor } from '../../../shared/domain/redaction.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { runOptions } from '../run-program.ts';
import type { Surroundings } from '../surroundings.ts';
import { namesElsewhere, withoutOwnGroups } from './names-elsewhere.ts';
import { ENGINE_PATHS, HOST_DIRECTORIES, isTelling, PROGRAMS, SILO_DIRECTORIES } from './questions.ts';
import { volumesOfSilos } from './volumes-of-silos.ts';

/** So many of each: a host with thousands of silos is known by its first ones. */
const MOST_CONTAINERS = 50;
const MOST_IMAGES = 100;
const MOST_SILOS = 50;
const MOST_LINKS = 200;
/** A file system that hangs holds each up until its time is over. */
const MOST_VOLUMES = 10;
const MOST_TEXT = 1_048_576;

/**
 * Asks a host everything that is known to be harmless and writes down what came: nothing is started or changed, and nothing
 * is opened but volumes of silos, for their attributes, by the name of their provider.
 * What fails is an answer as well. Rejects only when the host is lost or the asker has gone.
 */
export async function recordHost(around: Surroundings, simulated: boolean, signal?: AbortSignal): Promise<Recording> {
  const recorder = new Recorder(around, signal);
  await recorder.askPrograms();
  await recorder.askEngine();
  await recorder.askNamespaces();
  await recorder.askVolumes();
  const { facts } = around.host;
  const redact = stableRedactor({
    machines: [facts.machineName, ...recorder.machines, ...namesElsewhere(recorder.answers)],
    users: recorder.users,
  });
  return {
    siloscopeRecording: 1,
    takenAt: new Date(around.clock.now()).toISOString(),
    simulated,
    facts: { ...facts, machineName: redact.text(facts.machineName) },
    answers: recorder.answers.map(answer => redacted(answer, redact)),
  };
}

class Recorder {
  readonly answers: RecordedAnswer[] = [];
  readonly machines: string[] = [];
  readonly users: string[] = [];
  readonly #around: Surroundings;
  readonly #signal: AbortSignal | undefined;

  constructor(around: Surroundings, signal: AbortSignal | undefined) {
    this.#around = around;
    this.#signal = signal;
  }

  async askPrograms(): Promise<void> {
    const { host } = this.#around;
    const { installDirectory, service } = await discoverFsd(host, this.#signal);
    for (const template of PROGRAMS) {
      const argv = template.map(word =>
        word.replace('{winfsp}', installDirectory ?? '{winfsp}').replace('{service}', service ?? '{service}'),
      );
      if (argv.some(word => /\{(?:winfsp|service)\}/.test(word))) continue;
      await this.#run(argv);
    }
    const who = await this.#timed(() => host.run(['whoami.exe'], runOptions(this.#signal, 10_000)));
    const [domain, user] = 'value' in who.outcome ? who.outcome.value.stdout.trim().split('\\') : [];
    if (domain !== undefined) this.machines.push(domain);
    if (user !== undefined) this.users.push(user);
  }

  async askEngine(): Promise<void> {
    for (const path of ENGINE_PATHS) await this.#get(path);
    for (const { id, state } of this.#listed('/containers/json').slice(0, MOST_CONTAINERS)) {
      await this.#get(`/containers/${id}/json`);
      if (state === 'running') await this.#get(`/containers/${id}/top`);
    }
    for (const { id } of this.#listed('/images/json').slice(0, MOST_IMAGES)) await this.#get(`/images/${id}/json`);
  }

  /** Ids in a list of the engine. */
  #listed(path: string): readonly { readonly id: string; readonly state: unknown }[] {
    const found = this.answers.find(answer => answer.ask === 'get' && answer.path === path);
    const body = found?.ask === 'get' && 'body' in found.answer ? found.answer.body : [];
    return (Array.isArray(body) ? body : []).flatMap(one => {
      const id: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, 'Id') : undefined;
      if (typeof id !== 'string' || !/^(?:sha256:)?[0-9a-f]{12,64}$/.test(id)) return [];
      return [{ id, state: Reflect.get(Object(one), 'State') }];
    });
  }

  async askNamespaces(): Promise<void> {
    for (const path of HOST_DIRECTORIES) await this.#directory(path);
    for (const silo of this.#entriesOf('\\Silos').slice(0, MOST_SILOS)) {
      const root = `\\Silos\\${silo[0]}`;
      for (const below of SILO_DIRECTORIES) await this.#directory(`${root}${below}`);
      const sessions = `${root}\\Sessions\\0\\DosDevices`;
      for (const [session, type] of this.#entriesOf(sessions)) {
        if (type === 'Directory') await this.#directory(`${sessions}\\${session}`);
      }
    }
  }

  /** Whether a silo's network volume can be opened from the host by its provider's name: inferred, and never seen by us. */
  async askVolumes(): Promise<void> {
    const { host } = this.#around;
    for (const volume of volumesOfSilos(this.answers).slice(0, MOST_VOLUMES)) {
      const target = { by: 'provider', ...volume, rest: '' } as const;
      const options = this.#signal === undefined ? {} : { signal: this.#signal };
      const { elapsedMs, outcome } = await this.#timed(() => host.probe(target, options));
      if ('fault' in outcome) continue;
      const { path, elapsedMs: took, ...said } = outcome.value;
      this.answers.push(
        RecordedAnswer.parse({ ask: 'probe', path, elapsedMs: Math.max(took, elapsedMs), answer: said }),
      );
    }
  }

  async #directory(path: string): Promise<void> {
    const { objects } = this.#around.host;
    const { elapsedMs, outcome } = await this.#timed(() => objects.list(path, this.#signal));
    if ('fault' in outcome) {
      this.answers.push({ ask: 'list', path, elapsedMs, answer: { fault: outcome.fault } });
      return;
    }
    const listed = outcome.value;
    if ('refused' in listed) {
      this.answers.push({ ask: 'list', path, elapsedMs, answer: { refused: listed.refused } });
      return;
    }
    const entries = listed.entries.map(({ name, type }): [string, string] => [name, type]);
    this.answers.push({ ask: 'list', path, elapsedMs, answer: { entries } });
    const links = entries.filter(([name, type]) => type === 'SymbolicLink' && isTelling(name));
    for (const [name] of links.slice(0, MOST_LINKS)) await this.#link(path === '\\' ? `\\${name}` : `${path}\\${name}`);
  }

  async #link(path: string): Promise<void> {
    const { objects } = this.#around.host;
    const { elapsedMs, outcome } = await this.#timed(() => objects.readLink(path, this.#signal));
    const answer =
      'fault' in outcome
        ? { fault: outcome.fault }
        : 'refused' in outcome.value
          ? { refused: outcome.value.refused }
          : { target: outcome.value.target };
    this.answers.push({ ask: 'link', path, elapsedMs, answer });
  }

  async #run(argv: readonly string[]): Promise<void> {
    if (this.answers.some(answer => answer.ask === 'run' && answer.argv.join('\0') === argv.join('\0'))) return;
    const { host } = this.#around;
    const { elapsedMs, outcome } = await this.#timed(() => host.run(argv, runOptions(this.#signal, 10_000)));
    const answer =
      'fault' in outcome
        ? { fault: outcome.fault }
        : {
            exitCode: outcome.value.exitCode >>> 0,
            stdout: withoutOwnGroups(outcome.value.stdout.slice(0, MOST_TEXT)),
            stderr: outcome.value.stderr.slice(0, MOST_TEXT),
          };
    this.answers.push({ ask: 'run', argv: [...argv], elapsedMs, answer });
  }

  async #get(path: string): Promise<void> {
    const { connection } = this.#around;
    const { elapsedMs, outcome } = await this.#timed(() =>
      connection.ask(`record ${path}`, docker => getJson(docker, path), {
        signal: this.#signal,
        timeoutMs: 10_000,
      }),
    );
    const asked = { ask: 'get', path, elapsedMs } as const;
    const answer = 'fault' in outcome ? { fault: outcome.fault } : { body: outcome.value };
    const recorded = RecordedAnswer.safeParse({ ...asked, answer });
    // An engine that answers with something else than JSON hands over its bytes.
    this.answers.push(recorded.success ? recorded.data : { ...asked, answer: { fault: 'no-json' } });
  }

  #entriesOf(path: string): readonly (readonly [string, string])[] {
    const listed = this.answers.find(answer => answer.ask === 'list' && answer.path === path);
    return listed?.ask === 'list' && 'entries' in listed.answer ? listed.answer.entries : [];
  }

  async #timed<T>(
    ask: () => Promise<T>,
  ): Promise<{ readonly elapsedMs: number; readonly outcome: { readonly value: T } | { readonly fault: string } }> {
    const { clock } = this.#around;
    const startedAt = clock.now();
    try {
      const value = await ask();
      return { elapsedMs: clock.now() - startedAt, outcome: { value } };
    } catch (caught) {
      const fault: Fault = faultOf(caught);
      if (['cancelled', 'host-unreachable', 'bug'].includes(fault.code)) throw new FaultError(fault, { cause: caught });
      return { elapsedMs: clock.now() - startedAt, outcome: { fault: fault.code } };
    }
  }
}

function getJson(docker: Docker, path: string): Promise<unknown> {
  const [, id, what] = /^\/containers\/([0-9a-f]+)\/(json|top)$/.exec(path) ?? [];
  if (id !== undefined) {
    const container = docker.getContainer(id);
    return what === 'top' ? container.top() : container.inspect();
  }
  const image = /^\/images\/([0-9a-z:]+)\/json$/.exec(path)?.[1];
  if (image !== undefined) return docker.getImage(image).inspect();
  switch (path) {
    case '/version':
      return docker.version();
    case '/info':
      return docker.info();
    case '/containers/json':
      return docker.listContainers({ all: true });
    case '/images/json':
      return docker.listImages();
    default:
      return docker.listNetworks();
  }
}

function redacted(answer: RecordedAnswer, redact: Redactor): RecordedAnswer {
  switch (answer.ask) {
    case 'run': {
      const said = answer.answer;
      return {
        ...answer,
        argv: answer.argv.map(redact.text),
        answer:
          'fault' in said ? said : { ...said, stdout: redact.text(said.stdout), stderr: redact.text(said.stderr) },
      };
    }
    case 'list': {
      const said = answer.answer;
      if (!('entries' in said)) return { ...answer, path: redact.text(answer.path) };
      const entries = said.entries.map(([name, type]): [string, string] => [redact.text(name), type]);
      return { ...answer, path: redact.text(answer.path), answer: { entries } };
    }
    case 'link': {
      const said = answer.answer;
      const target = 'target' in said ? { target: redact.text(said.target) } : said;
      return { ...answer, path: redact.text(answer.path), answer: target };
    }
    case 'probe':
      return { ...answer, path: redact.text(answer.path) };
    case 'get':
      return RecordedAnswer.parse(redact.json(answer));
  }
}
