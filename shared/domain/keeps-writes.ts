/**
 * Whether a command line has its program take writes which it passes on later: rclone with a cache of writes, JuiceFS with
 * `--writeback`. Where it stands (in a shell's one argument, for one) does not matter; variables and configuration files
 * are not looked into. Total. Ground: rclone docs, `--vfs-cache-mode`; JuiceFS docs, `--writeback`.
 */
export function keepsWrites(argv: readonly string[]): boolean {
  const text = argv.join(' ');
  return (
    /(?:^|[\\/"' ])rclone(?:\.exe)?\b.*--vfs-cache-mode[= ]"?(?:writes|full|minimal)\b/is.test(text) ||
    /(?:^|[\\/"' ])juicefs(?:\.exe)?\b.*\s--?writeback(?![-=\w])/is.test(text)
  );
}
