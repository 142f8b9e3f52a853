import { FaultError } from '../../shared/contract/fault.ts';
import type { Host, ObjectNamespace } from '../hosts/host.ts';

/** A disk's own letter leads to a partition; one that leads to a volume of WinFsp, or to the network, is never opened. */
export const isPartition = (target: string): boolean => /^\\Device\\HarddiskVolume\d+$/i.test(target);

/** A container's own disk is a file of the host's, or where it has a real one, a partition.. */
export const isContainerDisk = (target: string): boolean =>
  isPartition(target) || /^\\Device\\VhdHardDisk\{[0-9a-f-]{36}\}$/i.test(target);

/** Whether the letter leads to a partition in this session of the host, by its link: nothing is opened. */
export async function leadsToPartition(
  objects: ObjectNamespace,
  letter: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const link = await objects.readLink(`\\??\\${letter}`, signal);
  return 'target' in link && isPartition(link.target);
}

/** Who reads links on that host does not answer: what is asked of programs is answered all the same. */
function unreadable(caught: unknown): undefined {
  if (caught instanceof FaultError && (caught.fault.code === 'timed-out' || caught.fault.code === 'command-failed')) {
    return undefined;
  }
  throw caught;
}

/** Runs programs, and reads links before one of them opens a file. */
export type OpensFiles = Pick<Host, 'run'> & Partial<Pick<Host, 'objects'>>;

/**
 * Whether files of a full path may be opened on this host: its letter leads to a partition for whoever asks. Where no link can
 * be read at all, as from a recording, which opens nothing, or where nobody answers who reads them, only `C:` is taken for
 * the disk that it is everywhere.
 */
export async function mayOpenOn({ objects }: OpensFiles, path: string, signal?: AbortSignal): Promise<boolean> {
  const [, letter] = /^([A-Za-z]:)(?:\\|$)/.exec(path) ?? [];
  if (letter === undefined) return false;
  const link = await objects?.readLink(`\\??\\${letter.toUpperCase()}`, signal).catch(unreadable);
  if (link === undefined || ('refused' in link && link.refused === 'unsupported')) return /^c:$/i.test(letter);
  return 'target' in link && isPartition(link.target);
}
