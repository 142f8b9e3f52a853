import { isPredicted } from './evidence-ranks.ts';
import type { KnownVolume } from './journal-state-data.ts';

/** Whether a leak that a journal knows was seen from outside, not only expected: by its last test, else when it was told. */
export function isLeakSeen({ home, proof, tested }: Pick<KnownVolume, 'home' | 'proof' | 'tested'>): boolean {
  if (tested === undefined) return !isPredicted({ rank: proof });
  return tested.groups.some(
    ({ visible, rank, namespaces }) =>
      visible === 'yes' && !isPredicted({ rank }) && (namespaces === 'rest' || namespaces.some(id => id !== home)),
  );
}
