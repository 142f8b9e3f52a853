import { parseMountPoint } from './mount-point.ts';
import { Profile } from './profile.ts';
import { SCREENS, type Screen } from './screen.ts';
import { type SettingsSection, settingsSection } from './settings-section.ts';
import { parseUncPrefix } from './unc-prefix.ts';

/** The scheme of links that other programs may hold. */
export const LINK_SCHEME = 'siloscope';

/** What the launch screen is filled with. */
export interface LaunchWish {
  readonly profile: string;
  readonly mountPoint?: string;
  readonly uncPrefix?: string;
}

/** What a link asks for. */
export type DeepLink =
  | { readonly kind: 'open'; readonly screen: Screen; readonly section?: SettingsSection }
  | ({ readonly kind: 'launch' } & LaunchWish);

/** Why a link was not followed. */
export type LinkRefusal =
  | 'too-long'
  | 'not-a-link'
  | 'unknown-act'
  | 'unknown-parameter'
  | 'repeated-parameter'
  | 'no-screen'
  | 'no-section'
  | 'no-profile'
  | 'bad-mount-point'
  | 'bad-unc-prefix';

/** A link that was understood, or the reason why it was not. */
export type LinkVerdict =
  | { readonly ok: true; readonly link: DeepLink }
  | { readonly ok: false; readonly because: LinkRefusal };

const LONGEST_LINK = 1_024;
const LONGEST_PROFILE = 64;
const PARAMETERS = { open: ['screen', 'section'], launch: ['profile', 'mount', 'prefix'] } as const;

const refuse = (because: LinkRefusal): LinkVerdict => ({ ok: false, because });

/**
 * Reads `siloscope://open?screen=visibility`, of the settings with `&section=policy`, and `siloscope://launch?profile=memfs-network&mount=Y:&prefix=\memfs\share`.
 * Anybody can write such a link, so one thing that is not understood refuses the whole: no link runs a command, names
 * an image or fills in what a person would not notice.
 */
export function parseDeepLink(text: string): LinkVerdict {
  if (text.length > LONGEST_LINK) return refuse('too-long');
  if (!text.toLowerCase().startsWith(`${LINK_SCHEME}://`) || !URL.canParse(text)) return refuse('not-a-link');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.port !== '' || url.hash !== '') return refuse('not-a-link');
  const act = url.host.toLowerCase();
  // Browsers put a slash behind the host.
  if ((act !== 'open' && act !== 'launch') || !['', '/'].includes(url.pathname)) return refuse('unknown-act');
  const known: readonly string[] = PARAMETERS[act];
  const names = [...url.searchParams.keys()];
  if (!names.every(name => known.includes(name))) return refuse('unknown-parameter');
  if (new Set(names).size !== names.length) return refuse('repeated-parameter');
  return act === 'open' ? openLink(url.searchParams) : launchLink(url.searchParams);
}

function openLink(parameters: URLSearchParams): LinkVerdict {
  const screen = SCREENS.find(name => name === parameters.get('screen'));
  if (screen === undefined) return refuse('no-screen');
  const named = parameters.get('section');
  if (named === null) return { ok: true, link: { kind: 'open', screen } };
  const section = screen === 'settings' ? settingsSection(named) : undefined;
  return section === undefined ? refuse('no-section') : { ok: true, link: { kind: 'open', screen, section } };
}

function launchLink(parameters: URLSearchParams): LinkVerdict {
  const [profile, mountPoint, uncPrefix] = ['profile', 'mount', 'prefix'].map(
    name => parameters.get(name) ?? undefined,
  );
  if (profile === undefined || !isProfileName(profile)) return refuse('no-profile');
  if (mountPoint !== undefined) {
    const verdict = parseMountPoint(mountPoint);
    if (!verdict.ok || verdict.mountPoint.kind !== 'drive') return refuse('bad-mount-point');
  }
  if (uncPrefix !== undefined && !parseUncPrefix(uncPrefix).ok) return refuse('bad-unc-prefix');
  return {
    ok: true,
    link: {
      kind: 'launch',
      profile,
      ...(mountPoint === undefined ? {} : { mountPoint }),
      ...(uncPrefix === undefined ? {} : { uncPrefix }),
    },
  };
}

/** A profile's name as the contract has it, and no longer than a name is. */
export function isProfileName(text: string): boolean {
  return text.length <= LONGEST_PROFILE && Profile.shape.name.safeParse(text).success;
}
