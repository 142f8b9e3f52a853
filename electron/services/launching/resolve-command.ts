import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import { type FileSystemCommand, recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import { fillEnvironment, fillProfile, secretArguments } from '../../../shared/domain/fill-profile.ts';
import type { LaunchInput } from '../../../shared/domain/launch.ts';
import { judgeMountPoint, type MountPointVerdict } from '../../../shared/domain/mount-point.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { MASK } from '../../../shared/domain/secrets.ts';
import { parseUncPrefix } from '../../../shared/domain/unc-prefix.ts';
import type { VolumeKind } from '../../../shared/domain/volume.ts';
import { escapeUntrusted } from '../../../shared/wording/plain-text.ts';
import { wordMountPointRefusal, wordUncPrefixRefusal } from '../../../shared/wording/word-refusal.ts';

/** The command line of a launch, filled in and read back. */
export interface ResolvedCommand {
  readonly profile: Profile | undefined;
  readonly argv: readonly string[];
  /** Absent when neither the command line nor a profile tells. */
  readonly kind: VolumeKind | undefined;
  /** Absent when nobody here knows the program: only its volume will tell. */
  readonly recognised: FileSystemCommand | undefined;
  readonly mountPoint?: string;
  readonly uncPrefix?: string;
  /** Variables that the profile brings. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of the secrets that are handed over. */
  readonly given: ReadonlySet<string>;
  /** Which arguments hold one: a mask stands there. */
  readonly secretArguments: readonly number[];
}

type Issue = Extract<Fault, { code: 'invalid-input' }>['issues'][number];

const refuse = (...issues: readonly Issue[]): FaultError =>
  new FaultError({ code: 'invalid-input', issues: [...issues] });

/**
 * Finds the profile or takes the given command, fills in the placeholders, and judges mount point and prefix.
 * `uncPrefix` stands in for the input's own, for a second try with another prefix; `given`: secrets that are handed over.
 */
export function resolveCommand(
  input: LaunchInput,
  profiles: readonly Profile[],
  winfsp: string,
  uncPrefix: string | undefined = input.uncPrefix,
  given: ReadonlySet<string> = new Set(),
): ResolvedCommand {
  const profile = chooseProfile(input, profiles);
  const template: Profile = profile ?? customProfile(input.command ?? []);
  const issues: Issue[] = [];
  for (const [name, given] of [
    ['mountPoint', input.mountPoint],
    ['uncPrefix', uncPrefix],
  ] as const) {
    if (given !== undefined && !template.command.some(part => part.includes(`{${name}}`))) {
      issues.push({
        path: name,
        message:
          profile === undefined
            ? `The command has no {${name}} to put it in.`
            : `The profile ${profile.name} takes none.`,
      });
    }
  }
  if (profile === undefined) issues.push(...maskedParts(input));
  if (issues.length > 0) throw refuse(...issues);

  const prefix =
    uncPrefix ??
    (template.command.some(part => part.includes('{uncPrefix}')) ? template.defaults.uncPrefix : undefined);
  if (prefix !== undefined) requirePrefix(prefix);
  const filling = { winfsp, mountPoint: input.mountPoint, uncPrefix, given };
  const argv = fillProfile(template, filling);
  const recognised = recogniseFileSystem(argv);
  const kind = recognised?.kind ?? profile?.kind;
  const shownPrefix = prefix ?? recognised?.uncPrefix ?? rawPrefix(argv);
  if (shownPrefix !== undefined) requirePrefix(shownPrefix);
  const mountPoint = input.mountPoint ?? recognised?.mountPoint ?? profile?.defaults.mountPoint;
  if (mountPoint !== undefined) requireMountPoint(mountPoint, kind ?? 'disk', input.binds);
  return {
    profile,
    argv,
    kind,
    recognised,
    environment: fillEnvironment(template, filling),
    given,
    secretArguments: secretArguments(template, filling),
    ...(mountPoint === undefined ? {} : { mountPoint }),
    ...(shownPrefix === undefined || kind !== 'network' ? {} : { uncPrefix: shownPrefix }),
  };
}

function chooseProfile(input: LaunchInput, profiles: readonly Profile[]): Profile | undefined {
  if ((input.profile === undefined) === (input.command === undefined)) {
    throw refuse({ path: 'profile', message: 'Give either a profile or a command of your own, and not both.' });
  }
  if (input.profile === undefined) return undefined;
  const found = profiles.find(profile => profile.name === input.profile);
  if (found !== undefined) return found;
  throw new FaultError({
    code: 'not-found',
    what: 'profile',
    name: input.profile,
    known: profiles.map(profile => profile.name),
  });
}

function customProfile(command: readonly string[]): Profile {
  return {
    name: 'custom',
    title: 'A command of your own',
    description: '',
    command: [...command],
    kind: 'disk',
    defaults: {},
  };
}

/** A copied command shows a mask where a secret was: run as it is, the mask would be taken for the secret. */
function maskedParts({ command = [], environment }: LaunchInput): readonly Issue[] {
  const message = 'A secret was masked here. Give its value, or launch the profile that has it.';
  return [
    ...command.flatMap((part, at) => (part.includes(MASK) ? [{ path: `command.${at}`, message }] : [])),
    ...Object.entries(environment).flatMap(([name, value]) =>
      value === MASK ? [{ path: `environment.${name}`, message }] : [],
    ),
  ];
}

/** The value after memfs' `-u`, even a malformed one, which a recognised command leaves out. */
function rawPrefix(argv: readonly string[]): string | undefined {
  const at = /memfs[^\\/]*$/i.test(argv[0] ?? '') ? argv.indexOf('-u') : -1;
  return at < 0 ? undefined : argv[at + 1];
}

function requirePrefix(text: string): void {
  const verdict = parseUncPrefix(text);
  if (verdict.ok) return;
  throw refuse({
    path: 'uncPrefix',
    message: refusalOf(text, wordUncPrefixRefusal(verdict.because), verdict.proposal),
  });
}

const SAYS_TAKEN: ReadonlySet<string> = new Set(['system-drive', 'letter-taken']);

function requireMountPoint(text: string, kind: VolumeKind, binds: readonly string[]): void {
  const letters = binds.flatMap(bind => /:([A-Za-z]:)\\?(?::r[ow])?$/i.exec(bind)?.[1] ?? []);
  const verdict: MountPointVerdict = judgeMountPoint(text, kind, letters);
  if (verdict.ok) return;
  if (SAYS_TAKEN.has(verdict.because)) {
    const by = verdict.because === 'system-drive' ? "the container's own system drive" : 'a bind of this launch';
    throw new FaultError({ code: 'mount-point-in-use', mountPoint: text, by });
  }
  throw refuse({
    path: 'mountPoint',
    message: refusalOf(text, wordMountPointRefusal(verdict.because), verdict.proposal),
  });
}

function refusalOf(text: string, reason: string, proposal: string | undefined): string {
  const meant = proposal === undefined ? '' : ` Was ${proposal} meant?`;
  return `${escapeUntrusted(text, 80)}: ${reason}${meant}`;
}
