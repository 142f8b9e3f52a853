import { assertNever } from '../base/assert-never.ts';
import type { Fault } from '../contract/fault.ts';
import { composeCmdLine } from '../domain/cmd-line.ts';
import { statusText } from '../domain/error-decoder.ts';
import { recogniseFileSystem } from '../domain/file-system-command.ts';
import { MORE_LOG } from '../domain/known-error.ts';
import { formatDuration, formatList } from './amounts.ts';
import { decodeEnd, type FaultWords, fromDecoded, raw, safe, sentence } from './fault-words.ts';
import { wordEngineFault } from './word-engine-fault.ts';
import { wordFileSystemFault } from './word-file-system-fault.ts';
import { wordHostFault } from './word-host-fault.ts';
import { wordPlaceFault } from './word-place-fault.ts';
import { wordRightsFault } from './word-rights-fault.ts';
import { wordSshFault } from './word-ssh.ts';

/** So many names that could be meant are listed: all scenarios that come along, say. */
const MOST_NAMED = 20;

/** Of what was asked for, there is none by any name. */
const wordNone = (what: string): string =>
  what === 'container' ? 'No container runs here, and none that has ended is left.' : 'There is none by any name.';

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
      if (fault.what === 'single volume') {
        return {
          title: `Several volumes are called "${safe(fault.name)}".`,
          cause: `There is: ${formatList(known, MOST_NAMED)}.`,
          next: 'Name the one that you mean by its device.',
        };
      }
      const what = safe(fault.what);
      return {
        title: `There is no ${what} "${safe(fault.name)}".`,
        cause:
          known.length > 0
            ? `There is: ${formatList(known, MOST_NAMED)}.`
            : fault.known === undefined
              ? ''
              : wordNone(what),
        next:
          known.length > 0
            ? 'Take one of these.'
            : fault.known === undefined
              ? `Check the name of the ${what}.`
              : 'See whether this is the host that you mean.',
      };
    }
    case 'malformed-scenario':
      return {
        title: `The scenario ${safe(fault.file)} is malformed.`,
        cause: wordIssues(fault.issues),
        next: 'Correct it; an editor helps when the file names its "$schema" (assets/scenarios/scenario.schema.json).',
      };
    case 'winfsp-not-installed':
    case 'winfsp-too-old':
    case 'winfsp-version-unknown':
    case 'fsd-not-running':
    case 'fsd-start-failed':
    case 'engine-wrong-mode':
    case 'base-image-incompatible':
    case 'image-not-built':
    case 'isolation-unsupported':
    case 'disk-full':
      return wordHostFault(fault);
    case 'place-unusable':
      return wordPlaceFault(fault);
    case 'secrets-missing':
    case 'secret-store-unavailable':
    case 'secret-locked':
    case 'elevation-unavailable':
    case 'elevation-lost':
    case 'elevation-refused':
    case 'access-denied':
      return wordRightsFault(fault);
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
    case 'cannot-listen':
      return {
        title: `Nothing can be served at ${safe(fault.address)}.`,
        cause:
          fault.because === 'taken'
            ? 'Another program has that address: perhaps a Siloscope, or a Docker Engine, that still runs.'
            : fault.because === 'denied'
              ? 'This user may not serve there; ports below 1024 often need an administrator.'
              : '',
        next: 'Choose another port, or end what has it.',
        ...raw(fault.raw),
      };
    case 'host-key-unknown':
    case 'host-key-refused':
    case 'ssh-config-refused':
      return wordSshFault(fault);
    case 'engine-unreachable':
    case 'engine-refused':
    case 'pull-failed':
    case 'build-failed':
      return wordEngineFault(fault);
    case 'timed-out':
      return {
        title: `No answer: ${safe(fault.what)}.`,
        cause: `It was given up after ${formatDuration(fault.afterMs)}.`,
        next: 'Try again; if it stays so, see whether a file system hangs.',
        command: 'siloscope list',
      };
    case 'mount-point-in-use':
    case 'unc-prefix-in-use':
    case 'name-in-use':
    case 'file-system-ended':
    case 'volume-did-not-appear':
    case 'unwritten-data':
    case 'unwritten-left':
    case 'unwritten-kept':
    case 'volume-not-as-planned':
    case 'still-mounted':
      return wordFileSystemFault(fault);
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
    case 'launch-against-policy': {
      const twin = recogniseFileSystem(fault.command)?.program;
      const mountPoint = fault.mountPoint === undefined ? [] : ['--mount-point', safe(fault.mountPoint)];
      return {
        title: `The guard refuses to launch "${safe(fault.name)}": it ${fault.kind === undefined ? 'may' : 'is expected to'} violate the policy "${safe(fault.policy)}".`,
        cause: safe(fault.summary),
        next:
          fault.kind === undefined
            ? 'Launch it by a profile of your own that says which kind of volume its program makes; or let a rule of the policy allow it.'
            : 'Launch it as a disk, which by the rule stays in its silo; or let a rule of the policy allow the prefix, or accept it there until a date.',
        ...(fault.kind === 'disk' || twin === undefined || twin === 'winfsp-fuse' || twin === 'winfsp-native'
          ? {}
          : { command: composeCmdLine(['siloscope', 'launch', `${twin}-disk`, ...mountPoint]) }),
      };
    }
    case 'policy-violated':
      return {
        title:
          fault.violations === 1 ? 'The policy is violated once.' : `The policy is violated ${fault.violations} times.`,
        cause:
          'A volume is seen, is expected to be seen, or cannot be shown not to be, from where the policy forbids it.',
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

type Issues = readonly { readonly path: string; readonly message: string }[];

/** Each thing that is wrong with what was asked, where there are several: for who has the room to list them. */
export function wordIssueList(fault: Fault): readonly string[] {
  const issues = fault.code === 'invalid-input' || fault.code === 'malformed-scenario' ? fault.issues : [];
  return issues.length < 2 ? [] : eachIssue(issues);
}

const eachIssue = (issues: Issues): string[] =>
  issues.map(({ path, message }) => (path === '' ? safe(message) : `${safe(path)}: ${safe(message)}`));

const wordIssues = (issues: Issues): string => eachIssue(issues).join('; ');
