import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { decode, decodeStatus } from '../../../shared/domain/error-decoder.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { judgeWinFspVersion, MINIMUM_WINFSP } from '../../../shared/domain/winfsp-version.ts';
import type { Host, Ran } from '../../hosts/host.ts';
import { canBeAsked } from '../elevation/can-be-asked.ts';
import { mayOpenOn } from '../leads-to-partition.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import { discoverFsd, forgetFsd, readFsdState, winfspTool } from './discover-fsd.ts';
import { readWinFspVersions } from './read-winfsp-versions.ts';

/** ERROR_SERVICE_ALREADY_RUNNING. */
const ALREADY_RUNNING = 1056;
/** ERROR_PRIVILEGE_NOT_HELD: unloading needs SeLoadDriverPrivilege. */
const PRIVILEGE_NOT_HELD = 1314;
const ACCESS_DENIED = 5;
const START_LIMIT_MS = 15_000;

type InstalledFsd = Fsd & { readonly service: string; readonly installDirectory: string };

function requireInstalled(fsd: Fsd): asserts fsd is InstalledFsd {
  if (fsd.state === 'not-installed' || fsd.service === undefined || fsd.installDirectory === undefined) {
    throw new FaultError({ code: 'winfsp-not-installed' });
  }
}

/**
 * Rejects with the fault that keeps WinFsp from being used at all: absent, of an unknown version, or too old, be it only
 * a driver's file. It judges what readiness judges, so that a launch never does what `doctor` calls dangerous.
 */
export async function requireWinFsp(host: Pick<Host, 'run'>, fsd: Fsd, signal?: AbortSignal): Promise<InstalledFsd> {
  requireInstalled(fsd);
  const judged = judgeWinFspVersion((await readWinFspVersions(host, fsd, signal)).told);
  if (judged.verdict === 'unknown') {
    throw new FaultError({
      code: 'winfsp-version-unknown',
      installDirectory: fsd.installDirectory,
      minimum: MINIMUM_WINFSP,
    });
  }
  if (judged.verdict === 'too-old') {
    throw new FaultError({ code: 'winfsp-too-old', by: judged.by, minimum: MINIMUM_WINFSP });
  }
  return fsd;
}

/**
 * Starts the FSD and waits until it runs. No elevation is needed: the service lets everyone query and start it. Where the
 * service manager lets this user only connect, WinFsp's own tool starts it, which asks it for no more than that.
 * Ground: winfsp src/dll/fsctl.c (FspFsctlFixServiceSecurity, FspFsctlStartServiceByName).
 */
export async function startFsd(host: Host, clock: Clock, signal?: AbortSignal): Promise<Fsd> {
  const fsd = await requireWinFsp(host, await discoverFsd(host, signal), signal);
  if (fsd.state === 'running') return fsd;
  const { service } = fsd;
  const failed = (exitCode: number, output: string): FaultError => {
    const decoded = decode(output) ?? decodeStatus(exitCode);
    return new FaultError({
      code: 'fsd-start-failed',
      service,
      exitCode,
      output,
      ...(decoded === undefined ? {} : { decoded }),
    });
  };
  const asked = await host.run(['sc.exe', 'start', service], runOptions(signal));
  const loaded = asked.exitCode === ACCESS_DENIED ? await loadFsd(host, fsd.installDirectory, signal) : undefined;
  const ran = loaded?.exitCode === 0 ? loaded : asked;
  const output = `${ran.stdout}${ran.stderr}`.trim();
  if (ran.exitCode !== 0 && ran.exitCode !== ALREADY_RUNNING) throw failed(ran.exitCode, output);
  for (let waited = 0, pause = 50; ; waited += pause, pause = Math.min(pause * 2, 1_000)) {
    const state = await readFsdState(host, fsd, signal);
    forgetFsd(host);
    if (state === 'running') return { ...fsd, state };
    if (waited >= START_LIMIT_MS) throw failed(ran.exitCode, `${output}\nThe service is still ${state}.`);
    await sleep(clock, pause, signal);
  }
}

/** `fsptool load` starts the driver of its own installation. Older ones do not know the word. */
function loadFsd(host: Host, installDirectory: string, signal?: AbortSignal): Promise<Ran | undefined> {
  return runIfThere(host, [winfspTool(installDirectory, 'fsptool-x64.exe'), 'load'], runOptions(signal));
}

/**
 * Unloads the FSD, which ends every volume in every silo; the SCM refuses to stop it for anybody. `accept` must name
 * exactly the devices in `atStake`: who accepts an older list is told what changed.
 */
export async function unloadFsd(
  host: Host,
  accept: readonly string[],
  atStake: readonly Volume[],
  signal?: AbortSignal,
): Promise<readonly Volume[]> {
  const fsd = await discoverFsd(host, signal);
  // No version keeps a driver from being unloaded: one that is too old should be.
  requireInstalled(fsd);
  if (fsd.state !== 'running')
    throw new FaultError({ code: 'fsd-not-running', service: fsd.service, state: fsd.state });
  requireAcceptance(accept, atStake);
  const fsptool = winfspTool(fsd.installDirectory, 'fsptool-x64.exe');
  // By a letter that is a server's in this session, that server would say what is run.
  if (!(await mayOpenOn(host, fsptool, signal)))
    throw new FaultError({ code: 'not-found', what: 'program on a disk of this host', name: fsptool });
  const argv = [fsptool, 'unload'];
  const ran = await host.run(argv, runOptions(signal));
  forgetFsd(host);
  if (ran.exitCode === 0) return atStake;
  const { exitCode, stdout, stderr } = ran;
  if (exitCode === PRIVILEGE_NOT_HELD || exitCode === 5) {
    throw new FaultError({
      code: 'access-denied',
      what: 'unloading the FSD',
      raw: `fsptool unload: ${exitCode}`,
      ...canBeAsked(host, 'unload-fsd'),
    });
  }
  const decoded = decode(`${stdout}${stderr}`) ?? decodeStatus(exitCode);
  throw new FaultError({
    code: 'command-failed',
    argv,
    exitCode,
    stdout,
    stderr,
    ...(decoded === undefined ? {} : { decoded }),
  });
}

function requireAcceptance(accept: readonly string[], atStake: readonly Volume[]): void {
  const accepted = new Set(accept.map(device => device.toLowerCase()));
  const lost = new Map(atStake.map(volume => [volume.device.toLowerCase(), volume]));
  const issues = [
    ...[...lost].flatMap(([device, volume]) =>
      accepted.has(device)
        ? []
        : [
            {
              path: 'accept',
              message: `${volume.device}${volume.uncPrefix ?? ''} in ${volume.home} would be lost and is not named`,
            },
          ],
    ),
    ...accept.flatMap((device, index) =>
      lost.has(device.toLowerCase())
        ? []
        : [{ path: `accept.${index}`, message: `${device} is not mounted (any more)` }],
    ),
  ];
  if (issues.length > 0) throw new FaultError({ code: 'invalid-input', issues });
}
