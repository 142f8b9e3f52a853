import { posix, win32 } from 'node:path';

/** What of the process decides where a user's files go. */
export interface UserSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform` says it. */
  readonly platform: string;
  readonly home: string;
}

/**
 * The folder for what the user keeps: `SILOSCOPE_HOME` where it is set, `%APPDATA%\Siloscope` on Windows, else
 * `siloscope` in `$XDG_CONFIG_HOME` (an absolute path, as the XDG Base Directory Specification has it) or `~/.config`.
 */
export function userFolder({ env, platform, home }: UserSurroundings): string {
  const own = env['SILOSCOPE_HOME'] ?? '';
  if (own !== '') return own;
  if (platform === 'win32') {
    const roaming = env['APPDATA'] ?? '';
    return win32.join(roaming === '' ? win32.join(home, 'AppData', 'Roaming') : roaming, 'Siloscope');
  }
  const config = env['XDG_CONFIG_HOME'] ?? '';
  return posix.join(posix.isAbsolute(config) ? config : posix.join(home, '.config'), 'siloscope');
}
