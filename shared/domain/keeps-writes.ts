/** When a program writes what it has taken to where it keeps it. */
export type Writes =
  /** Later: it has a cache of writes. `by`: the switch or the variable that says so. */
  | { readonly when: 'later'; readonly by: string }
  /** At once. `unless`: its own configuration, which nobody here has read, says otherwise. */
  | { readonly when: 'at-once'; readonly unless?: 'configuration' }
  /** Nothing tells: a shell or a script runs it, it is no program that is known here, or a value is not known. */
  | { readonly when: 'untold' };

/** Variables by name; undefined where only the name is known. */
export type KnownEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Judges by a command line and its environment when a program writes what it takes. Total. Ground: rclone docs,
 * `--vfs-cache-mode` (`off`, the default, caches nothing on disk), environment variables, connection strings, and the
 * `cache` remote's `tmp_upload_path`; JuiceFS docs, `--writeback`, for which it knows no variable and no file.
 */
export function judgeWrites(argv: readonly string[], environment: KnownEnvironment = {}): Writes {
  const [program = '', ...args] = argv;
  const name = /(?:^|[\\/])([^\\/]*?)(?:\.exe)?$/is.exec(program)?.[1]?.toLowerCase();
  if (name === 'rclone') return rcloneWrites(args, environment);
  if (name === 'juicefs') return juicefsWrites(args);
  return insideText(argv.join(' '), environment);
}

/** Whether it writes later, as far as anything says so. `variables`: names that are set in its environment. Total. */
export function keepsWrites(argv: readonly string[], variables: readonly string[] = []): boolean {
  return judgeWrites(argv, namesOnly(variables)).when === 'later';
}

/**
 * Whether a command line is that of `rclone mount` itself, which has nothing on its disk that it has yet to write. What is
 * cut off then are files that are open for writing, of which no copy is here. Total.
 */
export function writesThrough(argv: readonly string[], variables: readonly string[]): boolean {
  const [program = ''] = argv;
  return /^(?:.*[\\/])?rclone(?:\.exe)?$/is.test(program) && judgeWrites(argv, namesOnly(variables)).when === 'at-once';
}

const namesOnly = (variables: readonly string[]): KnownEnvironment =>
  Object.fromEntries(variables.map(name => [name, undefined]));

const MODE = 'vfs-cache-mode';
const UPLOADS = 'cache-tmp-upload-path';
const CACHES = /^(?:minimal|writes|full)$/i;

/** Flags beat variables, the last flag the ones before; pflag takes no short form of these and none that is cut short. */
function rcloneWrites(args: readonly string[], environment: KnownEnvironment): Writes {
  const verb = args.findIndex(arg => /^c?mount2?$/.test(arg));
  if (verb < 0) return { when: 'untold' };
  const held = uploadsHeld(args, environment);
  if (held !== undefined) return { when: 'later', by: held };
  const flag = flagValue(args, MODE);
  const variable = Object.keys(environment).find(name => /^RCLONE_VFS_CACHE_MODE$/i.test(name));
  const mode = flag ?? (variable === undefined ? 'off' : environment[variable]);
  const by = flag === undefined ? (variable ?? MODE) : `--${MODE} ${flag}`;
  // A variable whose value is not known counts as what it may be.
  if (mode === undefined || CACHES.test(mode)) return { when: 'later', by };
  if (mode.toLowerCase() !== 'off') return { when: 'untold' };
  return args.some(arg => isNamedRemote(arg, environment))
    ? { when: 'at-once', unless: 'configuration' }
    : { when: 'at-once' };
}

/** What has the `cache` remote hold uploads back: a flag, a variable, or an option in a connection string. */
function uploadsHeld(args: readonly string[], environment: KnownEnvironment): string | undefined {
  if (flagValue(args, UPLOADS)) return `--${UPLOADS}`;
  if (args.some(arg => /[,:]tmp_upload_path=[^,:]/.test(arg))) return 'tmp_upload_path';
  return Object.entries(environment).find(
    ([name, value]) => /^RCLONE_(?:CONFIG_\w+|CACHE)_TMP_UPLOAD_PATH$/i.test(name) && value !== '',
  )?.[0];
}

/** `remote:path`, of which only a configuration says what it is; not `C:\data`, `:s3:bucket`, or one that variables describe. */
function isNamedRemote(arg: string, environment: KnownEnvironment): boolean {
  const name = /^([\p{L}\p{N}_.+@][\p{L}\p{N}_.+@ -]+):/u.exec(arg)?.[1];
  if (name === undefined || arg.startsWith('-')) return false;
  const type = `RCLONE_CONFIG_${name}_TYPE`.replaceAll('-', '_').toUpperCase();
  return !Object.keys(environment).some(variable => variable.toUpperCase() === type);
}

/** The last value that a flag is given, in either form; empty where it has none. */
function flagValue(args: readonly string[], flag: string): string | undefined {
  let found: string | undefined;
  args.forEach((arg, at) => {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name?.replaceAll('_', '-') === flag) found = value ?? args[at + 1] ?? '';
  });
  return found;
}

/** Go's flags: one dash or two, a value only behind `=`, as strconv.ParseBool reads it. */
function juicefsWrites(args: readonly string[]): Writes {
  if (!args.includes('mount')) return { when: 'untold' };
  const last = args.findLast(arg => /^--?writeback(?:=|$)/.test(arg));
  const value = last?.split('=', 2)[1] ?? (last === undefined ? 'false' : 'true');
  return /^(?:1|t|true)$/i.test(value) ? { when: 'later', by: '--writeback' } : { when: 'at-once' };
}

/** A shell's own words: where its text says that there is a cache, there is one; where it does not, nothing is said. */
function insideText(text: string, environment: KnownEnvironment): Writes {
  if (/(?:^|[\\/"' ])rclone(?:\.exe)?\b/i.test(text)) {
    const mode = /--vfs[-_]cache[-_]mode[= ]["']?(?:writes|full|minimal)\b/i.exec(text);
    const set = /\bRCLONE_VFS_CACHE_MODE\s*=\s*["']?(?:writes|full|minimal)\b/i.exec(text);
    const held = /--cache[-_]tmp[-_]upload[-_]path\b|\btmp_upload_path=|\bRCLONE_\w*TMP_UPLOAD_PATH\s*=/i.exec(text);
    const said = mode ?? set ?? held;
    if (said !== null) return { when: 'later', by: said[0] };
    // The text may set the mode itself: only what its environment says is known.
    const known = rcloneWrites(['mount'], environment);
    if (known.when === 'later') return known;
  }
  const writeback = /(?:^|[\\/"' ])juicefs(?:\.exe)?\b.*\s(--?writeback)(?:=(?:1|t|true)\b|(?![-=\w]))/is.exec(text);
  return writeback === null ? { when: 'untold' } : { when: 'later', by: writeback[1] ?? '--writeback' };
}
