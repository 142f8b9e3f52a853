import { type Evidence, rankOf } from '../../../shared/domain/evidence.ts';
import type { ChainObservations } from '../../../shared/domain/evidence-chain.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
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
      : { elsewhere: { found: elsewhere.found, evidence: seen(elsewhere.detail, undefined) } }),
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

/** What opens and tokens from outside showed. */
function activeObservations(
  { volume }: WitnessedVolume,
  looked: VolumeObservations | undefined,
): Pick<ChainObservations, 'opened' | 'closed' | 'canary'> {
  const outside = [...(looked ?? [])].filter(([id]) => id !== volume.home).flatMap(([, seen]) => seen);
  const tried = outside.filter(({ evidence }) => rankOf(evidence) >= PROBE);
  if (volume.kind === 'disk') {
    const closed = chosen(tried);
    return closed === undefined ? {} : { closed: { holds: closed.visible === 'no', evidence: closed.evidence } };
  }
  const opened = chosen(tried.filter(seen => seen.way?.kind === 'provider'));
  const canary = chosen(tried.filter(seen => seen.evidence.rank === 'canary'));
  return {
    ...(opened === undefined ? {} : { opened: { succeeded: opened.visible === 'yes', evidence: opened.evidence } }),
    ...(canary === undefined ? {} : { canary: { readBack: canary.visible === 'yes', evidence: canary.evidence } }),
  };
}

const PROBE = rankOf({ rank: 'probe', ground: 'observed' });

const arrow = (target: string | undefined): string => (target === undefined ? '' : ` -> ${target}`);

/** One success is enough; else one refusal; no answer proves nothing. */
function chosen(seen: readonly Observation[]): Observation | undefined {
  return seen.find(one => one.visible === 'yes') ?? seen.find(one => one.visible === 'no');
}
