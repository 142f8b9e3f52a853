import type { Namespace } from '../domain/namespace.ts';

/** What a silo's `\Device\Mup` was seen to be. */
export function wordMup(mup: Namespace['mup']): string {
  switch (mup) {
    case 'shared':
      return 'a link to \\Device\\Mup';
    case 'own':
      return 'its own';
    case 'elsewhere':
      return 'a link to somewhere else';
    case undefined:
      return 'not read';
  }
}
