import { assertNever } from '../base/assert-never.ts';
import type { Fault } from '../contract/fault.ts';
import { composeCmdLine } from '../domain/cmd-line.ts';
import { decode, statusText } from '../domain/error-decoder.ts';
import { MORE_LOG } from '../domain/known-error.ts';
import { formatCount, formatDuration, formatList } from './amounts.ts';
import { decodeEnd, type FaultWords, fromDecoded, raw, safe } from './fault-words.ts';

type FileSystemFault = Extract<
  Fault,
  {
    code:
      | 'mount-point-in-use'
      | 'unc-prefix-in-use'
      | 'name-in-use'
      | 'file-system-ended'
      | 'volume-did-not-appear'
      | 'unwritten-data'
      | 'unwritten-left'
      | 'unwritten-kept'
      | 'volume-not-as-planned'
      | 'still-mounted';
  }
>;

/** A file system in a container could not be launched, or not ended, as was asked. */
export function wordFileSystemFault(fault: FileSystemFault): FaultWords {
  switch (fault.code) {
    case 'mount-point-in-use':
      return {
        title: `${safe(fault.mountPoint)} is taken.`,
        cause: `It belongs to ${safe(fault.by)}.`,
        next: 'Choose another letter, or * for any free one.',
      };
    case 'unc-prefix-in-use':
      return {
        title: `The UNC prefix ${safe(fault.uncPrefix)} is taken.`,
        cause: `It belongs to ${safe(fault.by)}. WinFsp claims the whole first part of a prefix, and containers share the switchboard for such names with the host (documented by WinFsp).`,
        next: `Take ${safe(fault.proposal)}, which is free.`,
        command: composeCmdLine(['siloscope', 'launch', 'memfs-network', '--unc-prefix', safe(fault.proposal)]),
      };
    case 'name-in-use':
      return {
        title: `The name "${safe(fault.name)}" is taken.`,
        cause: `It belongs to ${safe(fault.by)}.`,
        next: 'Choose another name, or stop that one.',
        command: composeCmdLine(['siloscope', 'stop', safe(fault.name)]),
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
        next: 'Copy out of them what you need, then remove at least one.',
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
    default:
      return assertNever(fault, 'fault');
  }
}
