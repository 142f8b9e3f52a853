import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { LocalTarget } from './open-host.ts';

/**
 * Where a host's journal is kept: a real host has a folder of its own below the user's, so that what happened on it is
 * known when Siloscope comes back. A simulated host ends with its process, and a recording stands still: of those
 * nothing is kept, unless `journal` names a folder.
 */
export function journalFolder(
  target: LocalTarget,
  { folder, journal }: { readonly folder?: string | undefined; readonly journal?: string | undefined },
): string | undefined {
  if (journal !== undefined) return join(journal, nameOf(target));
  if (folder === undefined || target.kind !== 'windows') return undefined;
  return join(folder, 'journal', nameOf(target));
}

/** A folder's name on any system. Two hosts never share one: what is left out stands in the hash. */
function nameOf(target: LocalTarget): string {
  const whole =
    target.kind === 'windows'
      ? target.host
      : target.kind === 'simulated'
        ? `simulated ${target.scenario}`
        : target.file;
  const plain = whole
    .replace(/^ssh:\/\//, '')
    .replace(/[^A-Za-z0-9.@-]+/g, '_')
    .slice(-60);
  if (plain === whole) return plain;
  return `${plain}-${createHash('sha256').update(whole).digest('hex').slice(0, 8)}`;
}
