import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { KernelAnswer, KernelQuestion } from '../../../shared/domain/kernel-question.ts';
import type { RecordedAnswer, Recording } from '../../../shared/domain/recording.ts';
import type { Host, ObjectEntry, ObjectNamespace, ObjectRefusal, ProbeAnswer, ProbeTarget, Ran } from '../host.ts';
import { HostLife } from '../host-life.ts';
import { linkedPair } from '../linked-pair.ts';
import { probePath } from '../probe-path.ts';
import { answerGet } from './answer-get.ts';

const ID = 'recording';
/** STATUS_NOT_SUPPORTED: a recording opens nothing that was not opened then. */
const NOT_SUPPORTED = 0xc000_00bb;

/**
 * A host that knows nothing but a recording: programs, object directories, links and the engine's answers come out of it
 * word for word. What was not asked then is refused, and it is said that it was not recorded: `command-failed` (programs),
 * `unsupported` (objects, unless a directory that was listed knows better; probes) or 501 (engine).
 */
export function createReplayHost(recording: Recording): Host {
  return new ReplayHost(recording);
}

class ReplayHost implements Host {
  readonly id = ID;
  readonly noElevation = 'recording';
  readonly facts: HostFacts;
  readonly objects: ObjectNamespace;
  readonly #answers = new Map<string, RecordedAnswer>();
  readonly #engine = createServer((request, response) => answerGet(this.#answers, request, response));
  readonly #dials = new Set<Duplex>();
  readonly #life = new HostLife();

  constructor(recording: Recording) {
    this.facts = recording.facts;
    for (const answer of recording.answers) this.#answers.set(keyOf(answer), answer);
    this.objects = {
      list: (path, signal) => this.#life.ask(signal, () => this.#list(path)),
      readLink: (path, signal) => this.#life.ask(signal, () => this.#link(path)),
    };
  }

