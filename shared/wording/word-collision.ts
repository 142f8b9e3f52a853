import { assertNever } from '../base/assert-never.ts';
import type { Collision } from '../domain/collision.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { formatList } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';

/** What is taken, by whom, what that would mean, and what is free. */
export function wordCollision({ what, name, by, proposal }: Collision): string {
  const holders = formatList([...new Set(by.map(({ label }) => escapeUntrusted(label)))]);
  const free = proposal === undefined ? '' : ` Free: ${escapeUntrusted(proposal)}.`;
  return `${meaning(what, escapeUntrusted(name), holders)}${free}`;
}

function meaning(what: Collision['what'], name: string, holders: string): string {
  switch (what) {
    case 'mount-point':
      return `${name} is taken by ${holders}.`;
    case 'prefix':
      return `${uncPath(name)} is taken by ${holders}. Only one of the two would answer.`;
    case 'class':
      return `Names that begin with \\\\${name} are taken by ${holders}. One of the two could not be reached by its UNC name (expected, not proven).`;
    case 'server':
      return `\\\\${name} is a real server. One would hide the other (expected, not proven).`;
    default:
      return assertNever(what, 'collision');
  }
}
