import { type Evidence, rankOf } from './evidence.ts';
import type { Visibility, Way } from './inspection.ts';

/** What was found when somebody looked. With a way it speaks of that way only; without, of the whole cell. */
export interface Observation {
  /** `unknown`: asked, but no answer. */
  readonly visible: Visibility['visible'];
  readonly way?: Way | undefined;
  readonly evidence: Evidence;
}

/**
 * A cell after looking. The observation with the highest rank is believed and its evidence stands, never a higher one;
 * what is not answered proves nothing, and leaves `unknown` only where nothing else was seen. A way that was refuted is
 * taken out; a cell with no way left is not visible. One that nobody tried
 * stays as the rule named it: evidence speaks of the cell, not of each way. Where an observation contradicts the rule, the cell says so.
 */
export function mergeEvidence(rule: Visibility, observations: readonly Observation[]): Visibility {
  const heard = observations.filter(({ evidence }) => rankOf(evidence) > rankOf(rule.evidence));
  const refuted = heard.filter(({ visible, way }) => visible === 'no' && way !== undefined);
  const isRefuted = (way: Way, rank: number): boolean =>
    refuted.some(other => other.way?.path === way.path && rankOf(other.evidence) > rank);

  const yes = best(
    heard.filter(({ visible, way, evidence }) => visible === 'yes' && !(way && isRefuted(way, rankOf(evidence)))),
  );
  const no = best(heard.filter(({ visible, way }) => visible === 'no' && way === undefined));
  const left = rule.through.filter(way => !isRefuted(way, rankOf(rule.evidence)));

  if (yes !== undefined && (no === undefined || rankOf(yes.evidence) >= rankOf(no.evidence))) {
    return settle(rule, 'yes', [...left, ...newWays(left, heard, isRefuted)], yes.evidence);
  }
  if (no !== undefined) return settle(rule, 'no', [], no.evidence);
  const last = best(refuted);
  if (rule.visible === 'yes' && last !== undefined && rule.through.length > 0 && left.length === 0) {
    return settle(rule, 'no', [], last.evidence);
  }
  const silence = best(heard.filter(({ visible }) => visible === 'unknown'));
  if (silence !== undefined) {
    return { ...rule, visible: 'unknown', through: [], because: 'no-answer', evidence: silence.evidence };
  }
  return left.length === rule.through.length ? rule : { ...rule, through: left };
}

function settle(rule: Visibility, visible: 'yes' | 'no', through: Way[], evidence: Evidence): Visibility {
  return {
    ...rule,
    visible,
    through,
    because: visible === rule.visible ? rule.because : 'observed-otherwise',
    evidence,
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

function newWays(
  known: readonly Way[],
  heard: readonly Observation[],
  isRefuted: (way: Way, rank: number) => boolean,
): Way[] {
  const paths = new Set(known.map(({ path }) => path));
  const found: Way[] = [];
  for (const { visible, way, evidence } of heard) {
    if (visible !== 'yes' || way === undefined || paths.has(way.path) || isRefuted(way, rankOf(evidence))) continue;
    paths.add(way.path);
    found.push(way);
  }
  return found;
}
