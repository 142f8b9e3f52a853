/**
 * Whether a command line has its program take writes which it passes on later: rclone with a cache of writes, JuiceFS with
 * `--writeback`. Where it stands (in a shell's one argument, for one) does not matter; `variables`, the names that are set
 * in its environment, count where they are known; configuration files are not looked into. Total. Ground: rclone docs,
 * `--vfs-cache-mode`; JuiceFS docs, `--writeback`.
 */
export function keepsWrites(argv: readonly string[], variables: readonly string[] = []): boolean {
  const text = argv.join(' ');
  return (
    /(?:^|[\\/"' ])rclone(?:\.exe)?\b.*--vfs-cache-mode[= ]"?(?:writes|full|minimal)\b/is.test(text) ||
    (/(?:^|[\\/"' ])rclone(?:\.exe)?\b/i.test(text) && variables.some(isOfACache)) ||
    /(?:^|[\\/"' ])juicefs(?:\.exe)?\b.*\s--?writeback(?![-=\w])/is.test(text)
  );
}

/**
 * Whether a command line is that of a program which has nothing on its disk that it has yet to write: `rclone mount`
 * itself, without a cache of writes. What is cut off then are files that are open for writing, of which no copy is here.
 * False wherever anything leaves it open, such as a shell, or a variable of the environment. Total. Ground: rclone docs,
 * `--vfs-cache-mode off`, which is the default: nothing is cached on disk, and an upload that fails can't be retried.
 */
export function writesThrough(argv: readonly string[], variables: readonly string[]): boolean {
  const [program = '', ...args] = argv;
  if (!/^(?:.*[\\/])?rclone(?:\.exe)?$/is.test(program) || !args.some(arg => /^c?mount2?$/.test(arg))) return false;
  if (variables.some(isOfACache)) return false;
  return args.every((arg, at) => {
    const [flag, value = args[at + 1]] = arg.split('=', 2);
    return flag === '--vfs-cache-mode' ? value === 'off' : flag !== '--cache-tmp-upload-path';
  });
}

/** What rclone reads flags from, of the cache of writes and of the older remote that holds uploads back. */
const isOfACache = (variable: string): boolean => /^RCLONE_(?:VFS_CACHE_MODE|CACHE_TMP_UPLOAD_PATH)$/i.test(variable);
