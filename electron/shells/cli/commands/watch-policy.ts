import { EXIT_CODES, type Fault, FaultError } from '../../../../shared/contract/fault.ts';
import type { GuardAct, GuardFinding, GuardMode, GuardState, GuardViolation } from '../../../../shared/domain/guard.ts';
import { countExpected, wordViolations } from '../../../../shared/wording/violation-count.ts';
import { wordGuardAct, wordTrouble } from '../../../../shared/wording/word-guard.ts';
import type { Context } from '../context.ts';
import { type PolicySource, readPolicy } from '../read-policy.ts';
import type { Session } from '../session.ts';
import { bad, doubtful, faint, good } from '../text/style.ts';
import { untilAborted } from '../until-aborted.ts';
import { writeWatchedSarif } from '../write-sarif.ts';

export interface WatchPolicyOptions {
  readonly policy: string;
  readonly guard?: 'refuse' | 'stop';
  readonly includingRunning?: boolean;
  readonly probe?: boolean;
  readonly untilViolation?: boolean;
  /** Ms. */
  readonly for?: number;
  readonly sarif?: string;
  readonly allowGaps?: boolean;
}

/** All that was seen of a policy while it was watched. */
interface Watched {
  state: GuardState | undefined;
  /** By what it is about: what is over by now is among them. */
  readonly seen: Map<string, GuardViolation | GuardFinding>;
  /** What could not be listed at one time or another, and why nothing was seen for a while. */
  readonly unlisted: Set<string>;
  readonly troubles: Set<string>;
}

/** Watches a policy, and ends with 6 when anything violated it meanwhile, whether it still does or not. */
export async function watchPolicy(context: Context, options: WatchPolicyOptions): Promise<number> {
  const mode: GuardMode = options.guard ?? 'observe';
  if (mode === 'stop' && options.untilViolation === true) {
    const message = 'with --guard stop the first violation would end the guard before it has stopped anything';
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--until-violation', message }] });
  }
  const source = await readPolicy(options.policy);
  const watched: Watched = { state: undefined, seen: new Map(), unlisted: new Set(), troubles: new Set() };
  await context.withSession(async session => {
    await listen(context, session, { source, mode, options, watched });
    if (options.sarif === undefined) return;
    const { host } = await session.call('snapshot.take', {});
    const takenAt = new Date(context.io.clock.now()).toISOString();
    const violations = [...watched.seen.values()];
    const allowGaps = options.allowGaps === true;
    await writeWatchedSarif(options.sarif, { host, takenAt, source, violations, unseen: unseenOf(watched), allowGaps });
  });
  if (watched.state === undefined || (watched.state.judgedAt === undefined && watched.seen.size === 0)) {
    throw new FaultError({ code: 'timed-out', what: 'the first look at what is mounted', afterMs: options.for ?? 0 });
  }
  const violations = [...watched.seen.values()];
  const { accepted } = watched.state;
  const incomplete = unseenOf(watched);
  const exitCode = exitCodeFor(violations.length, incomplete.length > 0 && options.allowGaps !== true);
  const meanwhile = [...watched.unlisted].filter(what => !incomplete.includes(what));
  const ended = { policy: source.policy.name, violations, accepted, incomplete, meanwhile, exitCode };
  context.line({ ended }, page => {
    if (violations.length > 0)
      page.text(`${wordViolations(violations.length, countExpected(violations))}: exit code ${exitCode}.`);
    else if (incomplete.length === 0) page.text([good('[ok] '), 'nothing violated it']);
    else page.text([doubtful('[?] '), 'nothing that was seen violated it, but not everything was']);
    for (const what of incomplete) page.text([doubtful('[?] '), what], { indent: 2, hang: 6 });
    for (const what of meanwhile) page.text(faint(`could not be listed for a while: ${what}`), { indent: 2, hang: 6 });
    if (exitCode === EXIT_CODES.outOfReach) page.text(`Incomplete: exit code ${exitCode}. --allow-gaps accepts it.`);
    if (options.sarif !== undefined) page.text(`SARIF: ${options.sarif}`);
  });
  return exitCode;
}

function exitCodeFor(violations: number, isIncomplete: boolean): number {
  if (violations > 0) return EXIT_CODES.policyViolated;
  return isIncomplete ? EXIT_CODES.outOfReach : EXIT_CODES.done;
}

/** What speaks against calling it clean: what cannot be listed at the end, and times at which nothing was seen. */
function unseenOf({ state, troubles }: Watched): string[] {
  const unlisted = (state?.unlisted ?? []).map(what => `could not be listed, volumes may be missing: ${what}`);
  return [...unlisted, ...[...troubles].map(what => `for a time the guard ${what}`)];
}

