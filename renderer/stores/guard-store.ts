import type { Contract } from '../../shared/contract/contract.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { GuardState, GuardStatus } from '../../shared/domain/guard.ts';
import { type AskedStore, answered, createAskedStore } from './asked.ts';

export interface GuardStore extends AskedStore<GuardStatus> {
  /** Takes in news: each is whole. */
  hear(status: GuardStatus): void;
}

/** The guards that watch the policy at present. */
export function createGuardStore(client: Client<Contract>, now: () => number): GuardStore {
  const asked = createAskedStore<GuardStatus>(() => client.call('guard.read', {}), now);
  return { ...asked, hear: status => asked.store.setState(answered(status, now()), true) };
}

/** The guard that has most to say: one that can do nothing, one that found something, one that could not look everywhere. */
export function loudestGuard(guards: readonly GuardState[]): GuardState | undefined {
  const rank = ({ trouble, count, unlisted }: GuardState): number =>
    trouble !== undefined ? 3 : count > 0 ? 2 : unlisted.length > 0 ? 1 : 0;
  return guards.reduce<GuardState | undefined>(
    (best, one) =>
      best === undefined || rank(one) > rank(best) || (rank(one) === rank(best) && one.count > best.count) ? one : best,
    undefined,
  );
}
