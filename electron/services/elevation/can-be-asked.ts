import type { ElevationPurpose } from '../../../shared/domain/elevation.ts';
import type { Host } from '../../hosts/host.ts';

/** Marks a refusal as one that an administrator could lift, on hosts where one can be asked. */
export function canBeAsked(
  host: Pick<Host, 'elevation'>,
  purpose: ElevationPurpose,
): { readonly elevation?: ElevationPurpose } {
  return host.elevation === undefined ? {} : { elevation: purpose };
}
