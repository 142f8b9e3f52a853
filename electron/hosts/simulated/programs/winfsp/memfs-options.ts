/** The command line of memfs, read as wmain reads it. Ground: winfsp tst/memfs/memfs-main.c. */
export interface MemfsOptions {
  readonly debugFlags: number;
  readonly debugLogFile: string | undefined;
  readonly flushAndPurgeOnCleanup: boolean;
  readonly fileSystemName: string | undefined;
  readonly caseInsensitive: boolean;
  readonly mountPoint: string | undefined;
  readonly slowMaxDelay: number;
  readonly maxFileNodes: number;
  readonly slowPercentDelay: number;
  readonly slowRarefyDelay: number;
  readonly rootSddl: string | undefined;
  readonly maxFileSize: number;
  readonly fileInfoTimeout: number;
  readonly volumePrefix: string | undefined;
}

/** `wcstol(w, &end, 0)`: the number when the whole text is one, else what was there. */
function numberOr(text: string, otherwise: number): number {
  const match = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/.exec(text);
  if (match === null) return otherwise;
  const digits = match[2] ?? '0';
  const radix = /^0[xX]/.test(digits) ? 16 : digits.length > 1 && digits.startsWith('0') ? 8 : 10;
  const value = Number.parseInt(radix === 16 ? digits.slice(2) : digits, radix) * (match[1] === '-' ? -1 : 1);
  return Math.max(-0x8000_0000, Math.min(0x7fff_ffff, value));
}

/** The options, or `usage`. Total. `-i` and `-f` overwrite each other, as in the original. */
export function parseMemfsOptions(args: readonly string[]): MemfsOptions | 'usage' {
  const numbers = { d: 0, M: 0, n: 1024, P: 0, R: 0, s: 16 * 1024 * 1024, t: -1 };
  const texts: { D?: string; F?: string; m?: string; S?: string; u?: string } = {};
  let other: 'f' | 'i' | undefined;
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-')) break;
    const letter = arg[1] ?? '';
    if (letter === 'f' || letter === 'i') {
      other = letter;
      continue;
    }
    const value = args[++at];
    if (value === undefined) return 'usage';
    switch (letter) {
      case 'd':
      case 'M':
      case 'n':
      case 'P':
      case 'R':
      case 's':
      case 't':
        numbers[letter] = numberOr(value, numbers[letter]);
        break;
      case 'D':
      case 'F':
      case 'm':
      case 'S':
      case 'u':
        texts[letter] = value;
        break;
      default:
        return 'usage';
    }
  }
  if (at < args.length) return 'usage';
  if ((texts.u ?? '') === '' && texts.m === undefined) return 'usage';
  return {
    debugFlags: numbers.d,
    debugLogFile: texts.D,
    flushAndPurgeOnCleanup: other === 'f',
    fileSystemName: texts.F,
    caseInsensitive: other === 'i',
    mountPoint: texts.m,
    slowMaxDelay: numbers.M,
    maxFileNodes: numbers.n,
    slowPercentDelay: numbers.P,
    slowRarefyDelay: numbers.R,
    rootSddl: texts.S,
    maxFileSize: numbers.s,
    fileInfoTimeout: numbers.t,
    volumePrefix: texts.u,
  };
}

/** The status line that a started memfs prints of itself: options only that can be given again. */
export function describeMemfs(options: MemfsOptions, mountPoint: string | undefined): string {
  const { fileInfoTimeout, maxFileNodes, maxFileSize, rootSddl, volumePrefix = '' } = options;
  return [
    `memfs -t ${fileInfoTimeout} -n ${maxFileNodes} -s ${maxFileSize}`,
    rootSddl === undefined ? '' : ` -S ${rootSddl}`,
    volumePrefix === '' ? '' : ` -u ${volumePrefix}`,
    mountPoint === undefined ? '' : ` -m ${mountPoint}`,
  ].join('');
}

/** The switches with our own words; the letters are the interface. */
export const MEMFS_USAGE = [
  'usage: memfs OPTIONS',
  '',
  'options:',
  '    -d DebugFlags       [which requests to log; -1 for all]',
  '    -D DebugLogFile     [where to log them; - for standard error]',
  '    -i                  [names match in any case]',
  '    -f                  [write back and drop cached data when a file is closed]',
  '    -t FileInfoTimeout  [how long metadata may be cached, in ms]',
  '    -n MaxFileNodes     [files and directories at most]',
  '    -s MaxFileSize      [bytes of one file at most]',
  '    -M MaxDelay         [slow I/O: longest delay, in ms]',
  '    -P PercentDelay     [slow I/O: share of requests that wait]',
  '    -R RarefyDelay      [slow I/O: how rare long delays are]',
  '    -F FileSystemName   [what the volume says it is]',
  '    -S RootSddl         [security of the root]',
  '    -u \\Server\\Share    [UNC prefix, one leading backslash: makes a network volume]',
  '    -m MountPoint       [X: or *; needed without -u]',
  '',
].join('\n');
