import { type Fault, FaultError, faultOf } from '../../../shared/contract/fault.ts';
import type { KernelQuestion } from '../../../shared/domain/kernel-question.ts';
import { RecordedAnswer, type Recording } from '../../../shared/domain/recording.ts';
import { type Redactor, stableRedactor } from '../../../shared/domain/redaction.ts';
import type { ObjectNamespace, Ran, RunOptions } from '../../hosts/host.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { readWinFspVersions } from '../fsd/read-winfsp-versions.ts';
import { readLauncherServices } from '../inspection/read-launcher-services.ts';
import { readServers } from '../inspection/read-servers.ts';
import type { OpensFiles } from '../leads-to-partition.ts';
import { runOptions } from '../run-program.ts';
import type { Surroundings } from '../surroundings.ts';
import { getJson } from './get-json.ts';
import { kernelQuestions, MUP_QUESTIONS, SILO_IDS, siloIds } from './kernel-questions.ts';
import { namesElsewhere } from './names-elsewhere.ts';
import { pathForms } from './path-forms.ts';
import { ENGINE_PATHS, HOST_DIRECTORIES, isTelling, PROGRAMS, SILO_DIRECTORIES } from './questions.ts';
import { toThePoint } from './to-the-point.ts';

/** So many of each: a host with thousands of silos is known by its first ones. */
const MOST_CONTAINERS = 50;
const MOST_IMAGES = 100;
const MOST_SILOS = 50;
const MOST_LINKS = 200;
const MOST_TEXT = 1_048_576;

/**
 * Asks a host everything that is known to be harmless and writes down what came: nothing is started or changed. Opened are
 * volumes, for their attributes, by names that are not resolved; control devices of WinFsp and the MUP, for their lists;
 * and jobs and processes of containers, to be queried.
 * What fails is an answer as well. Rejects only when the host is lost or the asker has gone.
 */
