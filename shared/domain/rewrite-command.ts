import { type FileSystemCommand, recogniseFileSystem } from './file-system-command.ts';
import { samePrefix } from './unc-prefix.ts';

/** What a command line is to do otherwise. */
export type CommandChange =
  | { readonly to: 'disk' }
  | { readonly to: 'prefix'; readonly uncPrefix: string }
  | { readonly to: 'read-only' };

/**
 * The same file system, mounted otherwise: as a disk, under another UNC prefix, or read-only. Undefined where the program
 * has no switch for it, or where the outcome, read back as any other command line, would not be what was wished for.
 * Ground: the sources that file-system-command.ts names; hubfs and rclone and JuiceFS know a read-only switch.
 */
export function rewriteCommand(argv: readonly string[], change: CommandChange): string[] | undefined {
  const before = recogniseFileSystem(argv);
  const [program, ...args] = argv;
  if (before === undefined || program === undefined || isWrapped(argv)) return undefined;
  const rewritten = rewriteArguments(before, args, change);
  if (rewritten === undefined) return undefined;
  const outcome = [program, ...rewritten];
  return isAsWished(before, recogniseFileSystem(outcome), change) ? outcome : undefined;
}

/** Whether its command line makes it read-only. */
export function isReadOnly(argv: readonly string[]): boolean {
  const known = recogniseFileSystem(argv);
  const flag = known === undefined ? undefined : READ_ONLY[known.program];
  return flag !== undefined && argv.some(arg => arg === flag || arg === `${flag}=true`);
}

const READ_ONLY: Readonly<Partial<Record<FileSystemCommand['program'], string>>> = {
  rclone: '--read-only',
  juicefs: '--read-only',
  hubfs: '-readonly',
};

/** Behind a shell only the shell knows what else its line does. */
function isWrapped([program = '']: readonly string[]): boolean {
  return /^(cmd|powershell|pwsh)(\.exe)?$/i.test(/[^\\/]*$/.exec(program)?.[0] ?? '');
}

function rewriteArguments(
  { program }: FileSystemCommand,
  args: readonly string[],
  change: CommandChange,
): readonly string[] | undefined {
  if (change.to === 'read-only') {
    const flag = READ_ONLY[program];
    return flag === undefined || args.includes(flag) ? undefined : afterVerb(program, args, [flag]);
  }
  const prefix = change.to === 'prefix' ? change.uncPrefix : undefined;
  switch (program) {
    case 'memfs':
    case 'winfsp-native':
      if (prefix !== undefined) return [...withoutPair(args, '-u'), '-u', prefix];
      // With neither a prefix nor a mount point they print their usage and end: any free letter will do.
      return [...withoutPair(args, '-u'), ...(args.includes('-m') ? [] : ['-m', '*'])];
    case 'rclone': {
      const bare = withoutFusePrefix(withoutFlag(withoutOption(args, '--volname'), '--network-mode')).map(arg =>
        /^\\\\[^\\?]+\\/.test(arg) ? '*' : arg,
      );
      const named = prefix === undefined ? [] : ['--network-mode', '--volname', `\\${prefix}`];
      return [...bare, ...named];
    }
    case 'juicefs': {
      const bare = withoutFlag(withoutFusePrefix(args), '--as-local-volume');
      return afterVerb(program, bare, prefix === undefined ? ['--as-local-volume'] : ['-o', `VolumePrefix=${prefix}`]);
    }
    case 'sshfs-win':
      // `svc` reads server and way of signing in from the prefix itself: there is no other form of the same.
      return args[0] === 'cmd' ? fuseArguments(args, prefix) : undefined;
    case 'hubfs':
    case 'winfsp-fuse':
      return fuseArguments(args, prefix);
  }
}

/** An option of FUSE goes first: some of these programs stop reading options at the first word. */
function fuseArguments(args: readonly string[], prefix: string | undefined): readonly string[] {
  const bare = withoutFusePrefix(args);
  if (prefix === undefined) return bare;
  const place = bare[0] === 'cmd' ? 1 : 0;
  return [...bare.slice(0, place), '-o', `VolumePrefix=${prefix}`, ...bare.slice(place)];
}

function afterVerb(
  program: FileSystemCommand['program'],
  args: readonly string[],
  added: readonly string[],
): readonly string[] {
  const verb = program === 'hubfs' ? -1 : args.findIndex(arg => /^c?mount\d?$/.test(arg));
  return [...args.slice(0, verb + 1), ...added, ...args.slice(verb + 1)];
}

function withoutPair(args: readonly string[], name: string): readonly string[] {
  return args.filter((arg, at) => arg !== name && args[at - 1] !== name);
}

function withoutFlag(args: readonly string[], name: string): readonly string[] {
  return args.filter(arg => arg !== name && !arg.startsWith(`${name}=`));
}

function withoutOption(args: readonly string[], name: string): readonly string[] {
  return withoutPair(args, name).filter(arg => !arg.startsWith(`${name}=`));
}

/** Without FUSE's `VolumePrefix` in any of its spellings; other options in the same list stay. */
function withoutFusePrefix(args: readonly string[]): readonly string[] {
  const left: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg.startsWith('--VolumePrefix=')) continue;
    const isLone = arg === '-o' || arg === '--option' || arg === '--fuse-flag';
    const glued = isLone ? undefined : /^(-o|--option=|--fuse-flag=)(.+)$/s.exec(arg);
    if (!isLone && glued === null) {
      left.push(arg);
      continue;
    }
    const value = isLone ? (args[++at] ?? '') : (glued?.[2] ?? '');
    const dashed = /^(-o)?(.*)$/s.exec(value) ?? [];
    const parts = (dashed[2] ?? '').split(',').filter(part => !/^(--)?VolumePrefix=/s.test(part));
    if (parts.join('') === '') continue;
    const kept = `${dashed[1] ?? ''}${parts.join(',')}`;
    left.push(...(isLone ? [arg, kept] : [`${glued?.[1] ?? ''}${kept}`]));
  }
  return left;
}

function isAsWished(before: FileSystemCommand, after: FileSystemCommand | undefined, change: CommandChange): boolean {
  // Any program that is no longer told by its prefix is a disk: WinFsp-FUSE makes nothing else of it.
  if (after === undefined) return change.to === 'disk' && before.program === 'winfsp-fuse';
  if (after.program !== before.program) return false;
  switch (change.to) {
    case 'disk':
      return after.kind === 'disk' && isSamePlace(before, after);
    case 'prefix':
      return (
        after.kind === 'network' &&
        after.uncPrefix !== undefined &&
        samePrefix(after.uncPrefix, change.uncPrefix) &&
        isSamePlace(before, after)
      );
    case 'read-only':
      return after.kind === before.kind && after.uncPrefix === before.uncPrefix && isSamePlace(before, after);
  }
}

function isSamePlace(before: FileSystemCommand, after: FileSystemCommand): boolean {
  return before.mountPoint === after.mountPoint;
}
