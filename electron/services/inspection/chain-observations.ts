import { type Evidence, rankOf } from '../../../shared/domain/evidence.ts';
import type { ChainObservations, OpenedOutside } from '../../../shared/domain/evidence-chain.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import { HOST_NAMESPACE, type NamespaceId } from '../../../shared/domain/namespace.ts';
import type { Inventory } from './inventory.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';
import type { VolumeObservations } from './observe-volume.ts';
import type { PassiveObservations } from './passive-observations.ts';

/** What an inspection saw, as far as chains of evidence are made of it. */
export interface ChainSources {
  readonly inventory: Inventory;
  readonly passive: PassiveObservations;
  /** When the inspection began, ISO 8601. */
  readonly at: string;
}

/** What an inspection saw of one volume, sorted into the links of its chain of evidence. */
export function chainObservations(
  { inventory, passive, at }: ChainSources,
  witnessed: WitnessedVolume,
  looked: VolumeObservations | undefined,
): ChainObservations {
  const { volume, object } = witnessed;
  const seen = (detail: string, elapsedMs: number | undefined): Evidence => ({
    rank: 'namespace',
    ground: 'observed',
    at,
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
    detail,
  });
  const mup = inventory.mups.get(volume.home);
  const listed = listedIn(witnessed, inventory, at);
  const elsewhere = passive.elsewhere(witnessed);
  return {
    ...(mup === undefined
      ? {}
      : { mup: { ...mup, evidence: seen(`\\Device\\Mup: ${mup.type}${arrow(mup.target)}`, mup.elapsedMs) } }),
    ...(object === undefined
      ? {}
      : {
          device: {
            ...object,
            evidence: seen(`${volume.device}: ${object.type}${arrow(object.target)}`, object.elapsedMs),
          },
        }),
    ...(listed === undefined ? {} : { listed }),
    ...(elsewhere === undefined
      ? {}
      : {
          elsewhere: {
            found: elsewhere.found,
            others: elsewhere.others,
            evidence: seen(elsewhere.detail, undefined),
          },
        }),
    ...activeObservations(witnessed, looked),
  };
}

function listedIn(
  { volume, listed, listedAt, listedMs }: WitnessedVolume,
  { hostListed }: Inventory,
  at: string,
): ChainObservations['listed'] {
  if (!listed || hostListed === undefined || volume.home === HOST_NAMESPACE) return undefined;
  const onHost = hostListed.has(volume.device.toLowerCase());
  return {
    inHome: true,
    onHost,
    evidence: {
      rank: 'inventory',
      ground: 'observed',
      at: listedAt !== undefined && listedAt < at ? listedAt : at,
      ...(listedMs === undefined ? {} : { elapsedMs: listedMs }),
      detail: `fsptool lsvol: ${volume.device}${volume.uncPrefix ?? ''}; on the host: ${onHost ? 'listed' : 'not listed'}`,
    },
  };
}

/** What opens and tokens from outside showed. Who has no name of the kind that a step speaks of says nothing of it. */
function activeObservations(
  { volume }: WitnessedVolume,
  looked: VolumeObservations | undefined,
): Pick<ChainObservations, 'opened' | 'closed' | 'canary'> {
  const outside = [...(looked ?? [])].flatMap(([from, seen]) =>
    from === volume.home ? [] : seen.map((one): SeenFrom => ({ ...one, from })),
  );
  const tried = outside.filter(({ evidence }) => rankOf(evidence) >= PROBE);
  if (volume.kind === 'disk') {
    const closed = tallied(tried, 'refused');
    return closed === undefined ? {} : { closed };
  }
  const own = tried.filter(({ way }) => way?.kind === 'provider');
  const opened = tallied(own, 'opened');
  // A token that came back by any name is proof; only by a name that is its own alone is a missing one an answer.
  const tokens = tried.filter(
    ({ evidence, way, visible }) => evidence.rank === 'canary' && (way?.kind === 'provider' || visible === 'yes'),
  );
  const canary = tallied(tokens, 'opened');
  return { ...(opened === undefined ? {} : { opened }), ...(canary === undefined ? {} : { canary }) };
}

type SeenFrom = Observation & { readonly from: NamespaceId };

/**
 * What all that tried came to, for a claim that it opens from outside or that it does not. One place where it opens is
 * enough for both: the one holds then, the other does not. That it opens nowhere holds only where every place answered.
 */
function tallied(seen: readonly SeenFrom[], claim: 'opened' | 'refused'): OpenedOutside | undefined {
  if (seen.length === 0) return undefined;
  const places = new Map<NamespaceId, Observation['visible']>();
  for (const { from, visible } of seen) places.set(from, clearer(places.get(from), visible));
  const count = (visible: Observation['visible']): number => [...places.values()].filter(one => one === visible).length;
  const tally = { opened: count('yes'), refused: count('no'), silent: count('unknown') };
  const decided = tally.opened > 0 ? 'yes' : tally.refused > 0 ? 'no' : 'unknown';
  const candidates = seen.filter(({ visible }) => visible === decided);
  const [first] = candidates;
  const best = candidates.find(({ winfsp }) => winfsp === true) ?? candidates.find(({ by }) => by === 'probe') ?? first;
  if (best === undefined || decided === 'unknown') return { holds: 'not-tested', tried: tally };
  const { from, by, winfsp, evidence } = best;
  const tried = {
    from,
    ...(by === undefined ? {} : { by }),
    ...(winfsp === undefined ? {} : { winfsp }),
    ...tally,
  };
  const isSo = (decided === 'yes') === (claim === 'opened');
  return { holds: !isSo ? 'no' : claim === 'refused' && tally.silent > 0 ? 'consistent' : 'yes', tried, evidence };
}

/** Several names were tried from one place. */
function clearer(one: Observation['visible'] | undefined, other: Observation['visible']): Observation['visible'] {
  if (one === 'yes' || other === 'yes') return 'yes';
  return one === 'no' || other === 'no' ? 'no' : 'unknown';
}

const PROBE = rankOf({ rank: 'probe', ground: 'observed' });

const arrow = (target: string | undefined): string => (target === undefined ? '' : ` -> ${target}`);
