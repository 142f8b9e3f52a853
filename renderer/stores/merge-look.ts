import type { Contract } from '../../shared/contract/contract.ts';
import type { OutputOf } from '../../shared/contract/operation.ts';
import type { Inspection } from '../../shared/domain/inspection.ts';
import { proofOf, verdictOf } from '../../shared/domain/visibility.ts';
import { withCells } from '../../shared/domain/visibility-row.ts';
import { carryEvidence } from './carry-evidence.ts';

export type VolumeLook = OutputOf<Contract, 'volume.look'>;

/**
 * The inspection with what a look at one volume saw. Cells that it did not ask stay; where it saw less than was known
 * and does not contradict it, what was known stays as well.
 */
export function mergeLook(inspection: Inspection, device: string, { cells, chain }: VolumeLook): Inspection {
  const volumes = inspection.volumes.map(volume => {
    if (volume.device !== device) return volume;
    const visibility = withCells(volume.visibility, cells);
    return { ...volume, visibility, chain: withSteps(volume.chain, chain) };
  });
  const carried = carryEvidence(inspection, { ...inspection, volumes });
  return {
    ...carried,
    // The others are the same objects as before: nothing of them is drawn anew.
    volumes: carried.volumes.map((volume, index) => {
      if (volume.device !== device) return inspection.volumes[index] ?? volume;
      const { home, visibility } = volume;
      return { ...volume, verdict: verdictOf(home, visibility), proof: proofOf(home, visibility) };
    }),
  };
}

/** A look at one step answers that step alone; the others stay as they were. */
function withSteps(chain: VolumeLook['chain'], fresh: VolumeLook['chain']): VolumeLook['chain'] {
  return chain.map(step => fresh.find(({ code }) => code === step.code) ?? step);
}
