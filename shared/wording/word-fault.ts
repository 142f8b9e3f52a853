import { assertNever } from '../base/assert-never.ts';
import type { Decoded, Fault } from '../contract/fault.ts';
import { composeCmdLine } from '../domain/cmd-line.ts';
import { decode, decodeExitCode, decodeStatus, statusText } from '../domain/error-decoder.ts';
import { recogniseFileSystem } from '../domain/file-system-command.ts';
import { MORE_LOG } from '../domain/known-error.ts';
import { formatBytes, formatCount, formatDuration, formatList } from './amounts.ts';
import { escapeUntrusted, escapeUntrustedLines } from './plain-text.ts';
import { wordElevationStep, wordNoElevation, wordPurpose } from './word-elevation.ts';
import { wordImageReason } from './word-image.ts';
import { engineTlsStep, wordVersionSource } from './word-readiness.ts';
import { wordNoSeal, wordSealKind } from './word-secret.ts';
import { wordSshFault } from './word-ssh.ts';

/** A fault for a person. All texts are safe to show. */
export interface FaultWords {
  /** What happened, one short sentence. */
  readonly title: string;
  /** Why, as far as it is known. May be empty. */
  readonly cause: string;
  /** What to do now. */
  readonly next: string;
  /** The command that does it, where there is one. */
  readonly command?: string;
  /** What the tool below said, line by line joined. */
  readonly raw?: string;
}

const LONGEST_RAW_LINES = 40;
const safe = (text: string): string => escapeUntrusted(text, 400);