export async function recordHost(around: Surroundings, simulated: boolean, signal?: AbortSignal): Promise<Recording> {
  const recorder = new Recorder(around, signal);
  await recorder.askPrograms();
  await recorder.askEngine();
  await recorder.askNamespaces();
  await recorder.askKernel(kernelQuestions(recorder.answers));
  await recorder.askVolumes();
  await recorder.askKernel(MUP_QUESTIONS);
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

type Outcome<T> = { readonly value: T } | { readonly fault: string; readonly caught: unknown };

class Recorder {
  readonly answers: RecordedAnswer[] = [];
  readonly machines: string[] = [];
  readonly users: string[] = [];
  readonly #around: Surroundings;
  readonly #signal: AbortSignal | undefined;
  readonly #ran = new Map<string, Promise<Ran>>();
  readonly #letters = new Map<string, ReturnType<ObjectNamespace['readLink']>>();

  constructor(around: Surroundings, signal: AbortSignal | undefined) {
    this.#around = around;
    this.#signal = signal;
  }

  async askPrograms(): Promise<void> {
    const { host } = this.#around;
    // What the app itself asks of programs is written down as it is asked.
    const watched: OpensFiles = {
      run: (argv, options) => this.#run(argv, options),
      // Read before a file is opened, hence answered from a recording as well.
      objects: {
        list: (path, signal) => this.#around.host.objects.list(path, signal),
        readLink: path => this.#letter(path),
      },
    };
    const fsd = await discoverFsd(watched, this.#signal);
    const { installDirectory, service } = fsd;
    await readWinFspVersions(watched, fsd, this.#signal);
    await readServers(watched, [], this.#signal);
    await readLauncherServices(watched, this.#signal);
    for (const template of PROGRAMS) {
      const argv = template.map(word =>
        word.replace('{winfsp}', installDirectory ?? '{winfsp}').replace('{service}', service ?? '{service}'),
      );
      if (argv.some(word => /\{(?:winfsp|service)\}/.test(word))) continue;
      // A program that is not there is an answer, which is written down already.
      await this.#run(argv).catch(unlessOver);
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
    await this.askKernel([SILO_IDS]);
    for (const id of siloIds(this.answers).slice(0, MOST_SILOS)) {
      const root = `\\Silos\\${id}`;
      for (const below of SILO_DIRECTORIES) await this.#directory(`${root}${below}`);
      const sessions = `${root}\\Sessions\\0\\DosDevices`;
      for (const [session, type] of this.#entriesOf(sessions)) {
        if (type === 'Directory') await this.#directory(`${sessions}\\${session}`);
      }
    }
  }

  async askKernel(questions: readonly KernelQuestion[]): Promise<void> {
    const { host } = this.#around;
    for (const question of questions) {
      const { elapsedMs, outcome } = await this.#timed(async () => host.askKernel?.(question, this.#signal));
      const said = 'fault' in outcome ? { fault: outcome.fault } : (outcome.value ?? { fault: 'not-askable' });
      this.answers.push({ ask: 'kernel', question, elapsedMs, answer: said });
    }
  }

  /** Whether volumes can be opened from the host by names that are not resolved: inferred, and never seen by us. */
  async askVolumes(): Promise<void> {
    const { host } = this.#around;
    for (const target of pathForms(this.answers)) {
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

  /** What could not be read for a fault is no link to anything. */
  async #link(path: string): ReturnType<ObjectNamespace['readLink']> {
    const { objects } = this.#around.host;
    const { elapsedMs, outcome } = await this.#timed(() => objects.readLink(path, this.#signal));
    const answer =
      'fault' in outcome
        ? { fault: outcome.fault }
        : 'refused' in outcome.value
          ? { refused: outcome.value.refused }
          : { target: outcome.value.target };
    this.answers.push({ ask: 'link', path, elapsedMs, answer });
    return 'fault' in outcome ? { refused: 'unsupported' } : outcome.value;
  }

  /** The same of a letter, once; whoever asks again hears the same. */
  #letter(path: string): ReturnType<ObjectNamespace['readLink']> {
    const asked = this.#letters.get(path) ?? this.#link(path);
    this.#letters.set(path, asked);
    return asked;
  }

  /** Asked once; whoever asks again hears the same. Fails as the host did. */
  #run(argv: readonly string[], options?: RunOptions): Promise<Ran> {
    const key = argv.join('\0').toLowerCase();
    const asked = this.#ran.get(key) ?? this.#runOnce(argv, options);
    this.#ran.set(key, asked);
    return asked;
  }

  async #runOnce(argv: readonly string[], options = runOptions(this.#signal, 10_000)): Promise<Ran> {
    const { host } = this.#around;
    const { elapsedMs, outcome } = await this.#timed(() => host.run(argv, options));
    if ('fault' in outcome) {
      this.answers.push({ ask: 'run', argv: [...argv], elapsedMs, answer: { fault: outcome.fault } });
      throw outcome.caught;
    }
    const { exitCode, stdout, stderr } = outcome.value;
    const kept = {
      exitCode: exitCode >>> 0,
      stdout: toThePoint(argv, stdout.slice(0, MOST_TEXT)),
      stderr: stderr.slice(0, MOST_TEXT),
    };
    this.answers.push({ ask: 'run', argv: [...argv], elapsedMs, answer: kept });
    return outcome.value;
  }

  async #get(path: string): Promise<void> {
    const { clock, connection } = this.#around;
    const { elapsedMs, outcome } = await this.#timed(() =>
      connection.ask(`record ${path}`, docker => getJson(docker, path, clock.now()), {
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

  async #timed<T>(ask: () => Promise<T>): Promise<{ readonly elapsedMs: number; readonly outcome: Outcome<T> }> {
    const { clock } = this.#around;
    const startedAt = clock.now();
    try {
      const value = await ask();
      return { elapsedMs: clock.now() - startedAt, outcome: { value } };
    } catch (caught) {
      const fault: Fault = faultOf(caught);
      if (isOver(fault)) throw new FaultError(fault, { cause: caught });
      return { elapsedMs: clock.now() - startedAt, outcome: { fault: fault.code, caught } };
    }
  }
}

/** Nobody is left to ask, or to answer. */
const isOver = (fault: Fault): boolean => ['cancelled', 'host-unreachable', 'bug'].includes(fault.code);

function unlessOver(caught: unknown): void {
  if (isOver(faultOf(caught))) throw caught;
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
    case 'kernel':
    case 'get':
      return RecordedAnswer.parse(redact.json(answer));
  }
}
