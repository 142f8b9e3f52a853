/** What is known of one error of the tools below us. */
export interface KnownError {
  /** As the tools print it. */
  readonly code?: string;
  /** Other names by which it is known, such as that of its Win32 or HRESULT twin. */
  readonly names?: readonly string[];
  /** Status values, unsigned 32 bits, by which it is known. */
  readonly values?: readonly number[];
  /** Texts by which it is known; tried in the order of the catalogue, before any value. */
  readonly texts?: readonly RegExp[];
  readonly cause: string;
  readonly fix: string;
  readonly source: string;
}

/** How programs are made to say more. Flags: winfsp tst/memfs, rclone cmd/mountlib, juicefs cmd/flags.go. */
export const MORE_LOG =
  'Run it again with logging: for memfs `-d -1 -D -`, for rclone `-vv --debug-fuse`, for JuiceFS `--debug`.';
