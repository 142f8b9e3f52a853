import type { Evidence } from '../../shared/domain/evidence.ts';
import { rankOf } from '../../shared/domain/evidence-ranks.ts';
import type { InspectedVolume, Inspection, Visibility, Way } from '../../shared/domain/inspection.ts';
import { proofOf } from '../../shared/domain/visibility.ts';
import { cellIn, exceptionsIn, standInsIn, withCells } from '../../shared/domain/visibility-row.ts';

/**
 * Keeps stronger evidence when a weaker look says the same. A canary that was read back at 10:31 stays proven, with its
 * time, while the volume and the namespace are the same ones and the newer look does not contradict it.
 */
export function carryEvidence(previous: Inspection | undefined, next: Inspection): Inspection {
  if (previous === undefined || previous.host.id !== next.host.id) return next;
  const identity = (inspection: Inspection): Map<string, string> =>
    new Map(inspection.namespaces.map(({ id, containerGuid, container }) => [id, `${containerGuid}/${container?.id}`]));
  const before = identity(previous);
  const same = new Set([...identity(next)].filter(([id, who]) => before.get(id) === who).map(([id]) => id));
  const volumes = new Map(previous.volumes.map(volume => [volume.device, volume]));
  return {
    ...next,
    volumes: next.volumes.map(volume => {
      const old = volumes.get(volume.device);
      return old === undefined || old.home !== volume.home || !same.has(volume.home)
        ? volume
        : carryVolume(old, volume, same);
    }),
  };
}

function carryVolume(old: InspectedVolume, volume: InspectedVolume, same: ReadonlySet<string>): InspectedVolume {
  const agrees = (was: Visibility | undefined, is: Visibility): was is Visibility =>
    was !== undefined && same.has(is.namespace) && was.visible === is.visible && was.because === is.because;
  // The chain speaks of the whole volume: one cell that changed its answer makes its old steps worthless.
  const isContradicted = [...standInsIn(old.visibility), ...standInsIn(volume.visibility)].some(id => {
    const was = cellIn(old.visibility, id)?.visible;
    const is = cellIn(volume.visibility, id)?.visible;
    return was !== undefined && is !== undefined && was !== is && is !== 'unknown';
  });
  const steps = new Map(isContradicted ? [] : old.chain.map(step => [step.code, step]));
  const carried = exceptionsIn(old.visibility).flatMap(id => {
    const was = cellIn(old.visibility, id);
    const cell = cellIn(volume.visibility, id);
    return cell !== undefined && agrees(was, cell) ? [carryCell(was, cell)] : [];
  });
  const visibility = withCells(volume.visibility, carried);
  return {
    ...volume,
    proof: proofOf(volume.home, visibility),
    visibility,
    chain: volume.chain.map(step => {
      const was = steps.get(step.code);
      return step.holds === 'not-tested' && was !== undefined && was.holds !== 'not-tested' ? was : step;
    }),
  };
}

/** Name by name: what was tried before stays, unless the newer look tried that name as well as that. */
function carryCell(was: Visibility, is: Visibility): Visibility {
  const news = [...is.through, ...(is.refuted ?? [])];
  const olds = [...was.through, ...(was.refuted ?? [])];
  const stays = (old: Way): boolean =>
    rankOf(old.evidence) > rankOf(news.find(({ path }) => path === old.path)?.evidence ?? RULE);
  const kept = olds.filter(stays);
  const isKept = ({ path }: Way): boolean => kept.some(old => old.path === path);
  if (kept.length === 0 && rankOf(was.evidence) <= rankOf(is.evidence)) return is;
  const merge = (ways: readonly Way[] = [], before: readonly Way[] = []): Way[] => [
    ...ways
      .map(way => before.find(old => isKept(old) && old.path === way.path) ?? way)
      .filter(way => !isKept(way) || before.includes(way)),
    ...before.filter(old => isKept(old) && !ways.some(({ path }) => path === old.path)),
  ];
  const through = merge(is.through, was.through);
  const refuted = merge(is.refuted, was.refuted);
  const { refuted: _, unanswered: __, ...cell } = is;
  const told = new Set([...through, ...refuted].map(({ path }) => path));
  const unanswered = (is.unanswered ?? was.unanswered ?? []).filter(({ path }) => !told.has(path));
  const known = is.visible === 'yes' ? through.map(way => way.evidence) : [was.evidence];
  return {
    ...cell,
    through,
    ...(refuted.length === 0 ? {} : { refuted }),
    ...(unanswered.length === 0 ? {} : { unanswered }),
    evidence: known.reduce((one, other) => (rankOf(other) > rankOf(one) ? other : one), is.evidence),
  };
}

const RULE: Evidence = { rank: 'rule', ground: 'documented' };
