import { uncPath } from '../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../shared/domain/volume.ts';

/** A volume by all its names: `Y: \\\\memfs\share`. */
export function volumeLabel(volume: Volume): string {
  const names = [...volume.mountPoints, ...(volume.uncPrefix === undefined ? [] : [uncPath(volume.uncPrefix)])];
  return names.length === 0 ? volume.device : names.join(' ');
}
