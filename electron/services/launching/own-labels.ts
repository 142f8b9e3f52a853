import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import { secretFile } from '../../../shared/domain/secret-delivery.ts';
import {
  SECRET_ARGUMENTS_LABEL,
  SECRET_FILES_LABEL,
  SECRETS_LABEL,
  secretArgumentsLabel,
} from '../../../shared/domain/secret-labels.ts';
import type { Preflight } from './preflight.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** Where the volume was asked to be mounted; `*` when its program chose. */
export const MOUNT_POINT_LABEL = 'dev.siloscope.mount-point';
/** The UNC prefix that was asked for. */
export const UNC_PREFIX_LABEL = 'dev.siloscope.unc-prefix';

/** Labels by which a later Siloscope knows its own containers again. */
export function ownLabels({ command }: Preflight): Readonly<Record<string, string>> {
  return {
    [PROFILE_LABEL]: command.profile?.name ?? 'custom',
    ...(command.kind === undefined ? {} : { 'dev.siloscope.kind': command.kind }),
    ...secretLabels(command),
    ...(command.mountPoint === undefined ? {} : { [MOUNT_POINT_LABEL]: command.mountPoint }),
    ...(command.uncPrefix === undefined ? {} : { [UNC_PREFIX_LABEL]: command.uncPrefix }),
  };
}

/** Which secrets it was given, and where they are: never what they are. */
function secretLabels({ profile, given, argv, secretArguments }: ResolvedCommand): Readonly<Record<string, string>> {
  const handed = (profile?.secrets ?? []).filter(({ name }) => given.has(name));
  if (handed.length === 0) return {};
  const files = handed.flatMap(need => secretFile(need) ?? []);
  return {
    [SECRETS_LABEL]: handed.map(({ name }) => name).join(','),
    ...(files.length === 0 ? {} : { [SECRET_FILES_LABEL]: files.join('|') }),
    ...(secretArguments.length === 0
      ? {}
      : { [SECRET_ARGUMENTS_LABEL]: secretArgumentsLabel(argv.length, secretArguments) }),
  };
}
