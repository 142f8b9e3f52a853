import type { Volume } from '../../../shared/domain/volume.ts';

/** A volume by all its names: `Y: \memfs\share`. */
export function volumeLabel(volume: Volume): string {
  const names = [...volume.mountPoints, ...(volume.uncPrefix === undefined ? [] : [volume.uncPrefix])];
  return names.length === 0 ? volume.device : names.join(' ');
}
