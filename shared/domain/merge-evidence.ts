import type { Evidence, OpenedBy } from './evidence.ts';
import { isFirmer, rankOf } from './evidence-ranks.ts';
import type { Look, Visibility, Way, WayName } from './inspection.ts';

/** What was found when somebody looked. With a way it speaks of that name only; without, of the whole cell. */
export interface Observation {
  /** `unknown`: asked, but no answer. */
  readonly visible: Visibility['visible'];
  readonly way?: WayName | undefined;
  readonly evidence: Evidence;
  /** By what the name was opened; absent: nothing was opened. */
  readonly by?: OpenedBy | undefined;
  /** The probe could tell whether it is WinFsp. */
  readonly winfsp?: boolean | undefined;
}

/**
 * A cell after looking. Each way is judged by what was seen of that very name: the observation with the highest rank is
 * believed; a refuted name moves from `through` to `refuted`; one that nobody tried, or that gave no answer, keeps the
 * rule's evidence, and one that the rule does not have is `unanswered`. The cell is visible when a way or an observation
 * of the whole cell says so, and then as well founded
 * as the best of them; it is not visible when all its ways were refuted, and then as well founded as the weakest
 * refutation. What is not answered proves nothing, and leaves `unknown` only where nothing else was seen. Where an
 * observation contradicts the rule, the cell says so.
 */
export function mergeEvidence<L extends Look>(rule: L, observations: readonly Observation[]): L {
  const heard = observations.filter(({ evidence }) => rankOf(evidence) > RULE);
  if (heard.length === 0) return rule;
  const ways = judgeWays(rule.through, heard);
  const whole = heard.filter(({ way }) => way === undefined);
  const no = best(whole.filter(({ visible }) => visible === 'no'));
  const yes = firmest([
    ...ways.opened.map(({ evidence }) => evidence),
    ...whole.filter(({ visible }) => visible === 'yes').map(({ evidence }) => evidence),
  ]);
  const { refuted, unanswered } = ways;
  const tried = {
    ...(refuted.length === 0 ? {} : { refuted }),
    ...(unanswered.length === 0 ? {} : { unanswered }),
  };

  if (yes !== undefined && (no === undefined || rankOf(yes) >= rankOf(no.evidence))) {
    return { ...settle(rule, 'yes', yes), through: ways.left, ...tried };
  }
  if (no !== undefined) return { ...settle(rule, 'no', no.evidence), through: [], ...tried };
  if (rule.visible === 'yes' && rule.through.length > 0 && ways.left.length === 0) {
    const weakest = refuted
      .map(({ evidence }) => evidence)
      .reduce((one, other) => (isFirmer(one, other) ? other : one));
    return { ...settle(rule, 'no', weakest), through: [], ...tried };
  }
  const silence = best(heard.filter(({ visible }) => visible === 'unknown'));
  if (silence !== undefined) {
    return { ...rule, visible: 'unknown', through: [], ...tried, because: 'no-answer', evidence: silence.evidence };
  }
  const evidence = rule.visible === 'yes' ? firmest(ways.left.map(way => way.evidence)) : undefined;
  return { ...rule, through: ways.left, ...tried, evidence: evidence ?? rule.evidence };
}

const RULE = rankOf({ rank: 'rule', ground: 'documented' });

function settle<L extends Look>(rule: L, visible: 'yes' | 'no', evidence: Evidence): L {
  // A rule that does not know is not contradicted.
  const isContradicted = rule.visible !== 'unknown' && visible !== rule.visible;
  return { ...rule, visible, because: isContradicted ? 'observed-otherwise' : rule.because, evidence };
}

interface JudgedWays {
  /** Those that are left: the rule's in its order, then what else was opened. */
  readonly left: Way[];
  /** Those of them that somebody saw lead there. */
  readonly opened: readonly Way[];
  readonly refuted: Way[];
  /** Tried, with no answer and no rule. */
  readonly unanswered: Way[];
}

function judgeWays(known: readonly Way[], heard: readonly Observation[]): JudgedWays {
  const names = new Map<string, { readonly name: WayName; readonly rule?: Way; readonly seen: Observation[] }>();
  for (const way of known) names.set(way.path, { name: way, rule: way, seen: [] });
  for (const observation of heard) {
    const { way } = observation;
    if (way === undefined) continue;
    const entry = names.get(way.path);
    if (entry === undefined) names.set(way.path, { name: way, seen: [observation] });
    else entry.seen.push(observation);
  }
  const judged: JudgedWays & { readonly opened: Way[] } = { left: [], opened: [], refuted: [], unanswered: [] };
  for (const { name, rule, seen } of names.values()) {
    const last = best(seen.filter(({ visible }) => visible !== 'unknown'));
    if (last === undefined) {
      if (rule === undefined) judged.unanswered.push(unanswered({ ...name, evidence: NOT_TESTED }, best(seen)));
      else judged.left.push(seen.length === 0 ? rule : unanswered(rule, best(seen)));
      continue;
    }
    const way: Way = { kind: name.kind, path: name.path, evidence: last.evidence };
    if (last.visible === 'no') judged.refuted.push(way);
    else {
      judged.left.push(way);
      judged.opened.push(way);
    }
  }
  return judged;
}

const NOT_TESTED: Evidence = { rank: 'not-tested', ground: 'inferred' };

/** Still no more than the rule says, but with the time and the words of the attempt. */
function unanswered(rule: Way, attempt: Observation | undefined): Way {
  const { at, detail } = attempt?.evidence ?? {};
  return {
    ...rule,
    evidence: { ...rule.evidence, ...(at === undefined ? {} : { at }), ...(detail === undefined ? {} : { detail }) },
  };
}

/** The highest rank; among equals the latest told. */
function best(observations: readonly Observation[]): Observation | undefined {
  let found: Observation | undefined;
  for (const observation of observations) {
    if (found === undefined || rankOf(observation.evidence) >= rankOf(found.evidence)) found = observation;
  }
  return found;
}

/** The best founded; among equals the first. */
function firmest(evidence: readonly Evidence[]): Evidence | undefined {
  return evidence.reduce<Evidence | undefined>(
    (one, other) => (one === undefined || isFirmer(other, one) ? other : one),
    undefined,
  );
}
