import { textLines } from '../../../shared/domain/text-lines.ts';

/** A connection of `net use`. */
export interface NetConnection {
  readonly local?: string;
  /** `\\class\share`. */
  readonly remote: string;
}

/**
 * Reads `net use`: a table whose columns are Status, Local, Remote, Network; words are localised and the network may
 * stand on a line of its own, so a row is known by its `\\remote` and the drive before it. Total.
 */
export function parseNetUse(text: string): readonly NetConnection[] {
  const found: NetConnection[] = [];
  for (const line of textLines(text)) {
    const match = /^(.*?)(?:([A-Za-z]:)\s+)?(\\\\[^\\/:*?"<>|\s][^/:*?"<>|]*?)(?:\s{2,}.*)?$/.exec(line);
    if (match === null) continue;
    const [, , local, remote = ''] = match;
    found.push({ remote, ...(local === undefined ? {} : { local: local.toUpperCase() }) });
  }
  return found;
}
