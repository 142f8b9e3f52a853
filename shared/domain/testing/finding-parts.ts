import type { FindingParts } from '../findings.ts';
import type { Visibility } from '../inspection.ts';
import type { Namespace } from '../namespace.ts';

/** A silo with a container of that name. */
export const silo = (id: number, name: string, managed = true): Namespace => ({
  id: `silo:${id}`,
  kind: 'silo',
  label: name,
  container: { id: name, name, image: 'i', isolation: 'process', labels: {}, managed },
});
/** The host, two silos, a Hyper-V container. */
export const namespaces: Namespace[] = [
  { id: 'host', kind: 'host', label: 'host' },
  silo(4, 'a'),
  silo(8, 'b'),
  { id: 'vm:0123456789ab', kind: 'vm', label: 'v' },
];
type Parts = FindingParts['volumes'][number];
/** What one namespace sees. */
export const cell = (
  namespace: string,
  visible: Visibility['visible'],
  rank: Visibility['evidence']['rank'] = 'rule',
  ground: Visibility['evidence']['ground'] = 'documented',
): Visibility => ({ namespace, visible, through: [], because: 'shared-mup', evidence: { rank, ground } });
/** A volume of that home, with what others see of it. */
export const volume = (
  device: string,
  home: string,
  uncPrefix: string | undefined,
  cells: Visibility[] = [],
): Parts => ({
  device,
  kind: uncPrefix === undefined ? 'disk' : 'network',
  home,
  ...(uncPrefix === undefined ? {} : { uncPrefix }),
  mountPoints: ['Y:'],
  verdict: 'leaked',
  proof: { rank: 'rule', ground: 'documented' },
  visibility: cells,
});
/** An inspection without volumes, of the host and its silos, on which nothing is wrong. */
export const none: FindingParts = { namespaces: namespaces.slice(0, 3), volumes: [], fsd: { state: 'running' } };
