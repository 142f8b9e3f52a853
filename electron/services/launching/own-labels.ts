import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import type { Preflight } from './preflight.ts';

/** Where the volume was asked to be mounted; `*` when its program chose. */
export const MOUNT_POINT_LABEL = 'dev.siloscope.mount-point';
/** The UNC prefix that was asked for. */
export const UNC_PREFIX_LABEL = 'dev.siloscope.unc-prefix';

/** Labels by which a later Siloscope knows its own containers again. */
export function ownLabels({ command }: Preflight): Readonly<Record<string, string>> {
  return {
    [PROFILE_LABEL]: command.profile?.name ?? 'custom',
    'dev.siloscope.kind': command.kind,
    ...(command.mountPoint === undefined ? {} : { [MOUNT_POINT_LABEL]: command.mountPoint }),
    ...(command.uncPrefix === undefined ? {} : { [UNC_PREFIX_LABEL]: command.uncPrefix }),
  };
}
