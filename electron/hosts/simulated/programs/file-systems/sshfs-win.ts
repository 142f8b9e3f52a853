import type { ProgramContext } from '../../machine.ts';
import { readLine } from '../base/read-line.ts';
import { parentPath } from '../base/win32-path.ts';
import { fuseMain } from '../winfsp/fuse.ts';
import { findWinFsp } from '../winfsp/winfsp-dll.ts';
import { smallStore, TERABYTE } from './small-store.ts';

/** What sshfs is asked to mount. */
export interface SshfsCommand {
  /** `user@host:path`. */
  readonly remote: string;
  readonly mountPoint: string;
  /** FUSE arguments: prefix, name, what the user added. */
  readonly options: readonly string[];
}

/**
 * Reads `svc PREFIX X: [LOCUSER] [OPTIONS]` and `cmd SSHFS_COMMAND_LINE`. The service form always makes a network volume
 * of PREFIX. Ground: sshfs-win sshfs-win.c. Total.
 */
export function parseSshfsWin(args: readonly string[]): SshfsCommand | 'usage' {
  const [mode, ...rest] = args;
  if (mode === 'cmd') return parseSshfs(rest);
  if (mode !== 'svc') return 'usage';
  const [prefix, mountPoint, , ...options] = rest;
  if (prefix === undefined || mountPoint === undefined || rest.length > 199) return 'usage';
  const [cls = '', instance = '', ...path] = prefix.replaceAll('\\', '/').replace(/^\/+/, '').split('/');
  const host = instance.replace(/^[^=]*=/, '').replace(/!.*$/, '');
  const root = /\.k?r$/i.test(cls) ? '/' : '';
  return {
    remote: `${host}:${root}${path.join('/')}`,
    mountPoint,
    options: ['-f', '-orellinks', '-ofstypename=SSHFS', `--VolumePrefix=${prefix}`, ...options],
  };
}

/** sshfs' own command line: `[user@]host:[dir] mountpoint [options]`. */
function parseSshfs(args: readonly string[]): SshfsCommand | 'usage' {
  const words: string[] = [];
  const options: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (/^-[opF]$/.test(arg)) options.push(arg, args[++at] ?? '');
    else if (arg.startsWith('-')) options.push(arg);
    else words.push(arg);
  }
  const [remote, mountPoint] = words;
  return remote === undefined || mountPoint === undefined
    ? 'usage'
    : { remote, mountPoint, options: onlyFuse(options) };
}

/** Options of sshfs itself, and of ssh behind it, that are none of FUSE's. */
const isOwn = (option: string): boolean => /^-o(?:password_stdin$|IdentityFile=)/.test(option);

const asksPassword = ({ options }: SshfsCommand): boolean => options.includes('-opassword_stdin');

/** `-p 22` and the like are ssh's, not FUSE's. */
function onlyFuse(options: readonly string[]): string[] {
  return options.filter((option, index) => !/^-[pF]$/.test(option) && !/^-[pF]$/.test(options[index - 1] ?? ''));
}

/** sshfs-win: `cmd` and `svc`. There is no SSH behind it: the remote home is a small tree in memory. */
export async function sshfsWin(context: ProgramContext): Promise<number> {
  const command = parseSshfsWin(context.argv.slice(1));
  if (command === 'usage') {
    await context.stderr.write(
      [
        'usage: sshfs-win cmd SSHFS_COMMAND_LINE',
        '    SSHFS_COMMAND_LINE  handed to sshfs as it is',
        '',
        'usage: sshfs-win svc PREFIX X: [LOCUSER] [SSHFS_OPTIONS]',
        '    PREFIX              \\sshfs[.SUFFIX]\\[LOCUSER=]REMUSER@HOST[!PORT][\\PATH]',
        '                        suffixes: r remote root, k key authentication, kr both',
        '    X:                  mount drive',
        '',
      ].join('\n'),
    );
    return 2;
  }
  // sshfs gets an environment of its own, whose path is this one's folder. Ground: sshfs-win.c (sshfs_environ), cygfuse.c.
  const dll = await findWinFsp(context, parentPath(context.imagePath));
  if (dll === undefined) {
    await context.stderr.write('cygfuse: initialization failed: winfsp-x64.dll not found\n');
    return 1;
  }
  if (asksPassword(command) && ((await readLine(context.stdin)) ?? '') === '') {
    await context.stderr.write('read: Connection reset by peer\n');
    return 1;
  }
  const user = /^([^@:]+)@/.exec(command.remote)?.[1] ?? 'user';
  const ended = await fuseMain(
    context,
    dll,
    [command.mountPoint, ...command.options.filter(option => !isOwn(option))],
    {
      operations: options =>
        smallStore(context, options, {
          label: command.remote.slice(0, 32),
          totalBytes: TERABYTE,
          tree: { '.profile': '# ~/.profile\n', [`notes\\${user}.txt`]: `Written on ${command.remote}\n` },
        }),
    },
  );
  return ended === 'failed' ? 1 : 0;
}
