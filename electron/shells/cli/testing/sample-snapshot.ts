import type { Contract } from '../../../../shared/contract/contract.ts';
import type { OutputOf } from '../../../../shared/contract/operation.ts';
import { SAMPLE_INSPECTION } from './sample-inspection.ts';

/** The host of the sample inspection, whose engine does not answer. */
export const SAMPLE_SNAPSHOT: OutputOf<Contract, 'snapshot.take'> = {
  revision: 3,
  host: { id: 'simulated', facts: SAMPLE_INSPECTION.host.facts, simulated: true, scenario: 'sample' },
  fsd: { state: 'running', service: 'WinFsp+2.1', version: '2.1' },
  engine: { reachable: false, reason: 'open //./pipe/docker_engine on SERVER22' },
  fileSystems: [],
};
