import type { Contract } from '../../shared/contract/contract.ts';
import type { Client, OutputOf } from '../../shared/contract/operation.ts';
import type { SettingsPatch } from '../../shared/domain/settings.ts';
import { createKeptStore, type KeptStore } from './kept.ts';

export type KeptSettings = OutputOf<Contract, 'settings.read'>;

export interface SettingsStore extends KeptStore<KeptSettings> {
  /** Answers whether it was kept; never rejects. */
  write(patch: SettingsPatch): Promise<boolean>;
}

/** What the user chose for the app, as it is kept. */
export function createSettingsStore(client: Client<Contract>, now: () => number): SettingsStore {
  const [kept, change] = createKeptStore<KeptSettings>(() => client.call('settings.read', {}), now);
  return { ...kept, write: patch => change(() => client.call('settings.write', patch)) };
}
