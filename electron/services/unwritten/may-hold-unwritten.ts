import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import { keepsWrites, writesThrough } from '../../../shared/domain/keeps-writes.ts';
import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { UnwrittenPlace } from '../../../shared/domain/unwritten-place.ts';

/** What is known of a container's file system. */
export interface Described {
  readonly labels: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
  /** Names in its environment; absent: nobody has looked. */
  readonly variables?: readonly string[];
}

/** The profile that it was launched by. Undefined: by none, or by one that is not known any more. */
export function profileOf({ labels }: Pick<Described, 'labels'>, profiles: readonly Profile[]): Profile | undefined {
  return profiles.find(({ name }) => name === labels[PROFILE_LABEL]);
}

/** Whether its files that were open for writing may be cut off where it was ended, and there is no copy of them to look for. */
export function mayBeCut({ argv, variables }: Described): boolean {
  return variables !== undefined && writesThrough(argv, variables);
}

/**
 * Whether a file system may hold, in its container, what it has not written to where it keeps it: its profile has it
 * waited for, or its own command line says so where no profile tells. A profile that is not known any more might have had.
 * A command line that is known to write through has nothing, whatever its profile can wait for.
 */
export function mayHoldUnwritten(described: Described, profiles: readonly Profile[]): boolean {
  if (mayBeCut(described)) return false;
  const name = described.labels[PROFILE_LABEL];
  if (name === undefined || name === 'custom') return keepsWrites(described.argv, described.variables);
  const profile = profileOf(described, profiles);
  if (profile === undefined || profile.stop?.some(({ kind }) => kind === 'wait') === true) return true;
  // Its author has nothing waited for; its command line may have a cache of writes all the same.
  return keepsWrites(described.argv, described.variables);
}

/**
 * Where it has that: where its command line puts rclone's cache, else as its profile says, else as a built-in profile of the
 * same program does. Undefined where it was told otherwise in a way that is not followed here.
 */
export function unwrittenPlace(described: Described, profiles: readonly Profile[]): UnwrittenPlace | undefined {
  const { argv, variables = [] } = described;
  const own = profileOf(described, profiles)?.unwritten;
  const program = recogniseFileSystem(argv)?.program;
  const usual = BUILT_IN_PROFILES.find(
    ({ unwritten, command }) => unwritten !== undefined && recogniseFileSystem(command)?.program === program,
  )?.unwritten;
  const told = program === 'rclone' ? cacheDirectory(argv) : undefined;
  if (told !== undefined && usual !== undefined) return moved(usual, told);
  if (own !== undefined) return own;
  const isElsewhere = argv.some(part => part.includes('--cache-dir')) || variables.some(isCacheDirectory);
  return program === undefined || isElsewhere ? undefined : usual;
}

const isCacheDirectory = (variable: string): boolean => /^RCLONE_CACHE_DIR$/i.test(variable);

/** The last `--cache-dir` among the arguments; a shell's text is not looked into. */
function cacheDirectory(argv: readonly string[]): string | undefined {
  const at = argv.findLastIndex(argument => /^--cache-dir(?:=|$)/.test(argument));
  return at < 0 ? undefined : (/^--cache-dir=(.*)$/s.exec(argv[at] ?? '')?.[1] ?? argv[at + 1]);
}

/** The same directories below another one. Ground: rclone vfs/vfscache/cache.go, `vfs` and `vfsMeta` below `--cache-dir`. */
function moved({ directory, index }: UnwrittenPlace, told: string): UnwrittenPlace | undefined {
  const base = told.replaceAll('/', '\\').replace(/\\+$/, '');
  const below = (place: string): string => `${base}\\${place.slice(place.lastIndexOf('\\') + 1)}`;
  const wanted = {
    directory: below(directory),
    ...(index === undefined ? {} : { index: { ...index, directory: below(index.directory) } }),
  };
  const place = UnwrittenPlace.safeParse(wanted);
  return place.success ? place.data : undefined;
}
