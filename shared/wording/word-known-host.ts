import type { KnownHost } from '../domain/journal-state-data.ts';
import type { Fsd } from '../domain/readiness.ts';

/** What stands where nobody wrote a fact down. */
export const NOT_RECORDED = 'not recorded';

/** Which Windows it is, with its build. */
export function wordWindows({
  edition,
  displayVersion,
  build,
  revision,
  architecture,
}: NonNullable<KnownHost['windows']>): string {
  return `${edition} ${displayVersion}, build ${build}.${revision}, ${architecture}`;
}

/** What a host was like at a moment, fact by fact. `not recorded` is no word on what it was. */
export function wordKnownHost(
  { windows, winfsp, engine }: KnownHost = {},
  fsd?: { readonly service: string; readonly state: Fsd['state'] },
): readonly (readonly [what: string, found: string])[] {
  const service = fsd?.service ?? winfsp?.service;
  const version = winfsp === undefined ? `version ${NOT_RECORDED}` : (winfsp.version ?? 'unknown version');
  return [
    ['Windows', windows === undefined ? NOT_RECORDED : wordWindows(windows)],
    [
      'WinFsp',
      winfsp === undefined && fsd === undefined
        ? NOT_RECORDED
        : [version, `service ${service ?? 'none'}`, fsd === undefined ? `state ${NOT_RECORDED}` : fsd.state].join(', '),
    ],
    [
      'Docker Engine',
      engine === undefined
        ? NOT_RECORDED
        : `${engine.version ?? '?'}, API ${engine.apiVersion ?? '?'}, ${engine.osType ?? '?'} containers`,
    ],
    ['Default isolation', engine === undefined ? NOT_RECORDED : (engine.defaultIsolation ?? 'not told')],
  ];
}
