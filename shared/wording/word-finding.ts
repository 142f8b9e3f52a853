import { assertNever } from '../base/assert-never.ts';
import { composeCmdLine } from '../domain/cmd-line.ts';
import { isPredicted } from '../domain/evidence-ranks.ts';
import type { FileSystemCommand, KindBecause } from '../domain/file-system-command.ts';
import type { FindingFact, ServerSource } from '../domain/findings.ts';
import type { Fix } from '../domain/fix.ts';
import { findingId } from '../domain/fixes.ts';
import type { Finding } from '../domain/inspection.ts';
import type { Namespace, NamespaceId } from '../domain/namespace.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import type { Alike } from '../domain/visibility-row.ts';
import { formatList } from './amounts.ts';
import { namespaceNames } from './namespace-names.ts';
import { escapeUntrusted } from './plain-text.ts';
import { wordEvidence } from './word-evidence.ts';
import { wordProgram } from './word-refusal.ts';
import { tellsUncName, wordSights, wordUncName } from './word-sight.ts';

/** More namespaces than that are counted. */
const MOST_NAMES = 3;

type Words = Pick<Finding, 'summary' | 'fix'> & { readonly command?: string };

/** Findings in words, ready for an inspection. */
export function wordFindings(
  facts: readonly FindingFact[],
  namespaces: readonly Namespace[],
  fixes: (fact: FindingFact) => Fix[] = () => [],
): Finding[] {
  const name = namespaceNames(namespaces);
  return facts.map(fact => {
    const { code, severity, volumes, namespaces: where } = fact;
    return {
      id: findingId(fact, namespaces),
      code,
      severity,
      volumes: [...volumes],
      namespaces: [...where],
      ...wordFinding(fact, name),
      fixes: fixes(fact),
    };
  });
}

/** What a finding means for a person who has never heard of MUP, what to do, and the command that does it. */
export function wordFinding(fact: FindingFact, name: (id: NamespaceId) => string): Words {
  // Only the first few are named, so only they are looked up.
  const names = (ids: readonly NamespaceId[], count = ids.length): string =>
    formatList(ids.slice(0, MOST_NAMES).map(name), MOST_NAMES, count);
  switch (fact.code) {
    case 'unc-leak':
      return wordLeak(fact, names);
    case 'class-collision':
      return {
        summary: `${capital(names(fact.namespaces))} use UNC names that begin with \\\\${safe(fact.class)}. ${
          fact.answered === undefined
            ? 'Only one of them is expected to get the whole beginning; the others are then not reached by their UNC name, perhaps not even from inside (inferred, not proven).'
            : `The name of ${name(fact.answered.namespace)} was seen to lead there (${wordEvidence(fact.answered.evidence)}); the others are not expected to be reached by theirs (inferred).`
        }${fact.nested === undefined ? '' : ` ${safe(uncPath(fact.nested.inner))} lies inside ${safe(uncPath(fact.nested.outer))}: who opens it may read and write in a folder of that volume (inferred, not proven).`}`,
        fix: 'Give each a first part of its own.',
        ...relaunch(fact),
      };
    case 'prefix-collision':
      return {
        summary: `${capital(names(fact.namespaces))} have the same UNC name ${safe(uncPath(fact.uncPrefix))}. ${
          fact.answered === undefined
            ? "Only one of them is expected to answer, from everywhere; who opens the name may read and write the other's files (inferred, not proven)."
            : `It was seen to lead to ${name(fact.answered.namespace)} (${wordEvidence(fact.answered.evidence)}); who means another of them is expected to read and write files there.`
        }`,
        fix: 'Relaunch all but one with another first part.',
        ...relaunch(fact),
      };
    case 'shadows-server':
      return {
        summary: `A file system in ${names(fact.namespaces)} uses the name of the real server \\\\${safe(fact.server)}${knownBy(fact.source)}. While it is mounted it can hide all shares of that server, or the server hides it (inferred, not proven).`,
        fix: 'Relaunch it under a name that no server has.',
        ...relaunch(fact),
      };
    case 'ghost-mount-point':
      return {
        summary: `${safe(fact.mountPoint)} on ${names(fact.namespaces)}${inSessions(fact.sessions)} leads to a volume that is gone (${safe(fact.target)}): mostly its file system ended without cleaning up.`,
        fix: 'Sign out and in again, or restart the container: a drive letter ends with its session. Until then the letter is taken.',
      };
    case 'fsd-stopped':
      return fact.fsd.state === 'not-installed'
        ? {
            summary:
              'WinFsp is not installed on the host. No WinFsp file system can run, on the host or in a container.',
            fix: 'Install it on the host.',
            command: 'winget install WinFsp.WinFsp',
          }
        : {
            summary: `WinFsp's kernel driver${fact.fsd.service === undefined ? '' : ` ${safe(fact.fsd.service)}`} is ${fact.fsd.state}. Until it runs, no file system can start in any container, and containers cannot start it themselves; a launch by Siloscope starts it first.`,
            fix: 'Start it on the host; no elevation is needed.',
            command: 'siloscope fsd start',
          };
    case 'hyperv-no-winfsp':
      return {
        summary:
          fact.program === undefined
            ? `${capital(names(fact.namespaces))} has a kernel of its own. Its namespace is not on this host; WinFsp supports no volume in it, and none is expected to be seen from it (inferred).`
            : `${capital(names(fact.namespaces))} tries to run ${wordProgram(fact.program)} under Hyper-V isolation. It has a kernel of its own, where WinFsp's driver is not: no volume will appear.`,
        fix:
          fact.program === undefined
            ? 'Nothing, unless a WinFsp file system is meant to run in it: that needs process isolation.'
            : 'Run it under process isolation.',
        ...(twin(fact.program) === undefined
          ? {}
          : { command: composeCmdLine(['siloscope', 'launch', twin(fact.program) ?? '']) }),
      };
    case 'leaks-by-default':
      return {
        summary:
          fact.registered !== undefined
            ? registeredSo(fact, fact.registered)
            : `${capital(wordProgram(fact.program))} in ${names([fact.home])} makes itself a network file system ${byDefault(fact.because)}. Nobody asked for that, and yet ${fact.uncPrefix === undefined ? 'it' : safe(uncPath(fact.uncPrefix))} has a name that others can be expected to open; from where it is seen is told by the matrix, with its evidence.`,
        fix:
          fact.registered === undefined
            ? 'Tell it to be a disk, or accept that it is seen.'
            : 'Mount it by its own command line, as a disk, instead of by `net use`; or accept that it is seen.',
        ...(twin(fact.program) === undefined
          ? {}
          : { command: composeCmdLine(['siloscope', 'launch', twin(fact.program) ?? '']) }),
      };
    case 'unmanaged-file-system':
      return {
        summary:
          fact.namespaces.length === 1
            ? `${capital(names(fact.namespaces))} runs ${programs(fact.programs)} and was not started by Siloscope. It is inspected just the same.`
            : `${fact.namespaces.length} containers run ${programs(fact.programs)} and were not started by Siloscope: ${names(fact.namespaces)}. They are inspected just the same.`,
        fix: 'Nothing, if you know them.',
      };
    default:
      return assertNever(fact, 'finding');
  }
}

