import type { Contract } from '../../../shared/contract/contract.ts';
import type { Client } from '../../../shared/contract/operation.ts';
import { Settings } from '../../../shared/domain/settings.ts';

/** What of the system the user's settings decide. */
export interface SettableSystem {
  setTheme(theme: Settings['appearance']['theme']): void;
  /** Start at sign-in, with or without a window. */
  setAutostart(wanted: { readonly openAtLogin: boolean; readonly hidden: boolean }): void;
  setUpdates(choice: Settings['updates']): void;
}

export interface FollowedSettings {
  /** As they are now; the defaults until they are known. */
  readonly value: Settings;
  /** Resolves once they are known, or never will be. */
  readonly known: Promise<void>;
}

/** Keeps the system as the user's settings have it, from the start on and after each change. */
export function followSettings(
  client: Pick<Client<Contract>, 'call' | 'on'>,
  system: SettableSystem,
): FollowedSettings {
  let value = Settings.parse({});
  let autostart: string | undefined;
  const read = async (): Promise<void> => {
    try {
      value = (await client.call('settings.read', {})).settings;
    } catch {
      // What is wrong with the services is told by the page; settings that are not known stay as they are.
      return;
    }
    system.setTheme(value.appearance.theme);
    system.setUpdates(value.updates);
    const wanted = { openAtLogin: value.autostart, hidden: value.startHidden };
    const text = JSON.stringify(wanted);
    if (text === autostart) return;
    autostart = text;
    system.setAutostart(wanted);
  };
  client.on('settings.changed', ({ what }) => {
    if (what === 'settings') void read();
  });
  const known = read();
  return {
    get value() {
      return value;
    },
    known,
  };
}
