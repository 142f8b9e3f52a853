import type { InspectedVolume, Inspection } from './inspection.ts';
import { HOST_NAMESPACE } from './namespace.ts';

/** The host as the programs of one logon session see it: which drive letters they have. */
export interface HostView {
  /** The session's LUID, or `global` for letters that everybody has. */
  readonly session: string;
  readonly letters: readonly { readonly mountPoint: string; readonly volume: InspectedVolume }[];
}

/**
 * The host, session by session, as far as its letters could be read. A drive letter belongs to a logon session, and an
 * elevated program of the same user is in another one: it does not have the letter, and reaches a network volume by its
 * UNC name all the same. Ground: Microsoft, "Local and Global MS-DOS Device Names"; winfsp src/dll/mount.c.
 */
export function hostViews({ volumes }: Pick<Inspection, 'volumes'>): readonly HostView[] {
  const views = new Map<string, { readonly mountPoint: string; readonly volume: InspectedVolume }[]>();
  for (const volume of volumes) {
    if (volume.home !== HOST_NAMESPACE) continue;
    for (const { mountPoint, session } of volume.letters ?? []) {
      const letters = views.get(session);
      if (letters === undefined) views.set(session, [{ mountPoint, volume }]);
      else letters.push({ mountPoint, volume });
    }
  }
  return [...views].map(([session, letters]) => ({ session, letters }));
}
