import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { HostChoice } from '../../shared/domain/host-choice.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

/** Tells choices apart: simulated hosts share their id. */
export function hostKey({ id, scenario }: Pick<HostChoice, 'id' | 'scenario'>): string {
  return scenario === undefined ? id : `${id}/${scenario}`;
}

/** Which host is being opened, or why that failed: then the old one stays. */
export interface HostOpening {
  readonly running: string | undefined;
  readonly fault: Fault | undefined;
}

export interface HostsStore extends AskedStore<readonly HostChoice[]> {
  readonly opening: StoreApi<HostOpening>;
  /** Opens it in the place of the present one, for every window and page. Never rejects. */
  open(choice: Pick<HostChoice, 'id' | 'scenario'>): Promise<void>;
}

export function createHostsStore(client: Client<Contract>, now: () => number): HostsStore {
  const opening = createStore<HostOpening>(() => ({ running: undefined, fault: undefined }));
  const asked = createAskedStore<readonly HostChoice[]>(async () => (await client.call('host.list', {})).hosts, now);
  return {
    ...asked,
    opening,
    open: async ({ id, scenario }) => {
      if (opening.getState().running !== undefined) return;
      opening.setState({ running: hostKey({ id, scenario }), fault: undefined });
      try {
        await client.call('host.open', { id, ...(scenario === undefined ? {} : { scenario }) });
        opening.setState({ running: undefined });
      } catch (caught) {
        opening.setState({ running: undefined, fault: faultOf(caught) });
      }
      await asked.refresh();
    },
  };
}

/** The simulated host that everything works on; undefined where none comes along. */
export function defaultScenario(choices: readonly HostChoice[]): HostChoice | undefined {
  const simulated = choices.filter(({ kind, available }) => kind === 'simulated' && available);
  return simulated.find(({ scenario }) => scenario === 'default') ?? simulated[0];
}
