import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client, OutputOf } from '../../shared/contract/operation.ts';
import type { CheckCode, ReadinessCheck } from '../../shared/domain/readiness.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

export type Readiness = OutputOf<Contract, 'readiness.check'>;

/** What a Fix button does. A check without one tells its next step in words. */
export type FixAction =
  | { readonly kind: 'start-fsd' }
  | { readonly kind: 'switch-host' }
  /** By an administrator. */
  | { readonly kind: 'start-engine' }
  | { readonly kind: 'pull-image'; readonly reference: string };

/** What only another host can cure while this one is a simulated one: nobody can install or switch anything on it. */
const INCURABLE: ReadonlySet<CheckCode> = new Set(['engine-windows-mode', 'winfsp-installed', 'winfsp-version']);

/**
 * The fix we can make ourselves, if any. The image to pull is named by the check's own command. On a real host nothing
 * is switched behind its owner's back: there the check's own words say what to do.
 */
export function fixOf(check: ReadinessCheck, isSimulated = false): FixAction | undefined {
  if (check.state === 'ok') return undefined;
  if (isSimulated && check.state === 'failed' && INCURABLE.has(check.code)) return { kind: 'switch-host' };
  if (check.elevation === 'start-engine') return { kind: 'start-engine' };
  // Without a command there is no driver to start.
  if (check.code === 'fsd-running' && check.command !== undefined) return { kind: 'start-fsd' };
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
  fix(check: ReadinessCheck, isSimulated?: boolean): Promise<void>;
  readonly unload: StoreApi<{ readonly running: boolean; readonly fault: Fault | undefined }>;
  /** Unloads the driver, accepting the loss of these devices; `elevate`: as an administrator, whom Windows may ask for. Answers whether it is unloaded; never rejects. */
  unloadFsd(accept: readonly string[], elevate: boolean): Promise<boolean>;
}

/** `pull` queues a pull, `switchHost` opens the default simulated host; both reject when they fail. */
export function createReadinessStore(
  client: Client<Contract>,
  now: () => number,
  pull: (reference: string) => Promise<void>,
  switchHost: () => Promise<void>,
): ReadinessStore {
  const fixes = createStore<Fixes>(() => ({}));
  const asked = createAskedStore<Readiness>(() => client.call('readiness.check', {}), now);

  const unload = createStore<{ running: boolean; fault: Fault | undefined }>(() => ({
    running: false,
    fault: undefined,
  }));
  const unloadFsd = async (accept: readonly string[], elevate: boolean): Promise<boolean> => {
    unload.setState({ running: true, fault: undefined });
    try {
      await client.call('fsd.unload', { accept: [...accept], elevate });
      unload.setState({ running: false });
      return true;
    } catch (caught) {
      unload.setState({ running: false, fault: faultOf(caught) });
      return false;
    } finally {
      await asked.refresh();
    }
  };

  const fix = async (check: ReadinessCheck, isSimulated = false): Promise<void> => {
    const action = fixOf(check, isSimulated);
    if (action === undefined) return;
    fixes.setState({ [check.code]: { running: true } });
    try {
      if (action.kind === 'start-fsd') await client.call('fsd.start', {});
      else if (action.kind === 'switch-host') await switchHost();
      else if (action.kind === 'start-engine') await client.call('engine.start', { elevate: true });
      else await pull(action.reference);
      fixes.setState({ [check.code]: { running: false } });
    } catch (caught) {
      const fault = faultOf(caught);
      fixes.setState({ [check.code]: { running: false, ...(fault.code === 'cancelled' ? {} : { fault }) } });
    }
    await asked.refresh();
  };

  return { ...asked, fixes, fix, unload, unloadFsd };
}