interface Listening {
  readonly source: PolicySource;
  readonly mode: GuardMode;
  readonly options: WatchPolicyOptions;
  readonly watched: Watched;
}

async function listen(
  context: Context,
  session: Session,
  { source, mode, options, watched }: Listening,
): Promise<void> {
  const end = new AbortController();
  const { client } = session;
  const lost = new Promise<Fault>(resolve => {
    client.on('host.lost', resolve);
    client.onClosed(() =>
      resolve({ code: 'host-unreachable', host: 'siloscope', reason: 'the connection was closed' }),
    );
  });
  const told = teller(context, watched);
  let isFound = (): void => undefined;
  const found = new Promise<void>(resolve => {
    isFound = resolve;
  });
  const { includingRunning: includeRunning = false, probe = false } = options;
  const call = client.call(
    'policy.watch',
    { policy: source.policy, mode, probe, includeRunning },
    {
      signal: end.signal,
      onProgress: state => {
        told(state);
        if (options.untilViolation === true && watched.seen.size > 0) isFound();
      },
    },
  );
  context.remark(page => page.text(`Watching the policy "${source.policy.name}" (${mode}). Ctrl-C ends it.`));
  const timer = options.for === undefined ? undefined : context.io.clock.after(options.for, isFound);
  try {
    const failed = call.then(() => undefined);
    const fault = await Promise.race([lost, untilAborted(context.io.signal), found, failed]);
    if (fault !== undefined) throw new FaultError(fault);
  } finally {
    timer?.dispose();
    end.abort();
    // Ended by us: what it answers to that is no news.
    await call.catch(() => undefined);
  }
}

/** Tells what is new in each state. */
function teller(context: Context, watched: Watched): (state: GuardState) => void {
  const current = new Map<string, GuardViolation | GuardFinding>();
  let lastAct: GuardAct | undefined;
  return state => {
    const before = watched.state;
    watched.state = state;
    for (const what of state.unlisted) watched.unlisted.add(`could not be listed, volumes may be missing: ${what}`);
    if (state.trouble !== undefined) watched.troubles.add(wordTrouble(state.trouble));
    const now = new Map([...state.violations, ...state.findings].map(one => [keyOf(one), one]));
    for (const [key, violation] of now) {
      const known = current.get(key);
      watched.seen.set(key, violation);
      if (known !== undefined && groundOf(known) === groundOf(violation)) continue;
      current.set(key, violation);
      const mark = countExpected([violation]) > 0 ? doubtful('[?] ') : bad('[!] ');
      context.line({ news: 'policy.violated', payload: violation }, page =>
        page.text([faint(`${violation.since}  `), mark, violation.summary], { hang: 4 }),
      );
    }
    for (const [key, violation] of current) {
      if (now.has(key)) continue;
      current.delete(key);
      context.line({ news: 'policy.restored', payload: violation }, page =>
        page.text([faint(`${state.judgedAt ?? ''}  `), good('[ok] '), `${nameOf(violation)}: over`], { hang: 4 }),
      );
    }
    const from = lastAct === undefined ? 0 : state.acts.findLastIndex(act => isSame(act, lastAct)) + 1;
    for (const act of state.acts.slice(from)) {
      lastAct = act;
      context.line({ news: 'guard.acted', payload: act }, page =>
        page.text([faint(`${act.at}  `), wordGuardAct(act)], { hang: 4 }),
      );
    }
    const { trouble } = state;
    if (trouble !== undefined && trouble.reason !== before?.trouble?.reason) {
      context.line({ news: 'guard.troubled', payload: trouble }, page =>
        page.text([faint(`${trouble.since}  `), bad('[!] '), `The guard ${wordTrouble(trouble)}.`]),
      );
    }
  };
}

const keyOf = (one: GuardViolation | GuardFinding): string =>
  one.kind === 'sight'
    ? `${one.device} ${one.seenFrom === 'host' ? 'host' : 'silo'}`
    : JSON.stringify([one.code, one.volumes, one.namespaces]);

/** What is told again when it changes. */
const groundOf = (one: GuardViolation | GuardFinding): string =>
  one.kind === 'sight' ? `${one.rank} ${one.visible}` : one.summary;

const nameOf = (one: GuardViolation | GuardFinding): string =>
  one.kind === 'sight' ? `${one.uncPrefix ?? one.device}, seen from ${one.viewer}` : `${one.code}: ${one.summary}`;

const isSame = (one: GuardAct, other: GuardAct | undefined): boolean =>
  other !== undefined &&
  one.at === other.at &&
  one.what === other.what &&
  one.subject === other.subject &&
  one.because === other.because;