/** What told of a server. */
function knownBy(source: ServerSource | undefined): string {
  switch (source) {
    case undefined:
      return '';
    case 'net-use':
      return ' (this host is connected to it)';
    case 'kept-drive':
      return ' (a network drive of this user leads to it)';
    case 'logon-server':
      return ' (it signed this user in)';
    case 'domain':
      return " (this user's domain)";
    default:
      return assertNever(source, 'source of a server');
  }
}

function inSessions(sessions: readonly string[] = []): string {
  const own = sessions.filter(session => session !== 'global');
  return own.length === 0 ? '' : ` (logon session ${formatList(own.map(safe))})`;
}

type LeaksByDefault = Extract<FindingFact, { readonly code: 'leaks-by-default' }>;

/** Of a volume of the host: nobody saw its program start, so what is registered is told, and that it is no more than that. */
function registeredSo(
  { uncPrefix }: LeaksByDefault,
  { name, executable }: NonNullable<LeaksByDefault['registered']>,
): string {
  const unc = uncPrefix === undefined ? 'Its name' : safe(uncPath(uncPrefix));
  return `${unc} is of the class ${safe(name)}, for which ${safe(executable)} is registered with WinFsp's Launcher: started by \`net use\`, it is a network file system whether anybody asked for that or not. That the Launcher started it is inferred from the registry; that it can be reached from outside is told by the matrix, with its evidence.`;
}

function byDefault(because: KindBecause): string {
  if (because === 'service-form') return 'when it is started in its service form';
  return because === 'launcher-form' ? "when WinFsp's launcher starts it" : 'unless it is told not to';
}

/** Whether somebody looked: what only a rule says is expected, not found. */
function isTested(seen: readonly Alike[]): boolean {
  return seen.some(({ look: { evidence } }) => !isPredicted(evidence));
}

function wordLeak(
  fact: Extract<FindingFact, { code: 'unc-leak' }>,
  names: (ids: readonly NamespaceId[], count?: number) => string,
): Words {
  const what = fact.uncPrefix === undefined ? 'A volume' : `The volume ${safe(uncPath(fact.uncPrefix))}`;
  const { uncPrefix, uncName, seen } = fact;
  const byName = uncPrefix === undefined || tellsUncName(seen, uncName) ? '' : ` ${wordUncName(uncPrefix, uncName)}`;
  const profile = twin(fact.program);
  const mountPoint = fact.mountPoint === undefined ? [] : ['--mount-point', safe(fact.mountPoint)];
  return {
    summary: `${what} of ${names([fact.home])} ${isTested(seen) ? 'leaks' : 'is expected to leak'}: ${wordSights(seen, names)}. It is mounted as a network file system: names of those go through the MUP, which by WinFsp's page containers share with the host.${byName}`,
    fix: `If that is not meant, mount it as a disk: by the rule a disk stays in ${names([fact.home])}.`,
    ...(profile === undefined ? {} : { command: composeCmdLine(['siloscope', 'launch', profile, ...mountPoint]) }),
  };
}

function relaunch({ program, proposal }: Extract<FindingFact, { readonly proposal: string }>): {
  readonly command?: string;
} {
  if (program === undefined || isUnprofiled(program)) return {};
  return { command: composeCmdLine(['siloscope', 'launch', `${program}-network`, '--unc-prefix', safe(proposal)]) };
}

function programs(names: readonly string[]): string {
  return names.length === 0 ? 'file systems' : formatList(names.map(safe));
}

/** No profile comes along for it. */
function isUnprofiled(program: FileSystemCommand['program']): boolean {
  return program === 'winfsp-fuse' || program === 'winfsp-native';
}

/** The built-in profile that does the same privately. */
function twin(program: FileSystemCommand['program'] | undefined): string | undefined {
  return program === undefined || isUnprofiled(program) ? undefined : `${program}-disk`;
}

const safe = (text: string): string => escapeUntrusted(text);

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
