import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { RunningFileSystem } from '../../shared/domain/launch.ts';
import { createFollowingStore, type FollowingStore } from './followed-rows.ts';

/** One stop: what it says on the way, and how it ended. */
export interface Stop {
  readonly running: boolean;
  readonly note: string | undefined;
  readonly fault: Fault | undefined;
}

export interface FileSystemsStore extends FollowingStore<readonly RunningFileSystem[]> {
  readonly stops: StoreApi<Readonly<Record<string, Stop>>>;
  stop(name: string, force: boolean): Promise<void>;
  dismiss(name: string): void;
}

export function createFileSystemsStore(client: Client<Contract>, now: () => number): FileSystemsStore {
  const stops = createStore<Readonly<Record<string, Stop>>>(() => ({}));
  const asked = createFollowingStore<readonly RunningFileSystem[]>(
    async () => {
      const answer = await client.call('filesystem.list', { all: true });
      return { ...answer, value: answer.fileSystems };
    },
    (_, rows) => rows,
    now,
  );
  const dismiss = (name: string): void =>
    stops.setState(all => Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)), true);

  const stop = async (name: string, force: boolean): Promise<void> => {
    if (stops.getState()[name]?.running === true) return;
    const before = asked.store.getState();
    const wasThere = before.kind === 'known' && before.value.some(({ container }) => container.name === name);
    stops.setState({ [name]: { running: true, note: undefined, fault: undefined } });
    try {
      await client.call(
        'filesystem.stop',
        { name, force },
        { onProgress: ({ note }) => stops.setState({ [name]: { running: true, note, fault: undefined } }) },
      );
      dismiss(name);
    } catch (caught) {
      const fault = faultOf(caught);
      // Somebody else was faster: it is as it was wanted.
      if (wasThere && fault.code === 'not-found') dismiss(name);
      else stops.setState({ [name]: { running: false, note: undefined, fault } });
    }
    await asked.refresh();
  };
  return { ...asked, stops, stop, dismiss };
}
