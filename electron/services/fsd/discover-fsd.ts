import { FaultError } from '../../../shared/contract/fault.ts';
import { registryData } from '../../../shared/domain/parse-reg-query.ts';
import type { Fsd, FsdState } from '../../../shared/domain/readiness.ts';
import type { ToldVersion } from '../../../shared/domain/winfsp-version.ts';
import type { Host } from '../../hosts/host.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { type ListedDriver, parseLsdrv, parseVer } from './parse-fsptool.ts';
import { parseScQuery } from './parse-sc-query.ts';
import { readFileVersions, readInstallerVersion } from './read-winfsp-versions.ts';

/** Where WinFsp's installer writes. Its key is in the 32-bit view on every architecture. Ground: winfsp inc/winfsp/winfsp.h. */
const REGISTRY_KEY = 'HKLM\\SOFTWARE\\WOW6432Node\\WinFsp';

/** The service's states as the SCM counts them. */
const STATES: readonly FsdState[] = ['stopped', 'starting', 'stopping', 'running'];

/** The full path of a tool of WinFsp. */
export function winfspTool(installDirectory: string, name: string): string {
  return `${installDirectory}\\bin\\${name}`;
}

interface Flight {
  readonly found: Promise<Fsd>;
  readonly own: AbortController;
  askers: number;
}

/** Discoveries under way, by host: who asks meanwhile shares the answer instead of running the same programs again. */
const flights = new WeakMap<Pick<Host, 'run'>, Flight>();

/** Whoever asks from now on gets an answer that was begun from now on: something was done to the FSD, or seen. */
export function forgetFsd(host: Pick<Host, 'run'>): void {
  flights.delete(host);
}

/**
 * Finds the FSD, or waits for a discovery that is under way. An abort ends the waiting, and what was waited for when
 * nobody else waits.
 */
