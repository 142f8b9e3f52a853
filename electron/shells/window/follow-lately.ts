import type { Disposable } from '../../../shared/base/disposables.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { Client } from '../../../shared/contract/operation.ts';
import type { WorkspaceStatus } from '../../../shared/contract/workspace-status.ts';
import type { RecentLaunch } from '../../../shared/domain/recent-launch.ts';
import { launchable } from '../../../shared/domain/recent-launches.ts';

/** What menus outside the window offer again. */
export interface Lately {
  /** Newest first; those whose profile is gone are left out. */
  readonly recent: readonly RecentLaunch[];
  readonly workspaces: readonly WorkspaceStatus[];
}

export interface FollowedLately extends Disposable {
  /** As it is now; nothing until it is known. */
  readonly value: Lately;
  onChange(listener: (lately: Lately) => void): () => void;
}

/** Follows recent launches and workspaces, of whatever host is open. */
export function followLately(client: Pick<Client<Contract>, 'call' | 'on'>): FollowedLately {
  const changed = new Emitter<Lately>();
  let value: Lately = { recent: [], workspaces: [] };
  let asking: Promise<void> | undefined;
  let again = false;
  let isOver = false;
  const read = async (): Promise<void> => {
    try {
      const [{ launches }, { profiles }, { workspaces }] = await Promise.all([
        client.call('recent.list', {}),
        client.call('profile.list', {}),
        client.call('workspace.list', {}),
      ]);
      value = { recent: launchable(launches, profiles), workspaces };
      if (!isOver) changed.emit(value);
    } catch {
      // What is wrong with the services is told by the page; the menus stay as they are.
    }
  };
  /** One question at a time; what is wanted meanwhile is asked once, afterwards. */
  const look = (): void => {
    again = asking !== undefined;
    asking ??= read().finally(() => {
      asking = undefined;
      if (again && !isOver) look();
    });
  };
  const undoes = [
    client.on('settings.changed', ({ what }) => {
      if (what === 'recent' || what === 'profiles') look();
    }),
    client.on('workspace.changed', look),
    client.on('host.changed', look),
  ];
  look();
  return {
    get value() {
      return value;
    },
    onChange: listener => changed.on(listener),
    dispose: () => {
      isOver = true;
      for (const undo of undoes) undo();
    },
  };
}
