import type { Visibility } from '../inspection.ts';
import type { Namespace } from '../namespace.ts';
import { claimsOf, visibilityOf, type World } from '../visibility.ts';
import { lookByRule } from '../visibility-rule.ts';
import type { Volume } from '../volume.ts';

/** One cell, straight from the rule: by no row. */
export function cellByRule(volume: Volume, namespace: Namespace, world: World): Visibility {
  const viewer = namespace.id === volume.home ? 'home' : namespace;
  return { namespace: namespace.id, ...lookByRule(volume, viewer, claimsOf(world)) };
}

/** Every cell laid out: one row a volume, one cell a namespace, both in the world's order. */
export function cellsByRule(world: World): Visibility[][] {
  return visibilityOf(world).map(row => [...row]);
}
