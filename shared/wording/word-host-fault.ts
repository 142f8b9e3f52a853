import { assertNever } from '../base/assert-never.ts';
import type { Fault } from '../contract/fault.ts';
import { composeCmdLine } from '../domain/cmd-line.ts';
import { decodeStatus, statusText } from '../domain/error-decoder.ts';
import { formatBytes } from './amounts.ts';
import { capital, type FaultWords, fromDecoded, raw, safe, sentence } from './fault-words.ts';
import { wordImageReason } from './word-image.ts';
import { wordVersionSource } from './word-readiness.ts';

type HostFault = Extract<
  Fault,
  {
    code:
      | 'winfsp-not-installed'
      | 'winfsp-too-old'
      | 'winfsp-version-unknown'
      | 'fsd-not-running'
      | 'fsd-start-failed'
      | 'engine-wrong-mode'
      | 'base-image-incompatible'
      | 'image-not-built'
      | 'isolation-unsupported'
      | 'disk-full';
  }
>;

/** The host is not ready for what was asked. */
export function wordHostFault(fault: HostFault): FaultWords {
  switch (fault.code) {
    case 'winfsp-not-installed':
      return {
        title: 'WinFsp is not installed on the host.',
        cause: 'File systems in containers need its kernel driver on the host and its files by a bind mount.',
        next: 'Install it on the host.',
        command: 'winget install WinFsp.WinFsp',
      };
    case 'winfsp-too-old':
      return {
        title: `WinFsp ${safe(fault.by.version)} (${wordVersionSource(fault.by)}) is too old for containers.`,
        cause: `Versions before ${safe(fault.minimum)} can crash a host that runs Windows containers.`,
        ...(fault.by.service === undefined
          ? { next: 'Update it before you start one.', command: 'winget upgrade WinFsp.WinFsp' }
          : { next: 'Uninstall what it belongs to, or restart Windows where that was updated; then look again.' }),
      };
    case 'winfsp-version-unknown':
      return {
        title: 'The version of WinFsp is unknown.',
        cause: `Versions before ${safe(fault.minimum)} can crash a host that runs Windows containers, and neither fsptool, the DLL in ${safe(fault.installDirectory)} nor the installer's entry tells which this is.`,
        next: 'Install WinFsp again; that puts back what is missing.',
        command: 'winget install --force WinFsp.WinFsp',
      };
    case 'fsd-not-running':
      return {
        title: `WinFsp's driver ${safe(fault.service)} is ${safe(fault.state)}.`,
        cause: 'A container cannot start it; on the host anybody may.',
        next: 'Start it on the host; no elevation is needed.',
        command: 'siloscope fsd start',
      };
    case 'fsd-start-failed':
      return {
        title: `WinFsp's driver ${safe(fault.service)} did not start.`,
        ...fromDecoded(fault.decoded ?? decodeStatus(fault.exitCode), {
          cause: `sc.exe ended with ${statusText(fault.exitCode)}.`,
          next: 'Look into the System event log; if its file is missing, repair WinFsp.',
        }),
        ...raw(fault.output),
      };
    case 'engine-wrong-mode':
      return {
        title: `The engine runs ${safe(fault.osType)} containers.`,
        cause: 'File systems of Windows run in Windows containers only.',
        next: 'Switch Docker Desktop to Windows containers (in its tray menu), or use the Windows engine of another host.',
        command: '"C:\\Program Files\\Docker\\Docker\\DockerCli.exe" -SwitchWindowsEngine',
      };
    case 'base-image-incompatible': {
      const builds =
        fault.imageBuild === undefined
          ? `host build ${fault.hostBuild}`
          : `image build ${fault.imageBuild}, host build ${fault.hostBuild}`;
      return {
        title: `The image ${safe(fault.image)} cannot run here with WinFsp.`,
        cause: `${capital(wordImageReason(fault.because))} (${builds}).`,
        ...(fault.nearest === undefined
          ? {
              next: 'No Windows base image fits this host; use another host, or try the simulated one.',
              command: 'siloscope --host simulated',
            }
          : {
              next: `Take ${safe(fault.nearest)}, the nearest that fits.`,
              command: composeCmdLine(['siloscope', 'images', '--pull', safe(fault.nearest)]),
            }),
      };
    }
    case 'image-not-built':
      return {
        title: `The image ${safe(fault.image)} is not here.`,
        cause: `The recipe of ${safe(fault.profile)} makes it. No registry is asked for it: there anybody could have put something under that name.`,
        next: 'Build it.',
        command: `siloscope images build ${safe(fault.profile)}`,
      };
    case 'isolation-unsupported':
      return {
        title:
          fault.isolation === 'hyperv'
            ? 'That cannot be had under Hyper-V isolation.'
            : `That cannot be had under the isolation "${safe(fault.isolation)}".`,
        cause: wordIsolation(fault.because),
        next: 'Run it under process isolation.',
      };
    case 'disk-full':
      return {
        title: 'The disk is full.',
        cause:
          fault.freeBytes === undefined
            ? `There is no room at ${safe(fault.path)}.`
            : `${formatBytes(fault.freeBytes)} are free at ${safe(fault.path)}.`,
        ...(fault.kept === true
          ? { next: 'Make room there and try again. Nothing that is kept was changed.' }
          : {
              next: 'Make room; the engine says what it would remove before it does.',
              command: 'docker system prune',
            }),
        ...raw(fault.raw),
      };
    default:
      return assertNever(fault, 'fault');
  }
}

function wordIsolation(because: string): string {
  switch (because) {
    case 'hyperv':
    case 'hyperv-no-winfsp':
    case 'another-kernel':
      return 'A Hyper-V container has a kernel of its own, and WinFsp does not reach into it.';
    default:
      return sentence(because);
  }
}
