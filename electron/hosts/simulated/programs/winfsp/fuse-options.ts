/** What WinFsp-FUSE makes of a program's FUSE arguments. Ground: winfsp src/dll/fuse/fuse.c, fsp_fuse_core_opts. */
export interface FuseOptions {
  readonly mountPoint: string | undefined;
  /** `\class\instance`, slashes turned; cut at 191 characters as WinFsp does. */
  readonly prefix: string | undefined;
  readonly fileSystemName: string;
  readonly volumeName: string;
  readonly help: boolean;
  readonly version: boolean;
  /** Bare words after the mount point: WinFsp complains and goes on. */
  readonly surplus: readonly string[];
}

const PREFIX_LENGTH = 191;
const FILE_SYSTEM_NAME_LENGTH = 15;
const LABEL_LENGTH = 32;

/** Reads `mountpoint [-f] [-o a,b=c] [--VolumePrefix=...]`. Total. */
export function parseFuseOptions(args: readonly string[]): FuseOptions {
  let mountPoint: string | undefined;
  let prefix: string | undefined;
  let fileSystemName = 'FUSE';
  let volumeName = '';
  let help = false;
  let version = false;
  const surplus: string[] = [];

  const option = (text: string): void => {
    const match = /^(?:--)?([A-Za-z]+)=(.*)$/s.exec(text);
    const value = match?.[2] ?? '';
    switch (match?.[1] ?? '') {
      case 'UNC':
      case 'VolumePrefix':
        prefix = value.replaceAll('/', '\\').slice(0, PREFIX_LENGTH);
        break;
      case 'fstypename':
      case 'FileSystemName':
        fileSystemName = `FUSE-${value}`.slice(0, FILE_SYSTEM_NAME_LENGTH);
        break;
      case 'ExactFileSystemName':
        fileSystemName = value.slice(0, FILE_SYSTEM_NAME_LENGTH);
        break;
      case 'volname':
        volumeName = value.slice(0, LABEL_LENGTH);
        break;
      default:
        break;
    }
  };

  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-o') for (const one of splitOptions(args[++at] ?? '')) option(one);
    else if (arg.startsWith('-o')) for (const one of splitOptions(arg.slice(2))) option(one);
    else if (arg === '-h' || arg === '--help') help = true;
    else if (arg === '-V' || arg === '--version') version = true;
    else if (arg.startsWith('--')) option(arg);
    else if (arg.startsWith('-')) continue;
    else if (mountPoint === undefined) mountPoint = arg;
    else surplus.push(arg);
  }
  return { mountPoint, prefix: prefix === '' ? undefined : prefix, fileSystemName, volumeName, help, version, surplus };
}

/** Commas part options; `\,` and `\\` stand for themselves (fuse_opt). Other backslashes are kept: prefixes have them. */
function splitOptions(text: string): string[] {
  const options: string[] = [];
  let current = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\' && text[at + 1] === ',') current += text[++at] ?? '';
    else if (char === ',') {
      options.push(current.trim());
      current = '';
    } else current += char;
  }
  options.push(current.trim());
  return options.filter(one => one !== '');
}