/** Words for a fault, each with a next step. The one place where a fault is worded, for screens and CLI alike. */
export function wordFault(fault: Fault): FaultWords {
  switch (fault.code) {
    case 'invalid-input':
      return {
        title: 'That cannot be asked like this.',
        cause: wordIssues(fault.issues),
        next: 'Correct it and ask again; `--help` shows what is expected.',
      };
    case 'not-found': {
      if (fault.what === 'explanation') {
        return {
          title: `Nothing is known here of "${safe(fault.name)}".`,
          cause: 'It may be a number of the program itself, or an error that nobody here has met.',
          next: `Explain the whole text that was printed, not the number alone. ${MORE_LOG}`,
          command: 'siloscope logs --all --severity warning',
        };
      }
      const known = (fault.known ?? []).map(safe);
      return {
        title: `There is no ${safe(fault.what)} "${safe(fault.name)}".`,
        cause: known.length > 0 ? `There is: ${formatList(known, 12)}.` : '',
        next: known.length > 0 ? 'Take one of these.' : `Check the name of the ${safe(fault.what)}.`,
      };
    }
    case 'malformed-scenario':
      return {
        title: `The scenario ${safe(fault.file)} is malformed.`,
        cause: wordIssues(fault.issues),
        next: 'Correct it; an editor helps when the file names its "$schema" (assets/scenarios/scenario.schema.json).',
      };
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
    case 'secrets-missing': {
      const [first] = fault.secrets;
      const names = fault.secrets.map(
        ({ name, title, locked }) =>
          `${safe(name)} (${safe(title)}${locked ? ': kept, but it cannot be opened here' : ''})`,
      );
      return {
        title: `${safe(fault.profile)} needs ${fault.secrets.length === 1 ? 'a secret that is' : 'secrets that are'} not here.`,
        cause: `Missing: ${formatList(names)}.`,
        next: 'Set it once, or give it with this launch: --secret NAME=@FILE, NAME=- or NAME=env:VARIABLE.',
        command: `siloscope secrets set ${safe(first?.name ?? 'NAME')}`,
      };
    }
    case 'secret-store-unavailable':
      return {
        title: 'Nothing here keeps a secret safely.',
        cause: wordNoSeal(fault.because),
        next: 'Give it with each launch, --secret NAME=@FILE, NAME=- or NAME=env:VARIABLE, or set it in a running Siloscope (--connect), which holds it until it ends.',
      };
    case 'secret-locked':
      return {
        title: `The secret "${safe(fault.name)}" cannot be opened here.`,
        cause:
          fault.because === 'other-program'
            ? `${wordSealKind(fault.sealedBy)} sealed it, and is not at hand here.`
            : `${wordSealKind(fault.sealedBy)} does not open it: another user, another machine, or a password that was reset.`,
        next: 'Set it anew, or give it with this launch.',
        command: `siloscope secrets set ${safe(fault.name)}`,
      };
    case 'disk-full':
      return {
        title: 'The disk is full.',
        cause:
          fault.freeBytes === undefined
            ? `There is no room at ${safe(fault.path)}.`
            : `${formatBytes(fault.freeBytes)} are free at ${safe(fault.path)}.`,
        next: 'Make room; the engine says what it would remove before it does.',
        command: 'docker system prune',
        ...raw(fault.raw),
      };
    case 'kept-file-not-read':
      return {
        title:
          fault.writtenBy === undefined
            ? `${safe(fault.file)} cannot be read.`
            : `${safe(fault.file)} was written by a newer Siloscope, ${safe(fault.writtenBy)}.`,
        cause: sentence(fault.reason),
        next:
          fault.writtenBy === undefined
            ? 'Correct the file, or take it away. Nothing in it was changed.'
            : 'Use that version, or take the file away. Nothing in it was changed.',
      };
    case 'host-unreachable':
      return {
        title: `The host ${safe(fault.host)} is out of reach.`,
        cause: sentence(fault.reason),
        next: 'Check that it is there and connect again.',
      };
    case 'host-key-unknown':
    case 'host-key-refused':
    case 'ssh-config-refused':
      return wordSshFault(fault);
    case 'engine-unreachable':
      return {
        title: fault.because === 'tls' ? 'The Docker Engine was not asked.' : 'The Docker Engine does not answer.',
        cause: sentence(fault.cause),
        next: fault.because === 'tls' ? engineTlsStep : `Start it, or check who may use ${safe(fault.endpoint)}.`,
        command: 'siloscope doctor',
        ...raw(fault.raw),
      };
    case 'elevation-unavailable':
      return {
        title: `Nobody can be asked for the rights to ${wordPurpose(fault.purpose)}.`,
        cause: wordNoElevation(fault.because),
        next: wordElevationStep(fault.because),
      };
    case 'elevation-lost':
      return {
        title: `The helper with the rights to ${wordPurpose(fault.purpose)} is gone.`,
        cause: `${capital(safe(fault.reason))}.`,
        next: 'Ask again; Windows will ask you once more.',
      };
    case 'elevation-refused':
      return {
        title: `The rights to ${wordPurpose(fault.purpose)} were not given.`,
        cause: 'The prompt of Windows was answered with No, or not at all.',
        next: 'Nothing was done. Ask again and answer with Yes, or go on without.',
      };
    case 'access-denied':
      return {
        title: `No access to ${safe(fault.what)}.`,
        cause:
          fault.perhapsOpen === true
            ? 'Windows does not let it be replaced: another program has it open, or this user may not.'
            : 'This user may not do that.',
        next:
          fault.perhapsOpen === true
            ? 'Close what has it open, such as an editor, and try again. Nothing in it was changed.'
            : fault.elevation === undefined
              ? 'Ask for the right, or run this once as administrator.'
              : `Ask an administrator for the rights to ${wordPurpose(fault.elevation)}: by the button with the shield, or by --elevate.`,
        ...raw(fault.raw),
      };
    case 'timed-out':
      return {
        title: `No answer: ${safe(fault.what)}.`,
        cause: `It was given up after ${formatDuration(fault.afterMs)}.`,
        next: 'Try again; if it stays so, see whether a file system hangs.',
        command: 'siloscope list',
      };
    case 'mount-point-in-use':
      return {
        title: `${safe(fault.mountPoint)} is taken.`,
        cause: `${capital(safe(fault.by))} has it.`,
        next: 'Choose another letter, or * for any free one.',
      };
    case 'unc-prefix-in-use':
      return {
        title: `The UNC prefix ${safe(fault.uncPrefix)} is taken.`,
        cause: `${capital(safe(fault.by))} has it. WinFsp claims the whole first part of a prefix, and host and containers share one switchboard for such names.`,
        next: `Take ${safe(fault.proposal)}, which is free.`,
        command: composeCmdLine(['siloscope', 'launch', 'memfs-network', '--unc-prefix', safe(fault.proposal)]),
      };
    case 'name-in-use':
      return {
        title: `The name "${safe(fault.name)}" is taken.`,
        cause: `${capital(safe(fault.by))} has it.`,
        next: 'Choose another name, or stop that one.',
        command: composeCmdLine(['siloscope', 'stop', safe(fault.name)]),
      };
    case 'engine-refused':
      return {
        title: `The engine refused: ${safe(fault.operation)}.`,
        ...fromDecoded(fault.decoded, {
          cause: `It answered ${fault.statusCode}.`,
          next: 'See what it says below, and whether all is ready with `siloscope doctor`.',
        }),
        ...raw(fault.raw),
      };
    case 'pull-failed':
      return {
        title: `The image ${safe(fault.image)} could not be pulled.`,
        ...fromDecoded(fault.decoded, {
          cause:
            fault.layer === undefined ? 'The engine gave up.' : `The engine gave up at layer ${safe(fault.layer)}.`,
          next: 'Pull again; finished layers are not downloaded twice.',
        }),
        command: composeCmdLine(['siloscope', 'images', '--pull', safe(fault.image)]),
        ...raw(fault.raw),
      };
    case 'build-failed': {
      const known = fault.decoded ?? decodeExitCode(fault.exitCode ?? 0);
      const ended = fault.exitCode === undefined ? '' : ` Its command ended with ${statusText(fault.exitCode)}.`;
      return {
        title: `The image ${safe(fault.image)} was not built.`,
        cause: `${wordBuildPlace(fault)}${ended}${known === undefined ? '' : ` ${known.cause}`}`.trim(),
        next: known?.fix ?? 'Correct the recipe and build again. Nothing was left behind.',
        ...raw([fault.output ?? '', fault.raw].filter(text => text.trim() !== '').join('\n')),
      };
    }
    case 'command-failed':
      return {
        title: `${safe(fault.argv[0] ?? 'The program')} ended with ${statusText(fault.exitCode)}.`,
        ...fromDecoded(fault.decoded ?? decodeEnd(fault.exitCode, `${fault.stdout}\n${fault.stderr}`), {
          cause: 'It did not do what was asked.',
          next: 'Run it by hand to see more.',
        }),
        command: safe(composeCmdLine(fault.argv)),
        ...raw(`${fault.stdout}\n${fault.stderr}`),
      };
    case 'file-system-ended':
      return {
        title: `The file system in ${safe(fault.container)} ended with ${statusText(fault.exitCode)}.`,
        ...fromDecoded(fault.decoded ?? decodeEnd(fault.exitCode, fault.output), {
          cause: 'It ended before its volume was there.',
          next: `Check its command line. ${MORE_LOG}`,
        }),
        ...raw(fault.output),
      };
    case 'volume-did-not-appear':
      return {
        title: `The volume of ${safe(fault.container)} did not appear within ${formatDuration(fault.afterMs)}.`,
        ...fromDecoded(decode(fault.output), {
          cause: 'The program runs, and WinFsp lists no volume of it.',
          next: 'See what it wrote, or give it more time with `--wait`.',
        }),
        command: composeCmdLine(['docker', 'logs', safe(fault.container)]),
        ...raw(fault.output),
      };
    case 'unwritten-data':
      return {
        title: `${safe(fault.container)} was not stopped; not done yet: ${formatCount(fault.count, safe(fault.what))}.`,
        cause:
          'Its program still writes to where it keeps its data; what is not done would be lost with the container.',
        next: 'Wait and stop it again, give it more time with `--grace`, or accept the loss.',
        command: composeCmdLine(['siloscope', 'stop', safe(fault.container), '--force']),
      };
    case 'unwritten-left':
      return {
        title: `${safe(fault.container)} has ended and was not removed: ${fault.count === undefined ? 'it may hold what was not written' : `it holds ${formatCount(fault.count, 'file')} not written`}.`,
        cause: 'It ended before its program could write all there was; what it holds would go with it.',
        next: `Copy it out first (\`siloscope unwritten ${safe(fault.container)} --out FILE.zip\`), or accept the loss.`,
        command: composeCmdLine(['siloscope', 'stop', safe(fault.container), '--force']),
      };
    case 'unwritten-kept': {
      const [first = fault.container] = fault.kept;
      return {
        title: `${safe(fault.container)} is not launched again: ${formatCount(fault.kept.length, 'ended container')} of it may hold what was not written.`,
        cause: `They are kept: ${formatList(fault.kept.map(safe))}. Which of them may go is for you to decide.`,
        next: 'Copy out of them what you need, then remove at least one: it goes on by itself.',
        command: composeCmdLine([
          'siloscope',
          'unwritten',
          safe(first),
          '--out',
          `${safe(fault.container)}.zip`,
          '--remove',
        ]),
      };
    }
    case 'volume-not-as-planned':
      return {
        title: `${safe(fault.container)} mounted a ${fault.found} volume where a ${fault.planned} volume was planned.`,
        cause: 'Its program read its command line in another way than Siloscope does.',
        next: 'Look at what the program says, and change its command line by hand.',
      };
    case 'still-mounted':
      return {
        title: `${safe(fault.container)} still has ${formatList(fault.volumes.map(safe))} mounted.`,
        cause: 'It was asked to end and its volume did not go away; what it has not written yet would be lost.',
        next: 'Wait and ask again, or kill it and accept the loss.',
        command: composeCmdLine(['siloscope', 'stop', safe(fault.container), '--force']),
      };
    case 'launch-against-policy': {
      const twin = recogniseFileSystem(fault.command)?.program;
      const mountPoint = fault.mountPoint === undefined ? [] : ['--mount-point', safe(fault.mountPoint)];
      return {
        title: `The guard refuses to launch "${safe(fault.name)}": it ${fault.kind === undefined ? 'may' : 'would'} violate the policy "${safe(fault.policy)}".`,
        cause: safe(fault.summary),
        next:
          fault.kind === undefined
            ? 'Launch it by a profile of your own that says which kind of volume its program makes; or let a rule of the policy allow it.'
            : 'Launch it as a disk, which stays in its silo; or let a rule of the policy allow the prefix, or accept it there until a date.',
        ...(fault.kind === 'disk' || twin === undefined || twin === 'winfsp-fuse' || twin === 'winfsp-native'
          ? {}
          : { command: composeCmdLine(['siloscope', 'launch', `${twin}-disk`, ...mountPoint]) }),
      };
    }
    case 'policy-violated':
      return {
        title:
          fault.violations === 1 ? 'The policy is violated once.' : `The policy is violated ${fault.violations} times.`,
        cause: 'A volume can be seen, or cannot be shown not to be seen, from where the policy forbids it.',
        next: 'Relaunch what leaks as a disk, or allow it in the policy.',
      };
    case 'cancelled':
      return { title: 'Cancelled.', cause: '', next: 'Nothing; what was begun has been undone.' };
    case 'bug':
      return {
        title: 'Siloscope made a mistake.',
        cause: sentence(fault.message),
        next: 'Please report it, with what you did.',
        command: 'siloscope report',
        ...raw(fault.stack ?? ''),
      };
    default:
      return assertNever(fault, 'fault');
  }
}

