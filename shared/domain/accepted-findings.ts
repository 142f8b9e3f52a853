import { type Acceptable, endOf, isAbout, longest } from './acceptance.ts';
import type { Finding, Inspection } from './inspection.ts';
import type { Acceptance, Policy } from './policy.ts';

type About = Pick<Inspection, 'takenAt' | 'namespaces' | 'volumes' | 'findings'>;

/**
 * The findings of an inspection, those marked that the user has accepted. One acceptance must speak of the whole finding:
 * of each of its volumes, or where it has none, of each container. One that has ended by then marks nothing.
 */
export function markAccepted({ takenAt, namespaces, volumes, findings }: About, policy: Policy): Finding[] {
  const at = Date.parse(takenAt);
  const inForce = (policy.acceptances ?? []).filter(acceptance => endOf(acceptance) > at);
  if (inForce.length === 0) return findings;
  const containers = new Map(namespaces.map(({ id, container }) => [id, container?.name]));
  const byDevice = new Map(volumes.map(volume => [volume.device, volume]));
  const thingsOf = ({ code, volumes: devices, namespaces: homes }: Finding): readonly Acceptable[] =>
    devices.length === 0
      ? homes.map(id => ({ code, container: containers.get(id) }))
      : devices.map(device => {
          const { uncPrefix, home = '' } = byDevice.get(device) ?? {};
          return { code, device, uncPrefix, container: containers.get(home) };
        });
  return findings.map(finding => {
    const found = acceptanceFor(thingsOf(finding), inForce);
    return found === undefined ? finding : { ...finding, accepted: { reason: found.reason, until: found.until } };
  });
}

function acceptanceFor(things: readonly Acceptable[], inForce: readonly Acceptance[]): Acceptance | undefined {
  if (things.length === 0) return undefined;
  return longest(inForce.filter(acceptance => things.every(thing => isAbout(acceptance, thing))));
}