export async function discoverFsd(host: Pick<Host, 'run'>, signal?: AbortSignal): Promise<Fsd> {
  if (isAborted(signal)) throw new FaultError({ code: 'cancelled' }, { cause: signal?.reason });
  const flight = flights.get(host) ?? takeOff(host);
  flight.askers++;
  try {
    return await unlessAborted(flight.found, signal);
  } catch (error) {
    if (isAborted(signal)) throw new FaultError({ code: 'cancelled' }, { cause: error });
    throw error;
  } finally {
    flight.askers--;
    if (flight.askers === 0) {
      if (flights.get(host) === flight) flights.delete(host);
      flight.own.abort();
    }
  }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

function takeOff(host: Pick<Host, 'run'>): Flight {
  const own = new AbortController();
  const flight = { found: findFsd(host, own.signal), own, askers: 0 };
  flights.set(host, flight);
  return flight;
}

/**
 * Finds the FSD: the installation directory by the registry, its drivers and version by fsptool, its state by the SCM.
 * Where fsptool lists no driver (it is missing, or may not be run), the SCM is asked for all file system drivers.
 * Since WinFsp 2.0 the service is `WinFsp+<InstanceID>`, hence nothing here is hard-wired but the tools. Where fsptool
 * does not say the version, the DLL's file is read, and then the installer's entry.
 */
async function findFsd(host: Pick<Host, 'run'>, signal?: AbortSignal): Promise<Fsd> {
  const installDirectory = await findInstallDirectory(host, signal);
  const found = installDirectory === undefined ? undefined : await askFsptool(host, installDirectory, signal);
  const listed = found?.drivers ?? [];
  const isSilent = listed.length === 0 && installDirectory !== undefined;
  const drivers = isSilent ? await driversOfScm(host, signal) : listed;
  const instance = found?.instance ?? (isSilent ? await findInstance(host, signal) : undefined);
  const service = chooseDriver(drivers, instance) ?? (instance === undefined ? 'WinFsp' : `WinFsp+${instance}`);
  const [state, told] = await Promise.all([
    readFsdState(host, { service, installDirectory }, signal),
    installDirectory === undefined ? undefined : findVersion(host, installDirectory, found?.version, signal),
  ]);
  const others = drivers.filter(driver => driver.running && driver.service !== service).map(driver => driver.service);
  return {
    state,
    ...(state === 'not-installed' ? {} : { service }),
    ...(told === undefined ? {} : { version: told.version, versionFrom: told.source }),
    ...(others.length === 0 ? {} : { alsoRunning: others }),
    ...(installDirectory === undefined ? {} : { installDirectory }),
  };
}

async function findVersion(
  host: Pick<Host, 'run'>,
  installDirectory: string,
  version: string | undefined,
  signal?: AbortSignal,
): Promise<ToldVersion | undefined> {
  if (version !== undefined) return { source: 'fsptool', version };
  const [file] = await readFileVersions(host, installDirectory, [], signal);
  return file ?? (await readInstallerVersion(host, signal))[0];
}

const findInstallDirectory = (host: Pick<Host, 'run'>, signal?: AbortSignal): Promise<string | undefined> =>
  readDirectory(host, 'InstallDir', signal);

/** The side-by-side instance, as the folder of its files is called: `...\\SxS\\sxs.<InstanceID>\\`. */
async function findInstance(host: Pick<Host, 'run'>, signal?: AbortSignal): Promise<string | undefined> {
  const directory = await readDirectory(host, 'SxsDir', signal);
  return /\\sxs\.([^\\]{1,64})$/i.exec(directory ?? '')?.[1];
}

async function readDirectory(host: Pick<Host, 'run'>, name: string, signal?: AbortSignal): Promise<string | undefined> {
  const ran = await runIfThere(host, ['reg.exe', 'query', REGISTRY_KEY, '/v', name], runOptions(signal));
  if (ran === undefined || ran.exitCode !== 0) return undefined;
  const directory = registryData(ran.stdout, name)?.replace(/\\+$/, '');
  return directory === '' ? undefined : directory;
}

const RUNNING = 4;

/** `WinFsp` and `WinFsp+<InstanceID>` among the file system drivers that the SCM knows. */
async function driversOfScm(host: Pick<Host, 'run'>, signal?: AbortSignal): Promise<readonly ListedDriver[]> {
  const argv = ['sc.exe', 'query', 'type=', 'filesys', 'state=', 'all', 'bufsize=', '131072'];
  const ran = await runIfThere(host, argv, runOptions(signal));
  return parseScQuery(ran?.stdout ?? '').flatMap(({ name, state }) =>
    /^WinFsp(?:\+\S{1,64})?$/i.test(name) ? [{ service: name, running: state === RUNNING }] : [],
  );
}

interface Asked {
  readonly drivers: readonly ListedDriver[];
  readonly version?: string;
  readonly instance?: string;
}

async function askFsptool(host: Pick<Host, 'run'>, installDirectory: string, signal?: AbortSignal): Promise<Asked> {
  const fsptool = winfspTool(installDirectory, 'fsptool-x64.exe');
  const [drivers, version] = await Promise.all([
    runIfThere(host, [fsptool, 'lsdrv'], runOptions(signal)),
    runIfThere(host, [fsptool, 'ver'], runOptions(signal)),
  ]);
  return { drivers: parseLsdrv(drivers?.stdout ?? ''), ...parseVer(version?.stdout ?? '') };
}

/**
 * The driver that this WinFsp will use: the one of its own side-by-side instance, else one that runs, else the last by
 * name, which is the newest.
 */
export function chooseDriver(drivers: readonly ListedDriver[], instance: string | undefined): string | undefined {
  const own = drivers.find(driver => driver.service.toLowerCase() === `winfsp+${instance ?? ''}`.toLowerCase());
  const running = drivers.find(driver => driver.running);
  const last = [...drivers].sort((a, b) => (a.service < b.service ? -1 : 1)).at(-1);
  return (own ?? running ?? last)?.service;
}

/** ERROR_ACCESS_DENIED: over the network, with SSH too, only administrators may do more than connect to the SCM. */
const ACCESS_DENIED = 5;

/**
 * The state of one service. 1060: the SCM knows no such service.
 * @throws FaultError `access-denied` where the SCM tells this user nothing, which is not that nothing is there.
 * Ground: Microsoft, Service Security and Access Rights.
 */
export async function readServiceState(
  host: Pick<Host, 'run'>,
  service: string,
  signal?: AbortSignal,
): Promise<FsdState> {
  const ran = await runIfThere(host, ['sc.exe', 'query', service], runOptions(signal));
  if (ran === undefined || ran.exitCode === 1060) return 'not-installed';
  const [found] = parseScQuery(ran.stdout);
  if (found !== undefined) return STATES[found.state - 1] ?? 'stopped';
  if (ran.exitCode !== ACCESS_DENIED) return 'not-installed';
  const raw = `${ran.stdout}${ran.stderr}`.trim();
  throw new FaultError({ code: 'access-denied', what: `the state of the service ${service}`, raw });
}

/** ERROR_FILE_NOT_FOUND, for STATUS_NO_SUCH_DEVICE. */
const NO_DEVICE = 2;

/**
 * The driver's state, for whom the SCM tells nothing by the driver itself: fsptool lists volumes where it runs, and opens
 * no device where it does not. Ground: winfsp src/fsptool/fsptool.c, src/dll/fsctl.c (FspFsctlGetVolumeList).
 */
export async function readFsdState(
  host: Pick<Host, 'run'>,
  { service, installDirectory }: { readonly service: string; readonly installDirectory: string | undefined },
  signal?: AbortSignal,
): Promise<FsdState> {
  try {
    return await readServiceState(host, service, signal);
  } catch (caught) {
    if (!(caught instanceof FaultError) || caught.fault.code !== 'access-denied') throw caught;
    // The registry, which everybody may read, knows of no WinFsp either.
    if (installDirectory === undefined) return 'not-installed';
    const listed = await runIfThere(
      host,
      [winfspTool(installDirectory, 'fsptool-x64.exe'), 'lsvol'],
      runOptions(signal),
    );
    if (listed?.exitCode === 0) return 'running';
    if (listed?.exitCode === NO_DEVICE) return 'stopped';
    throw caught;
  }
}
