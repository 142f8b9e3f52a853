import { parseRegQuery, registryData } from '../../../shared/domain/parse-reg-query.ts';
import { powershellQuoted } from '../../../shared/domain/powershell-text.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';
import { textLines } from '../../../shared/domain/text-lines.ts';
import { readVersion, type ToldVersion } from '../../../shared/domain/winfsp-version.ts';
import { mayOpenOn, type OpensFiles } from '../leads-to-partition.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import { readImagePath } from './read-image-path.ts';

type Runs = Pick<OpensFiles, 'run'>;

/** The list of installed programs, by the view of the registry in which an installer wrote. WinFsp's is a 32-bit one. */
export const INSTALLED_PROGRAMS = ['SOFTWARE\\WOW6432Node', 'SOFTWARE'].map(
  view => `HKLM\\${view}\\Microsoft\\Windows\\CurrentVersion\\Uninstall`,
);
/** Only what is WinFsp's: what else a host has installed is nobody's business. */
export const WINFSP_NAMED = ['/s', '/f', 'WinFsp', '/d'];
const SESSION_MANAGER = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager';
/** PowerShell starts slowly. */
const FILES_LIMIT_MS = 20_000;

/** Everything that says which version of WinFsp a host has. */
export interface WinFspVersions {
  readonly told: readonly ToldVersion[];
  /** Windows will replace a file of WinFsp when it restarts (MoveFileEx, MOVEFILE_DELAY_UNTIL_REBOOT). */
  readonly awaitsRestart: boolean;
}

/** The command that prints the version resources of files: `name version`, a line each; a file that is not there has none. */
export function fileVersionsCommand(files: Readonly<Record<string, string>>): readonly string[] {
  const script = Object.entries(files)
    .map(([name, path]) => `'${name} ' + (Get-Item -LiteralPath ${powershellQuoted(path)}).VersionInfo.FileVersion`)
    .join('; ');
  return ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', script];
}

/** Reads what {@link fileVersionsCommand} printed. Total. */
export function parseFileVersions(text: string): ReadonlyMap<string, string> {
  return new Map(
    textLines(text).flatMap(line => {
      const [, name, said = ''] = /^(\S{1,32}) (.*)$/.exec(line) ?? [];
      const version = readVersion(said);
      return name === undefined || version === undefined ? [] : [[name, version] as const];
    }),
  );
}

/** Asks every source but fsptool, whose word is in `fsd` already. Nothing is started but what reads. */
export async function readWinFspVersions(host: OpensFiles, fsd: Fsd, signal?: AbortSignal): Promise<WinFspVersions> {
  const { installDirectory, service, alsoRunning = [] } = fsd;
  if (installDirectory === undefined) return { told: [], awaitsRestart: false };
  const services = [...(service === undefined ? [] : [service]), ...alsoRunning];
  const paths = await Promise.all(services.map(name => readImagePath(host, name, signal)));
  const drivers = services.flatMap((name, index): DriverFile[] => {
    const path = paths[index];
    return path === undefined ? [] : [{ path, ...(name === service ? {} : { service: name }) }];
  });
  const [files, installer, awaitsRestart] = await Promise.all([
    readFileVersions(host, installDirectory, drivers, signal),
    readInstallerVersion(host, signal),
    isReplacedAtRestart(host, signal),
  ]);
  const told =
    fsd.versionFrom === 'fsptool' && fsd.version !== undefined
      ? [{ source: 'fsptool' as const, version: fsd.version }]
      : [];
  return { told: [...told, ...files, ...installer], awaitsRestart };
}

/** Where a driver's file is. `service`: that of a driver beside the one in use. */
interface DriverFile {
  readonly path: string;
  readonly service?: string;
}

/**
 * The DLL that containers load, and the files of the drivers where those are known. One run reads them all; a file on a
 * letter that leads to no disk of this host is not opened, and has no version.
 */
export async function readFileVersions(
  host: OpensFiles,
  installDirectory: string,
  drivers: readonly DriverFile[],
  signal?: AbortSignal,
): Promise<readonly ToldVersion[]> {
  const named: readonly (readonly [string, string])[] = [
    ['dll-file', `${installDirectory}\\bin\\winfsp-x64.dll`],
    ...drivers.map(({ path }, index) => [driverName(index), path] as const),
  ];
  const local = await Promise.all(named.map(async file => ((await mayOpenOn(host, file[1], signal)) ? [file] : [])));
  const files = Object.fromEntries(local.flat());
  if (Object.keys(files).length === 0) return [];
  const ran = await runIfThere(host, fileVersionsCommand(files), runOptions(signal, FILES_LIMIT_MS));
  const versions = parseFileVersions(ran?.stdout ?? '');
  const dll = versions.get('dll-file');
  return [
    ...(dll === undefined ? [] : [{ source: 'dll-file' as const, version: dll }]),
    ...drivers.flatMap(({ service }, index): ToldVersion[] => {
      const version = versions.get(driverName(index));
      if (version === undefined) return [];
      return [{ source: 'driver-file', version, ...(service === undefined ? {} : { service }) }];
    }),
  ];
}

/** `driver-file` for the first, as it always was in recordings. */
const driverName = (index: number): string => (index === 0 ? 'driver-file' : `driver-file-${index + 1}`);

/** What the installer registered: `WinFsp 2025`, DisplayVersion `2.1.25156`. */
export async function readInstallerVersion(host: Runs, signal?: AbortSignal): Promise<readonly ToldVersion[]> {
  for (const key of INSTALLED_PROGRAMS) {
    const named = parseRegQuery(await query(host, [key, ...WINFSP_NAMED], signal));
    const found = named.find(({ name, data }) => name === 'DisplayName' && /^WinFsp(?:\s|$)/.test(data));
    if (found === undefined) continue;
    const said = registryData(await query(host, [found.key, '/v', 'DisplayVersion'], signal), 'DisplayVersion');
    const version = readVersion(said ?? '');
    if (version !== undefined) return [{ source: 'installer', version }];
  }
  return [];
}

async function isReplacedAtRestart(host: Runs, signal?: AbortSignal): Promise<boolean> {
  const name = 'PendingFileRenameOperations';
  const text = await query(host, [SESSION_MANAGER, '/v', name], signal);
  return /\\winfsp[^\\]{0,32}\.(?:sys|dll)/i.test(registryData(text, name) ?? '');
}

async function query(host: Runs, argv: readonly string[], signal?: AbortSignal): Promise<string> {
  const ran = await runIfThere(host, ['reg.exe', 'query', ...argv], runOptions(signal));
  return ran?.exitCode === 0 ? ran.stdout : '';
}
