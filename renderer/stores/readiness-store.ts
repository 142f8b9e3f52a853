import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client, OutputOf } from '../../shared/contract/operation.ts';
import type { CheckCode, ReadinessCheck } from '../../shared/domain/readiness.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

export type Readiness = OutputOf<Contract, 'readiness.check'>;

/** What a Fix button does. A check without one tells its next step in words. */
export type FixAction = { readonly kind: 'start-fsd' } | { readonly kind: 'pull-image'; readonly reference: string };

/** The fix we can make ourselves, if any. The image to pull is named by the check's own command. */
export function fixOf(check: ReadinessCheck): FixAction | undefined {
  if (check.state === 'ok') return undefined;
  if (check.code === 'fsd-running') return { kind: 'start-fsd' };
  if (check.code === 'base-image') {
    const [, reference] = /(?:docker pull|--pull)\s+(\S+)/.exec(check.command ?? '') ?? [];
    if (reference !== undefined) return { kind: 'pull-image', reference };
  }
  return undefined;
}

/** Fixes under way and fixes that failed, by check. */
export type Fixes = Readonly<Partial<Record<CheckCode, { readonly running: boolean; readonly fault?: Fault }>>>;

export interface ReadinessStore extends AskedStore<Readiness> {
  readonly fixes: StoreApi<Fixes>;
  fix(check: ReadinessCheck): Promise<void>;
}

/** `pull` queues a pull and rejects when it fails. */
export function createReadinessStore(
  client: Client<Contract>,
  now: () => number,
  pull: (reference: string) => Promise<void>,
): ReadinessStore {
  const fixes = createStore<Fixes>(() => ({}));
  const asked = createAskedStore<Readiness>(() => client.call('readiness.check', {}), now);

  const fix = async (check: ReadinessCheck): Promise<void> => {
    const action = fixOf(check);
    if (action === undefined) return;
    fixes.setState({ [check.code]: { running: true } });
    try {
      if (action.kind === 'start-fsd') await client.call('fsd.start', {});
      else await pull(action.reference);
      fixes.setState({ [check.code]: { running: false } });
    } catch (caught) {
      const fault = faultOf(caught);
      fixes.setState({ [check.code]: { running: false, ...(fault.code === 'cancelled' ? {} : { fault }) } });
    }
    await asked.refresh();
  };

  return { ...asked, fixes, fix };
}