/** What a program printed says more than the code that it ended with. */
function decodeEnd(exitCode: number, output: string): Decoded | undefined {
  return decode(output) ?? decodeExitCode(exitCode);
}

function fromDecoded(
  decoded: Decoded | undefined,
  otherwise: Pick<FaultWords, 'cause' | 'next'>,
): Pick<FaultWords, 'cause' | 'next'> {
  if (decoded === undefined) return otherwise;
  const code = decoded.code === undefined ? '' : ` (${safe(decoded.code)})`;
  return { cause: `${safe(decoded.cause)}${code}`, next: safe(decoded.fix) };
}

function wordIssues(issues: readonly { readonly path: string; readonly message: string }[]): string {
  return issues
    .map(({ path, message }) => (path === '' ? safe(message) : `${safe(path)}: ${safe(message)}`))
    .join('; ');
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

function raw(text: string): { readonly raw?: string } {
  const lines = escapeUntrustedLines(text.trim(), LONGEST_RAW_LINES);
  return lines.join('') === '' ? {} : { raw: lines.join('\n') };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sentence(text: string): string {
  const shown = capital(safe(text.trim()));
  return shown === '' || /[.!?…]$/.test(shown) ? shown : `${shown}.`;
}

function wordBuildPlace({ step, steps, line, instruction }: Extract<Fault, { code: 'build-failed' }>): string {
  const places = [
    ...(step === undefined ? [] : [`step ${step} of ${steps ?? '?'}`]),
    ...(line === undefined ? [] : [`line ${line} of the Dockerfile`]),
  ];
  if (places.length === 0) return 'The engine did not begin, and says why.';
  return `It failed at ${places.join(', ')}${instruction === undefined ? '' : `: ${safe(instruction)}`}.`;
}
