import type { FileSystemOperations, Machine, ProgramContext } from '../../machine.ts';
import { MemoryStore } from '../base/memory-store.ts';
import { TERABYTE } from './small-store.ts';

/** What is at the far end, by machine and remote: it is somewhere else, and outlives every mount and every container. */
const REMOTES = new WeakMap<Machine, Map<string, FileSystemOperations>>();

/** The far end of a remote as it was named: a small writable tree. Undefined for a bare word, a section nobody configured. */
export function rcloneRemote(
  { machine, clock }: Pick<ProgramContext, 'machine' | 'clock'>,
  remote: string,
): FileSystemOperations | undefined {
  const known = REMOTES.get(machine) ?? new Map<string, FileSystemOperations>();
  REMOTES.set(machine, known);
  const there = known.get(remote);
  const tree = treeOf(remote);
  if (there !== undefined || tree === undefined) return there;
  const options = { clock, label: remote, fileSystemName: 'rclone', serialNumber: 0, totalBytes: TERABYTE };
  const made = new MemoryStore(options, tree);
  known.set(remote, made);
  return made;
}

/** `name:path`, `:memory:`, `:local:...` or a local path. */
function treeOf(remote: string): Readonly<Record<string, string>> | undefined {
  if (/^:[a-z0-9]+(,[^:]*)?:/.test(remote)) return {};
  const named = /^([\w.+@ -]{2,}):(.*)$/.exec(remote);
  if (named !== null)
    return { 'readme.txt': `${remote} as rclone shows it.\r\n`, 'reports\\2026.csv': 'month,total\r\n' };
  return /[\\/]|^[A-Za-z]:/.test(remote) || remote === '.' ? {} : undefined;
}
