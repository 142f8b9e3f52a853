import { type LaunchWish, LINK_SCHEME } from '../../../shared/domain/deep-link.ts';
import type { Screen } from '../../../shared/domain/screen.ts';
import type { SettingsSection } from '../../../shared/domain/settings-section.ts';

/** Who asked for a launch form that is filled in: the person, or a link from outside. The screen says which. */
export type Asker = 'user' | 'link';

export const screenFragment = (screen: Screen, section?: SettingsSection): string =>
  section === undefined ? `#/${screen}` : `#/${screen}?${new URLSearchParams({ section })}`;

/** The same screen as a link that other programs may hold. */
export const screenLink = (screen: Screen): string => `${LINK_SCHEME}://open?${new URLSearchParams({ screen })}`;

/** The launch screen's fragment, its form filled in: `#/launch?profile=memfs-disk&from=link`. */
export function launchFragment({ profile, mountPoint, uncPrefix }: LaunchWish, from: Asker): string {
  const fields = new URLSearchParams({
    profile,
    ...(mountPoint === undefined ? {} : { mount: mountPoint }),
    ...(uncPrefix === undefined ? {} : { prefix: uncPrefix }),
    from,
  });
  return `#/launch?${fields}`;
}
