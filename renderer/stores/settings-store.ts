import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client, OutputOf } from '../../shared/contract/operation.ts';
import type { SettingsPatch } from '../../shared/domain/settings.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

export type KeptSettings = OutputOf<Contract, 'settings.read'>;

export interface SettingsStore extends AskedStore<KeptSettings> {
  /** Why the last change was not kept. */
  readonly refused: StoreApi<{ readonly fault: Fault | undefined }>;
  /** Never rejects: a refusal is told by `refused`. */
  write(patch: SettingsPatch): Promise<void>;
}

/** What the user chose for the app, as it is kept. */
export function createSettingsStore(client: Client<Contract>, now: () => number): SettingsStore {
  const refused = createStore<{ fault: Fault | undefined }>(() => ({ fault: undefined }));
  const asked = createAskedStore<KeptSettings>(() => client.call('settings.read', {}), now);
  return {
    ...asked,
    refused,
    write: async patch => {
      try {
        await client.call('settings.write', patch);
        refused.setState({ fault: undefined });
      } catch (caught) {
        refused.setState({ fault: faultOf(caught) });
      }
      await asked.refresh();
    },
  };
}
