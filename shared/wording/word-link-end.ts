import { assertNever } from '../base/assert-never.ts';
import type { LinkEnd } from '../domain/object-entry.ts';

/** The kernel makes `\??` up for each caller; it lists it nowhere. Ground: WDK, local and global MS-DOS device names. */
const VIRTUAL = "the caller's own drive letters, then the global ones";

/** Where a link of the object namespace ends, in a few words: `the host's Device`, with its path where that is not what the link says. */
export function wordLinkEnd({ root, path = '', type = 'object' }: LinkEnd, target: string): string {
  if (target === '\\??') return VIRTUAL;
  const object = path.toLowerCase() === target.toLowerCase() ? type : `${type} ${path}`;
  switch (root) {
    case 'host':
      return `the host's ${object}`;
    case 'silo':
      return `its own ${object}`;
    case 'either':
      return `its own or the host's ${object}`;
    case 'nowhere':
      return 'nothing: no such object';
    case 'unknown':
      return 'not known';
    default:
      return assertNever(root, 'root of a link');
  }
}
