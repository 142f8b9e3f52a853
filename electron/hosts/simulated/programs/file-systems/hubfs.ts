import type { ProgramContext } from '../../machine.ts';
import { fuseMain } from '../winfsp/fuse.ts';
import { findWinFsp } from '../winfsp/winfsp-dll.ts';
import { isOn, parseFlags } from './flags.ts';
import { goPanic } from './go-panic.ts';
import { smallStore, TERABYTE } from './small-store.ts';

const SWITCHES = new Set(['d', 'version', 'authonly', 'readonly', 'fullrefs', 'h', 'help']);
const AUTH_METHODS = new Set(['', 'force', 'full', 'required', 'optional', 'none', 'git']);
const PROVIDERS = new Set(['github.com', 'gitlab.com']);
const DEFAULT_OPTIONS = ['uid=-1', 'gid=-1', 'rellinks', 'FileInfoTimeout=-1'];

/** What hubfs is asked to do. */
export type HubfsCommand =
  | { readonly kind: 'usage' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'mount';
      readonly remote: string;
      readonly mountPoint: string;
      readonly options: readonly string[];
      readonly readOnly: boolean;
    };

/** Reads `hubfs [options] [remote] mountpoint`. Ground: hubfs src/main.go. Total. */
export function parseHubfs(args: readonly string[]): HubfsCommand {
  const flags = parseFlags(args, SWITCHES);
  if (flags.missing !== undefined || isOn(flags, 'h') || isOn(flags, 'help')) return { kind: 'usage' };
  if (isOn(flags, 'version')) return { kind: 'version' };
  const auth = flags.values.get('auth')?.at(-1) ?? '';
  if (!AUTH_METHODS.has(auth) && !auth.startsWith('token=')) return { kind: 'usage' };
  const [first, second, ...more] = flags.words;
  if (first === undefined || more.length > 0) return { kind: 'usage' };
  const given = flags.values.get('o') ?? [];
  return {
    kind: 'mount',
    remote: second === undefined ? 'github.com' : first,
    mountPoint: second ?? first,
    options: given.length === 0 ? DEFAULT_OPTIONS : given,
    readOnly: isOn(flags, 'readonly'),
  };
}

/** hubfs: a file system over a code host. There is no network: it shows one small repository. */
export async function hubfs(context: ProgramContext): Promise<number> {
  const command = parseHubfs(context.argv.slice(1));
  if (command.kind === 'usage') {
    await context.stderr.write(
      'usage: hubfs [options] [remote] mountpoint\n\n  -auth method\n  -o options\n  -readonly\n  -version\n\nremotes:\n  github.com[/owner[/repo]]\n  gitlab.com[/owner[/repo]]\n',
    );
    return 2;
  }
  if (command.kind === 'version') {
    await context.stdout.write(
      'HUBFS 2022 Beta2 (0.2.22305) - File system for GitHub\nCopyright 2021-2022 Bill Zissimopoulos\n\nProviders:\n  github.com\n  gitlab.com\n',
    );
    return 0;
  }
  const { remote, mountPoint, options, readOnly } = command;
  const provider = remote.replace(/^https?:\/\//, '').split('/')[0] ?? '';
  if (!PROVIDERS.has(provider)) {
    await context.stderr.write(`hubfs: unknown provider: ${provider}\n`);
    return 1;
  }
  await context.stdout.write(`hubfs -o ${options.join(',')} ${remote} ${mountPoint}\n`);
  const dll = await findWinFsp(context);
  if (dll === undefined) {
    return goPanic(context, 'cgofuse: cannot find winfsp');
  }
  const ended = await fuseMain(context, dll, [mountPoint, '-f', ...options.flatMap(option => ['-o', option])], {
    operations(fuse) {
      const tree = {
        'winfsp\\hubfs\\master\\README.md': '# HUBFS\n',
        'winfsp\\winfsp\\master\\README.md': '# WinFsp\n',
      };
      const store = smallStore(context, fuse, { label: provider, totalBytes: TERABYTE, tree });
      return readOnly ? store.seal() : store;
    },
  });
  return ended === 'failed' ? 1 : 0;
}
