import { composeCmdLine } from '../domain/cmd-line.ts';
import type { CopyProgress, KeptContainer, UnwrittenCopy } from '../domain/kept-container.ts';
import { formatBytes, formatCount, formatList } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';

const safe = (text: string): string => escapeUntrusted(text, 120);

/** What a kept container holds, as far as anything tells. */
export function wordHeld({ waiting, count = 0, directory, profile }: KeptContainer): string {
  if (waiting === undefined) {
    return directory === undefined
      ? `What it holds nobody can tell: ${profile === undefined ? 'its profile is not known' : `the profile ${safe(profile)} names no directory of it`}.`
      : `What it holds cannot be told: its program has no list of it. It would be in ${directory}.`;
  }
  if (count === 0) return 'Its program had written all there was.';
  const files = waiting.map(({ path, bytes }) => `${safe(path)} (${formatBytes(bytes)})`);
  return `${formatCount(count, 'file')} not written: ${formatList(files, 5, count)}.`;
}

/** How its files are copied out: by Siloscope where the profile says where they are, else by docker. */
export function copyCommand({ container, item, directory }: KeptContainer): string {
  return directory === undefined
    ? composeCmdLine(['docker', 'cp', `${safe(container)}:PATH`, '.'])
    : composeCmdLine(['siloscope', 'unwritten', safe(container), '--out', `${safe(item)}.zip`]);
}

/** How far a copy has come. */
export function wordCopying({ files, bytes, of }: CopyProgress): string {
  return of === undefined
    ? `${formatCount(files, 'file')}, ${formatBytes(bytes)} copied`
    : `${files} of ${formatCount(of.files, 'file')}, ${formatBytes(bytes)} of ${formatBytes(of.bytes)} copied`;
}

/** What its program lists as not written, and is not there; undefined: nothing. */
export function wordMissing({
  missing,
  missingCount,
}: Pick<UnwrittenCopy, 'missing' | 'missingCount'>): string | undefined {
  if (missingCount === 0) return undefined;
  const is = missingCount === 1 ? 'is' : 'are';
  return `${formatCount(missingCount, 'file')} that its program lists ${is} not there: ${formatList(missing.map(safe), 5, missingCount)}.`;
}

/** Words of what a person does about kept containers. */
export const unwrittenWords = {
  title: 'Kept for what they may hold',
  none: 'No container is kept for what it may hold.',
  save: 'Save its files',
  stop: 'Stop',
  remove: 'Remove',
  saved: (files: number, bytes: number): string => `${formatCount(files, 'file')} (${formatBytes(bytes)}) copied out`,
  archive: (size: number, sha256: string): string => `The archive has ${formatBytes(size)}; its SHA-256 is ${sha256}.`,
  notAsMade: (sha256: string, told: string): string =>
    `what the disk gives back is not what was copied (SHA-256 ${sha256}, not ${told}): copy it to another disk`,
  notRemoved: (container: string): string =>
    `${safe(container)} is kept: look for what is missing first, then remove it with --remove alone.`,
  removed: (container: string): string => `${safe(container)} is removed.`,
  confirm: (container: string): string => `Remove ${safe(container)}?`,
  lost: 'What it holds, and was not copied out, is lost with it.',
} as const;