  run(argv: readonly string[], options: { readonly signal?: AbortSignal } = {}): Promise<Ran> {
    return this.#life.ask(options.signal, () => {
      const recorded = this.#answers.get(keyOf({ ask: 'run', argv }));
      if (recorded?.ask !== 'run') throw unanswered(argv, 'this program was not run when the recording was made');
      if ('fault' in recorded.answer) throw failedThen(argv, recorded.answer.fault);
      return { argv, ...recorded.answer, elapsedMs: recorded.elapsedMs };
    });
  }

  dialEngine(signal?: AbortSignal): Promise<Duplex> {
    return this.#life.ask(signal, () => {
      if (!this.#answers.has(keyOf({ ask: 'get', path: '/version' }))) {
        const raw = 'the recording holds no answer of an engine';
        throw new FaultError({ code: 'engine-unreachable', endpoint: ID, cause: 'not recorded', raw });
      }
      const [near, far] = linkedPair();
      this.#dials.add(near);
      near.once('close', () => this.#dials.delete(near));
      this.#engine.emit('connection', far);
      return near;
    });
  }

  probe(target: ProbeTarget, options: { readonly signal?: AbortSignal } = {}): Promise<ProbeAnswer> {
    return this.#life.ask(options.signal, () => {
      const path = probePath(target);
      const recorded = this.#answers.get(keyOf({ ask: 'probe', path }));
      if (recorded?.ask === 'probe' && 'outcome' in recorded.answer)
        return { path, elapsedMs: recorded.elapsedMs, ...recorded.answer };
      return {
        path,
        elapsedMs: 0,
        outcome: 'failed',
        status: NOT_SUPPORTED,
        statusName: 'STATUS_NOT_SUPPORTED',
      } as const;
    });
  }

  askKernel(question: KernelQuestion, signal?: AbortSignal): Promise<KernelAnswer> {
    return this.#life.ask(signal, () => {
      const recorded = this.#answers.get(keyOf({ ask: 'kernel', question }));
      if (recorded?.ask === 'kernel' && !('fault' in recorded.answer)) return recorded.answer;
      return { refused: 'open', status: NOT_SUPPORTED, statusName: 'STATUS_NOT_SUPPORTED' } as const;
    });
  }

  /** A recording cannot be lost. */
  onLost(): () => void {
    return () => undefined;
  }

  dispose(): Promise<void> {
    this.#life.close({ code: 'host-unreachable', host: ID, reason: 'the recording was closed' });
    for (const dial of this.#dials) dial.destroy();
    this.#engine.closeAllConnections();
    return Promise.resolve();
  }

  #list(path: string): { readonly entries: readonly ObjectEntry[] } | { readonly refused: ObjectRefusal } {
    const recorded = this.#answers.get(keyOf({ ask: 'list', path }));
    if (recorded?.ask !== 'list' || 'fault' in recorded.answer) return { refused: this.#whyNot(path, 'Directory') };
    if ('refused' in recorded.answer) return recorded.answer;
    return { entries: recorded.answer.entries.map(([name, type]) => ({ name, type })) };
  }

  #link(path: string): { readonly target: string } | { readonly refused: ObjectRefusal } {
    const recorded = this.#answers.get(keyOf({ ask: 'link', path }));
    if (recorded?.ask === 'link' && !('fault' in recorded.answer)) return recorded.answer;
    const [, letter] = /^\\\?\?\\([A-Za-z]:)$/.exec(path) ?? [];
    if (letter === undefined) return { refused: this.#whyNot(path, 'SymbolicLink') };
    // Windows lists no `??`, which is the global directory but for what a session shadows; older recordings have that alone.
    const everybodys = this.#link(`\\GLOBAL??\\${letter}`);
    return 'target' in everybodys ? everybodys : { refused: 'unsupported' };
  }

  /** What a directory that was listed says of a name that was not asked for: it is not there, or something else. */
  #whyNot(path: string, wanted: 'Directory' | 'SymbolicLink'): ObjectRefusal {
    if (!path.startsWith('\\')) return 'malformed-name';
    const cut = path.lastIndexOf('\\');
    const parent = cut === 0 ? '\\' : path.slice(0, cut);
    if (parent === path) return 'unsupported';
    const listed = this.#answers.get(keyOf({ ask: 'list', path: parent }));
    if (listed?.ask !== 'list' || !('entries' in listed.answer)) {
      const above = this.#whyNot(parent, 'Directory');
      return above === 'wrong-type' ? 'unsupported' : above;
    }
    const name = path.slice(cut + 1).toLowerCase();
    const type = listed.answer.entries.find(([entry]) => entry.toLowerCase() === name)?.[1];
    if (type === undefined) return 'not-found';
    // A directory may be reached through a link, and what a link leads to was not recorded.
    return type === wanted || type === 'SymbolicLink' ? 'unsupported' : 'wrong-type';
  }
}

/** The fault of a program that failed when it was recorded: only its code was written down. */
function failedThen(argv: readonly string[], code: string): FaultError {
  const [program = ''] = argv;
  if (code === 'not-found') return new FaultError({ code, what: 'program', name: program });
  if (code === 'access-denied') return new FaultError({ code, what: program, raw: 'as it was recorded' });
  return unanswered(argv, `when the recording was made, it ended with ${code}`);
}

function unanswered(argv: readonly string[], because: string): FaultError {
  const stderr = `a recording answers only what was asked when it was made; ${because}`;
  return new FaultError({ code: 'command-failed', argv: [...argv], exitCode: 1, stdout: '', stderr });
}

type Question =
  | { readonly ask: 'run'; readonly argv: readonly string[] }
  | { readonly ask: 'kernel'; readonly question: KernelQuestion }
  | { readonly ask: 'list' | 'link' | 'probe' | 'get'; readonly path: string };

/** What makes two questions the same. Names of objects and programs know no case. */
export function keyOf(question: Question): string {
  switch (question.ask) {
    case 'run':
      return `run ${JSON.stringify(question.argv).toLowerCase()}`;
    case 'kernel': {
      const { about, ...of } = question.question;
      return `kernel ${about} ${Object.values(of).join(' ').toLowerCase()}`;
    }
    case 'list':
    case 'link':
    case 'probe':
    case 'get':
      return `${question.ask} ${question.path.toLowerCase()}`;
  }
}
