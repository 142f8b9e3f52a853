import { assertNever } from '../base/assert-never.ts';
import type { LinkEnd } from '../domain/object-entry.ts';

/** Where a link of the object namespace ends, in a few words. */
export function wordLinkEnd({ root, path = '', type }: LinkEnd): string {
  const object = type === undefined ? path : `${path} (${type})`;
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
