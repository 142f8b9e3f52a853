import { assertNever } from '../base/assert-never.ts';
import { decodeStatus } from '../domain/error-decoder.ts';
import type { HostFacts } from '../domain/host-facts.ts';
import type { ImageRow } from '../domain/image-row.ts';
import type { EngineState, Fsd, ReadinessCheck } from '../domain/readiness.ts';
import { MINIMUM_WINFSP, type ToldVersion, type WinFspVerdict } from '../domain/winfsp-version.ts';
import { escapeUntrusted } from './plain-text.ts';
import { engineTlsStep, wordVersionSource } from './word-readiness.ts';

type Words = Pick<ReadinessCheck, 'found' | 'fix' | 'command'>;

interface VersionSurroundings {
  readonly isInstalled: boolean;
  readonly awaitsRestart: boolean;
}

const told = (one: ToldVersion): string => `${one.version} (${wordVersionSource(one)})`;

const bytes = (count: number): string => `${(count / 1_073_741_824).toFixed(1)} GiB`;

/** What each readiness check says, and its next step. */
export const checkWords = {
  build: (facts: HostFacts, isEnough: boolean): Words => ({
    found: `${facts.edition} ${facts.displayVersion}, build ${facts.build}.${facts.revision}.`,
    ...(isEnough
      ? {}
      : { fix: 'WinFsp works in containers from build 17763 (Windows 10 1809, Server 2019) on: use a newer Windows.' }),
  }),
  installed: (fsd: Fsd): Words =>
    fsd.installDirectory === undefined
      ? { found: 'WinFsp is not installed.', fix: 'Install WinFsp.', command: 'winget install WinFsp.WinFsp' }
      : { found: `WinFsp is in ${fsd.installDirectory}.` },
  /** `isInstalled`: what is not there has no version to look for. `awaitsRestart`: Windows replaces a file of it then. */
  version: (judged: WinFspVerdict, { isInstalled, awaitsRestart }: VersionSurroundings): Words => {
    const restart = awaitsRestart ? ' A file of WinFsp is replaced when Windows restarts.' : '';
    switch (judged.verdict) {
      case 'unknown':
        return isInstalled
          ? {
              found: `The version of WinFsp is unknown: neither fsptool, the DLL nor the installer's entry tells it. Versions before ${MINIMUM_WINFSP} can crash a host that runs Windows containers, so nothing is launched.${restart}`,
              fix: 'Install WinFsp again; that puts back what is missing.',
              command: 'winget install --force WinFsp.WinFsp',
            }
          : { found: 'WinFsp is not installed.' };
      case 'too-old':
        return {
          found: `WinFsp ${told(judged.by)} can crash a host that runs Windows containers.${restart}`,
          ...(awaitsRestart
            ? { fix: 'Restart Windows: an update of WinFsp waits for it. Then look again.' }
            : judged.by.service !== undefined
              ? {
                  fix: 'Uninstall what that driver belongs to, or restart Windows where it was updated. Then look again.',
                }
              : { fix: `Update WinFsp to ${MINIMUM_WINFSP} or later.`, command: 'winget upgrade WinFsp.WinFsp' }),
        };
      case 'ok':
        return {
          found: `WinFsp ${told(judged.by)}.${restart}`,
          ...(awaitsRestart ? { fix: 'Restart Windows, so that the driver and its DLL are of one version.' } : {}),
        };
      case 'differs':
        return {
          found: `WinFsp ${told(judged.by)}, but ${told(judged.other)}.${restart}`,
          ...(judged.other.source === 'driver-file' || awaitsRestart
            ? {
                fix: 'Restart Windows, so that the driver and its DLL are of one version; if they still differ, install WinFsp again.',
              }
            : {
                fix: 'Install WinFsp again, so that all of it is of one version.',
                command: 'winget install --force WinFsp.WinFsp',
              }),
        };
      default:
        return assertNever(judged, 'version verdict');
    }
  },
  fsd: (
    fsd: Fsd,
    { missingFile, lastError }: { readonly missingFile?: string; readonly lastError?: number } = {},
  ): Words => {
    if (fsd.service === undefined) return { found: 'There is no WinFsp driver on this host.' };
    const others =
      fsd.alsoRunning === undefined
        ? ''
        : ` ${fsd.alsoRunning.map(name => escapeUntrusted(name)).join(', ')} of another installation of WinFsp runs as well: file systems started before an update use that one until they end or Windows restarts.`;
    if (fsd.state === 'running') return { found: `The driver ${fsd.service} runs.${others}` };
    const found = `The driver ${fsd.service} is ${fsd.state}`;
    if (missingFile !== undefined) {
      return {
        found: `${found}, and its file ${escapeUntrusted(missingFile)} is missing: it will not start.`,
        fix: 'Install WinFsp again; that puts the file back.',
        command: 'winget install --force WinFsp.WinFsp',
      };
    }
    const failed = lastError === undefined ? undefined : decodeStatus(lastError);
    const last = lastError === undefined ? '' : `; its last start ended with error ${lastError}`;
    return {
      found: `${found}${last}.${failed === undefined ? '' : ` ${failed.cause}`}${others}`,
      fix:
        lastError === undefined
          ? 'Start it, or let a launch start it: that needs no elevation. A container cannot.'
          : `${failed?.fix ?? 'Look into the System event log.'} Then start it again.`,
      command: `sc.exe start ${fsd.service}`,
    };
  },
  /** `service`: Docker's, where it is installed and stopped. */
  engine: (
    state: EngineState,
    kind: 'ready' | 'wrong-mode' | 'denied' | 'stopped' | 'unreachable' | 'needs-tls',
    service?: string,
  ): Words => {
    switch (kind) {
      case 'ready':
      case 'wrong-mode':
        return { found: `Docker Engine ${state.version ?? ''} answers.` };
      case 'denied':
        return {
          found: 'The engine refuses this user.',
          fix: 'Add the user to the docker-users group and sign in again, or start Siloscope elevated.',
          command: 'net localgroup docker-users "%USERNAME%" /add',
        };
      case 'stopped':
        return service === undefined
          ? { found: 'No Docker Engine answers.', fix: 'Start the engine.', command: 'net start docker' }
          : {
              found: `No Docker Engine answers: the service ${service} is stopped.`,
              fix: 'Start it. Only administrators start services: Windows asks for one.',
              command: 'siloscope engine start --elevate',
            };
      case 'needs-tls':
        return {
          found: `The Docker Engine was not asked: ${escapeUntrusted(state.reason ?? 'it wants TLS')}.`,
          fix: engineTlsStep,
        };
      case 'unreachable':
        return { found: `The Docker Engine gave no answer: ${state.reason ?? 'unknown'}.`, fix: 'Restart the engine.' };
    }
  },
  mode: (osType: string | undefined): Words =>
    osType === undefined
      ? { found: 'Unknown while the engine does not answer.' }
      : osType === 'windows'
        ? { found: 'The engine runs Windows containers.' }
        : {
            found: `The engine runs ${osType} containers.`,
            fix: 'Switch Docker Desktop to Windows containers.',
            command: '"C:\\Program Files\\Docker\\Docker\\DockerCli.exe" -SwitchWindowsEngine',
          },
  isolation: (defaultIsolation: string | undefined): Words =>
    defaultIsolation === undefined
      ? { found: 'Unknown until an engine for Windows containers answers.' }
      : {
          found:
            defaultIsolation === 'process'
              ? 'Process isolation is the default of the engine.'
              : `The engine's default is ${defaultIsolation}; Siloscope asks for process isolation each time.`,
        },
  image: (best: ImageRow | undefined): Words =>
    best === undefined
      ? {
          found: 'No base image can run under process isolation on this build of Windows.',
          fix: 'Use another host, or a simulated one.',
        }
      : best.local
        ? {
            found:
              best.family === 'other'
                ? `No base image is here; ${best.reference}, which is built on one, is, and runs on this host.`
                : `${best.reference} is here and runs on this host.`,
          }
        : {
            found: 'No local image can run under process isolation here.',
            fix: `Pull ${best.reference}.`,
            command: `siloscope images --pull ${best.reference}`,
          },
  disk: (drive: string, free: number | undefined, isLow: boolean): Words =>
    free === undefined
      ? { found: `The free space of ${drive} is unknown.` }
      : {
          found: `${bytes(free)} free on ${drive}.`,
          ...(isLow ? { fix: 'Make room: a base image takes 5 GiB and more, once pulled.' } : {}),
        },
};
