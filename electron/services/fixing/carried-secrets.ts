import { FaultError } from '../../../shared/contract/fault.ts';
import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import { commandTemplate } from '../../../shared/domain/fill-profile.ts';
import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { secretFile } from '../../../shared/domain/secret-delivery.ts';
import {
  SECRET_ARGUMENTS_LABEL,
  SECRET_FILES_LABEL,
  secretArgumentsLabel,
  secretsOfLabels,
} from '../../../shared/domain/secret-labels.ts';
import { MOUNT_POINT_LABEL } from '../launching/own-labels.ts';

/** How a container that was given secrets is made again: by its profile, which says how each of them gets there. */
export interface CarriedSecrets {
  /** Its argv, with placeholders where values of secrets stand. */
  readonly argv: readonly string[];
  /** The secrets that it was given, none of them optional any more. */
  readonly needs: NonNullable<Profile['secrets']>;
  /** Its profile with another command line, which names what the secrets brought along already. */
  profileWith(command: readonly string[]): Profile;
}

interface Given {
  readonly name: string;
  readonly argv: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Reads from its labels which secrets a container was given, and from its profile how. No value is taken out of the
 * container: what is kept is delivered anew. Undefined where it was given none. Rejects with `invalid-input` where the
 * profile is not known here, or hands them over in another way by now.
 */
export function carriedSecrets(
  { name, argv, labels }: Given,
  profiles: readonly Profile[],
): CarriedSecrets | undefined {
  const given = secretsOfLabels(labels);
  if (given.size === 0) return undefined;
  const label = labels[PROFILE_LABEL] ?? '';
  const profile = profiles.find(one => one.name === label);
  if (profile === undefined) {
    throw refuse(
      `${name} was given secrets by the profile ${label}, which is not known here: how they get there is not.`,
    );
  }
  const needs = (profile.secrets ?? []).filter(need => given.has(need.name));
  const places = placesOf(argv, profile, given, labels);
  const files = needs.flatMap(need => secretFile(need) ?? []).join('|');
  if (needs.length !== given.size || places === undefined || files !== (labels[SECRET_FILES_LABEL] ?? '')) {
    throw refuse(`${name} was given secrets by the profile ${label}, which hands them over in another way by now.`);
  }
  const own = needs.map(need => ({ ...need, arguments: [], optional: false }));
  const mountPoint = labels[MOUNT_POINT_LABEL];
  return {
    argv: argv.map((part, at) => places.get(at) ?? part),
    needs: own,
    profileWith: command => ({
      ...profile,
      command: [...command],
      kind: recogniseFileSystem(command)?.kind ?? 'disk',
      defaults: mountPoint === undefined ? {} : { mountPoint },
      secrets: own,
    }),
  };
}

/** Which arguments hold values of secrets, and the parts of the profile's command that put them there: in the same order. */
function placesOf(
  argv: readonly string[],
  profile: Profile,
  given: ReadonlySet<string>,
  labels: Given['labels'],
): ReadonlyMap<number, string> | undefined {
  const names = (profile.secrets ?? []).flatMap(({ name, deliver }) => (deliver.by === 'argument' ? [name] : []));
  const parts = commandTemplate(profile, { winfsp: '', given }).filter(part =>
    names.some(one => part.includes(`{secret:${one}}`)),
  );
  const told = labels[SECRET_ARGUMENTS_LABEL];
  const indices = told === undefined ? [] : (told.split(':')[1] ?? '').split(',').map(Number);
  const isFit =
    (told === undefined || told === secretArgumentsLabel(argv.length, indices)) &&
    indices.length === parts.length &&
    // What stood for these is not known any more.
    !parts.some(part => /\{(?:mountPoint|uncPrefix)\}/.test(part));
  return isFit ? new Map(indices.map((index, at) => [index, parts[at] ?? ''])) : undefined;
}

function refuse(why: string): FaultError {
  const message = `${why} Nothing was stopped. Launch it anew by a profile that has them, and stop this one then.`;
  return new FaultError({ code: 'invalid-input', issues: [{ path: 'fix', message }] });
}
