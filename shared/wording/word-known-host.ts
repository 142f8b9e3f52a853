import type { JournalMoment } from '../domain/journal-moment.ts';
import type { KnownHost } from '../domain/journal-state-data.ts';
import type { EngineState, Fsd } from '../domain/readiness.ts';
import { formatList } from './amounts.ts';

/** The versions of a moment, in one line. */
export function wordHostThen({ host = {}, fsd }: Pick<JournalMoment, 'host' | 'fsd'>): string {
  return wordKnownHost(host, fsd)
    .slice(0, 3)
    .map(([what, found]) => `${what}: ${found}`)
    .join('; ');
}

/** What stands where nobody wrote a fact down. */
const NOT_RECORDED = 'not recorded';

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

/** What of a host nobody wrote down then, in a sentence; empty: nothing is missing. */
export function wordHostUnrecorded(host: KnownHost = {}): string[] {
  const missing = [
    ...(host.windows === undefined ? ['Windows'] : []),
    ...(host.winfsp === undefined ? ['WinFsp'] : []),
    ...(host.engine === undefined ? ['the Docker Engine'] : []),
  ];
  if (missing.length === 0) return [];
  return [
    `What version the host had of ${formatList(missing)} was not recorded then: what the data tell of it is of now.`,
  ];
}

type Fact = readonly [what: string, found: string];

/** What a host is like, fact by fact. */
export function wordHost({
  host: { facts },
  fsd,
  engine,
}: {
  readonly host: { readonly facts: NonNullable<KnownHost['windows']> };
  readonly fsd: Fsd;
  readonly engine: EngineState;
}): readonly Fact[] {
  return [
    ['Windows', wordWindows(facts)],
    ['WinFsp', `${fsd.version ?? 'unknown version'}, service ${fsd.service ?? 'none'}, ${fsd.state}`],
    ['Docker Engine', engine.reachable ? wordEngine(engine) : `not reached: ${engine.reason ?? '?'}`],
    ['Default isolation', engine.defaultIsolation ?? 'not told'],
  ];
}

const wordEngine = ({ version, apiVersion, osType }: NonNullable<KnownHost['engine']>): string =>
  `${version ?? '?'}, API ${apiVersion ?? '?'}, ${osType ?? '?'} containers`;

/** Those parts of a host that are known, without the driver's state. */
export function wordHostParts({ windows, winfsp, engine }: KnownHost): readonly Fact[] {
  return [
    ...(windows === undefined ? [] : [['Windows', wordWindows(windows)] as const]),
    ...(winfsp === undefined
      ? []
      : [['WinFsp', `${winfsp.version ?? 'unknown version'}, service ${winfsp.service ?? 'none'}`] as const]),
    ...(engine === undefined
      ? []
      : [
          [
            'Docker Engine',
            `${wordEngine(engine)}, isolation by default ${engine.defaultIsolation ?? 'not told'}`,
          ] as const,
        ]),
  ];
}

/** What a host was like at a moment, fact by fact. `not recorded` is no word on what it was. */
export function wordKnownHost(
  { windows, winfsp, engine }: KnownHost = {},
  fsd?: { readonly service: string; readonly state: Fsd['state'] },
): readonly Fact[] {
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
    ['Docker Engine', engine === undefined ? NOT_RECORDED : wordEngine(engine)],
    ['Default isolation', engine === undefined ? NOT_RECORDED : (engine.defaultIsolation ?? 'not told')],
  ];
}
