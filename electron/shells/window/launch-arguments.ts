import { isProfileName, LINK_SCHEME } from '../../../shared/domain/deep-link.ts';
import { isSshAddress } from '../../../shared/domain/ssh-connection.ts';
import { windowLogWords } from '../../../shared/wording/window-log.ts';
import type { LocalTarget } from '../serving/local-services.ts';

/** What a start of the program asked for. */
export interface LaunchArguments {
  /** The host that it names, if it names one. */
  readonly target?: LocalTarget;
  /** A `siloscope://` link, as it came. */
  readonly link?: string;
  /** From the jump list: the launch screen with this profile. */
  readonly profile?: string;
  /** From the jump list: the screen that shows workspaces. */
  readonly showsWorkspaces?: true;
  /** Start in the notification area. */
  readonly hidden: boolean;
  /** Windows starts the program because somebody pressed a notification. */
  readonly pressed?: true;
}

/**
 * Reads the arguments of this or a second start: `--scenario NAME`, `--host simulated|local|ssh://user@host`,
 * `--profile NAME`, `--workspace NAME`, `--hidden`, and a link. Chromium's own switches and the program's path are passed over.
 */
export function parseLaunchArguments(argv: readonly string[], log: (line: string) => void): LaunchArguments {
  const option = (name: string): string | undefined => {
    const at = argv.findLastIndex(argument => argument === name || argument.startsWith(`${name}=`));
    const found = argv[at];
    if (found === undefined) return undefined;
    const value = found === name ? argv[at + 1] : found.slice(name.length + 1);
    if (value !== undefined && value !== '' && !value.startsWith('-')) return value;
    log(windowLogWords.refusedArgument(found));
    return undefined;
  };
  const link = argv.findLast(argument => argument.toLowerCase().startsWith(`${LINK_SCHEME}:`));
  const profile = option('--profile');
  const known = profile !== undefined && isProfileName(profile);
  if (profile !== undefined && !known) log(windowLogWords.refusedArgument(profile));
  const target = targetOf(option('--host'), option('--scenario'), log);
  return {
    hidden: argv.includes('--hidden'),
    // How COM starts the server of a class.
    ...(argv.some(argument => /^[-/]embedding$/i.test(argument)) ? { pressed: true } : {}),
    ...(target === undefined ? {} : { target }),
    ...(option('--workspace') === undefined ? {} : { showsWorkspaces: true }),
    ...(link === undefined ? {} : { link }),
    ...(known ? { profile } : {}),
  };
}

function targetOf(
  host: string | undefined,
  scenario: string | undefined,
  log: (line: string) => void,
): LocalTarget | undefined {
  if (scenario !== undefined) return { kind: 'simulated', scenario };
  if (host === undefined) return undefined;
  if (host === 'simulated') return { kind: 'simulated', scenario: 'default' };
  if (host === 'local' || isSshAddress(host)) return { kind: 'windows', host };
  log(windowLogWords.refusedArgument(host));
  return undefined;
}
