import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { ChainObservations } from '../../../shared/domain/evidence-chain.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { Inventory } from './inventory.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';
import type { VolumeObservations } from './observe-volume.ts';

/** What an inspection saw of one volume, sorted into the links of its chain of evidence. */
export function chainObservations(
  inventory: Inventory,
  witnessed: WitnessedVolume,
  looked: VolumeObservations | undefined,
  at: string,
): ChainObservations {
  const { volume, object, listed, listedAt } = witnessed;
  const namespace = (detail: string): Evidence => ({ rank: 'namespace', ground: 'observed', at, detail });
  const mup = inventory.mups.get(volume.home);
  const outside = [...(looked ?? [])].filter(([id]) => id !== volume.home).flatMap(([, seen]) => seen);
  const opened = chosen(outside.filter(seen => seen.way?.kind === 'provider'));
  const canary = chosen(outside.filter(seen => seen.evidence.rank === 'canary'));
  return {
    ...(mup === undefined
      ? {}
      : { mup: { ...mup, evidence: namespace(`\\Device\\Mup: ${mup.type}${arrow(mup.target)}`) } }),
    ...(object === undefined
      ? {}
      : { device: { ...object, evidence: namespace(`${volume.device}: ${object.type}${arrow(object.target)}`) } }),
    ...(listed && inventory.hostListed !== undefined && volume.home !== HOST_NAMESPACE
      ? {
          listed: {
            inHome: true,
            onHost: inventory.hostListed.has(volume.device.toLowerCase()),
            evidence: {
              rank: 'inventory',
              ground: 'observed',
              at: listedAt !== undefined && listedAt < at ? listedAt : at,
              detail: `fsptool lsvol: ${volume.device}${volume.uncPrefix ?? ''}`,
            },
          },
        }
      : {}),
    ...(opened === undefined ? {} : { opened: { succeeded: opened.visible === 'yes', evidence: opened.evidence } }),
    ...(canary === undefined ? {} : { canary: { readBack: canary.visible === 'yes', evidence: canary.evidence } }),
  };
}

const arrow = (target: string | undefined): string => (target === undefined ? '' : ` -> ${target}`);

/** One success is enough; else one refusal; no answer proves nothing. */
function chosen(seen: readonly Observation[]): Observation | undefined {
  return seen.find(one => one.visible === 'yes') ?? seen.find(one => one.visible === 'no');
}
