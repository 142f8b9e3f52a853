import { FaultError } from '../../shared/contract/fault.ts';
import { type ElevatedAct, type ElevationPurpose, grants } from '../../shared/domain/elevation.ts';
import type { ElevatedAnswer, ObjectNamespace, Ran } from './host.ts';

const SYSTEM_TIMEOUT_MS = 30_000;

/** What acts are made of, with an administrator's rights behind it. */
export interface ElevatedMeans {
  readonly objects: ObjectNamespace;
  readonly run: (argv: readonly string[], options: { readonly timeoutMs: number }) => Promise<Ran>;
  /** The folder of Windows' own programs, e.g. `C:\Windows\System32`. */
  readonly systemFolder: string;
  /** Where WinFsp's installer says it is, from a place that only administrators write to; undefined: nowhere. */
  readonly winfspFolder: () => Promise<string | undefined>;
}

/**
 * Does one act, if the purpose grants it: the one table from named acts to what is done, behind the broker and behind the
 * simulated UAC alike. Every command line is fixed here.
 * @throws FaultError `access-denied` for an act of another purpose, `winfsp-not-installed`, and what the means throw.
 */
export async function performElevated(
  purpose: ElevationPurpose,
  act: ElevatedAct,
  means: ElevatedMeans,
): Promise<ElevatedAnswer> {
  if (!grants(purpose, act)) {
    throw new FaultError({ code: 'access-denied', what: act.act, raw: `rights were asked for to ${purpose} only` });
  }
  const run = async (...argv: readonly string[]): Promise<ElevatedAnswer> => ({
    kind: 'ran',
    ran: await means.run(argv, { timeoutMs: SYSTEM_TIMEOUT_MS }),
  });
  switch (act.act) {
    case 'list-objects':
      return (await leadsAway(act.path, means)) ? { kind: 'refused', refused: 'wrong-type' } : list(act.path, means);
    case 'read-link':
      return (await leadsAway(parentOf(act.path), means))
        ? { kind: 'refused', refused: 'wrong-type' }
        : read(act.path, means);
    case 'list-compute-systems':
      return run(`${means.systemFolder}\\hcsdiag.exe`, 'list', '-raw');
    case 'unload-fsd':
      return run(`${await winfspFolder(means)}\\bin\\fsptool-x64.exe`, 'unload');
    case 'start-engine-service':
      return run(`${means.systemFolder}\\sc.exe`, 'start', act.service);
  }
}

async function list(path: string, { objects }: ElevatedMeans): Promise<ElevatedAnswer> {
  const listed = await objects.list(path);
  return 'refused' in listed ? { kind: 'refused', ...listed } : { kind: 'entries', entries: listed.entries };
}

async function read(path: string, { objects }: ElevatedMeans): Promise<ElevatedAnswer> {
  const link = await objects.readLink(path);
  return 'refused' in link ? { kind: 'refused', ...link } : { kind: 'target', target: link.target };
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('\\'));

/**
 * Whether a link stands anywhere on the way: a silo's link, opened through, leads to the host's own objects, and with an
 * administrator's rights to such as the purpose does not cover.
 */
async function leadsAway(path: string, { objects }: ElevatedMeans): Promise<boolean> {
  const parts = path.split('\\').slice(1);
  for (let depth = 1; depth <= parts.length; depth++) {
    if ('target' in (await objects.readLink(`\\${parts.slice(0, depth).join('\\')}`))) return true;
  }
  return false;
}

/** A drive's full path: what else stands in the registry is not run as an administrator. */
async function winfspFolder(means: ElevatedMeans): Promise<string> {
  const folder = (await means.winfspFolder())?.replace(/\\+$/, '');
  if (folder === undefined || !/^[A-Za-z]:\\[^"<>|*?\p{Cc}]+$/u.test(folder)) {
    throw new FaultError({ code: 'winfsp-not-installed' });
  }
  return folder;
}
