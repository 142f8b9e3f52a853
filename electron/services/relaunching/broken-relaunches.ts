import type { BrokenRelaunch } from '../../../shared/domain/relaunch.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { isNextName, nameBefore, RELAUNCH_LABELS } from './relaunch-labels.ts';

/** How it is known that a relaunch is somebody's work at this moment. */
export type IsUnderWay = (relaunch: {
  /** Docker id of what is replaced. */
  readonly of: string;
  /** Signature of the process, and when it began; absent: nothing tells. */
  readonly by?: string | undefined;
  readonly at?: string | undefined;
}) => boolean;

const sideOf = ({ ref, state }: ListedContainer) => ({ id: ref.id, name: ref.name, state });

/**
 * Relaunches that were begun and neither ended nor undone, by what they left: a successor beside what it replaces, a
 * successor under the name of its making, or what was kept without a successor.
 */
export function brokenRelaunches(containers: readonly ListedContainer[], isUnderWay: IsUnderWay): BrokenRelaunch[] {
  const byId = new Map(containers.map(one => [one.ref.id, one]));
  const found: BrokenRelaunch[] = [];
  const told = new Set<string>();
  for (const after of containers) {
    const { of, name, by, at } = labelsOf(after);
    if (of === undefined || name === undefined) continue;
    const before = byId.get(of);
    if (before === undefined && !isNextName(after.ref.name, name)) continue;
    told.add(of);
    if (isUnderWay({ of, by, at })) continue;
    found.push({
      name,
      ...(before === undefined ? {} : { before: sideOf(before) }),
      after: sideOf(after),
      ...(at === undefined || Number.isNaN(Date.parse(at)) ? {} : { since: at }),
      ways: [
        ...(before === undefined ? [] : ['restore' as const]),
        ...(after.state === 'running' ? ['finish' as const] : []),
      ],
    });
  }
  for (const before of containers) {
    const name = nameBefore(before.ref);
    const { id } = before.ref;
    if (name === undefined || told.has(id) || isUnderWay({ of: id })) continue;
    found.push({ name, before: sideOf(before), ways: ['restore'] });
  }
  return found;
}

function labelsOf({ ref: { labels } }: ListedContainer) {
  const { of, name, by, at } = RELAUNCH_LABELS;
  return { of: labels[of], name: labels[name], by: labels[by], at: labels[at] };
}
