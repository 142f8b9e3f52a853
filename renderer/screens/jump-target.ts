import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { Stores } from '../stores/stores.ts';

/** Where what a line is about can be seen. */
export type JumpTarget =
  | { readonly to: 'volume'; readonly device: string }
  | { readonly to: 'container'; readonly name: string }
  | { readonly to: 'visibility' | 'images' | 'readiness' | 'settings' };

/** Where a line of the journal leads to; undefined where there is nothing to see. */
export function jumpTarget({
  what,
  subject,
  data,
}: Pick<JournalEntry, 'what' | 'subject' | 'data'>): JumpTarget | undefined {
  const [noun = '', verb = ''] = what.split('.');
  if (subject.startsWith('\\Device\\')) return { to: 'volume', device: subject };
  const volumes = data?.['volumes'];
  const [device]: unknown[] = Array.isArray(volumes) ? volumes : [];
  switch (noun) {
    case 'container':
    case 'silo':
    case 'vm':
    case 'launch':
    case 'relaunch':
    case 'workspace':
    case 'filesystem':
    case 'terminal':
      return { to: 'container', name: subject };
    case 'guard':
      // What it does is done to a container; how it is itself shows where it is set.
      return /^(?:blind|failed|recovered)$/.test(verb) ? { to: 'settings' } : { to: 'container', name: subject };
    case 'finding':
      return typeof device === 'string' ? { to: 'volume', device } : { to: 'visibility' };
    case 'inspection':
    case 'volume':
      return { to: 'visibility' };
    case 'image':
      return { to: 'images' };
    case 'fsd':
    case 'engine':
      return { to: 'readiness' };
    case 'policy':
      return verb === 'saved' ? { to: 'settings' } : { to: 'visibility' };
    case 'settings':
    case 'secret':
    case 'profile':
      return { to: 'settings' };
    default:
      return undefined;
  }
}

/** Shows it there. */
export function jumpTo({ view }: Stores, target: JumpTarget): void {
  if (target.to === 'volume') {
    view.select(target.device);
    view.show('visibility');
  } else if (target.to === 'container') {
    view.filter('filesystems', target.name);
    view.show('filesystems');
  } else view.show(target.to);
}
