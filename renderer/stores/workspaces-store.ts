import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { WorkspaceStatus } from '../../shared/contract/workspace-status.ts';
import type { NotCaptured } from '../../shared/domain/workspace.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

/** What is being done with workspaces, and what came of it. */
export interface WorkspaceWork {
  /** Names of those that are being started or stopped. */
  readonly busy: readonly string[];
  readonly fault: Fault | undefined;
  /** What the last capture could not take up. */
  readonly left: readonly NotCaptured[];
  /** What the last stop left running, and why. */
  readonly unstopped: readonly { readonly name: string; readonly fault: Fault }[];
}

export interface WorkspacesStore extends AskedStore<readonly WorkspaceStatus[]> {
  readonly work: StoreApi<WorkspaceWork>;
  /** News of one of them, from whoever keeps it. */
  hear(status: WorkspaceStatus): void;
  /** None of these rejects: what went wrong is told by `work`. Each answers whether it was done. */
  start(name: string): Promise<boolean>;
  stop(name: string): Promise<boolean>;
  /** What runs now, kept under that name. */
  capture(name: string): Promise<boolean>;
  remove(name: string): Promise<boolean>;
  dismiss(): void;
}

const AT_REST: WorkspaceWork = { busy: [], fault: undefined, left: [], unstopped: [] };

export function createWorkspacesStore(client: Client<Contract>, now: () => number): WorkspacesStore {
  const work = createStore<WorkspaceWork>(() => AT_REST);
  const asked = createAskedStore<readonly WorkspaceStatus[]>(
    async () => (await client.call('workspace.list', { look: true })).workspaces,
    now,
  );
  const doing = async (name: string, act: () => Promise<Partial<WorkspaceWork>>): Promise<boolean> => {
    work.setState({ ...AT_REST, busy: [...work.getState().busy, name] });
    try {
      work.setState(await act());
      return true;
    } catch (caught) {
      work.setState({ fault: faultOf(caught) });
      return false;
    } finally {
      work.setState({ busy: work.getState().busy.filter(one => one !== name) });
      await asked.refresh();
    }
  };
  return {
    ...asked,
    work,
    hear(status) {
      const state = asked.store.getState();
      if (state.kind !== 'known') return;
      const { name } = status.workspace;
      const value = state.value.map(one => (one.workspace.name === name ? status : one));
      asked.store.setState({ ...state, value }, true);
    },
    start: name =>
      doing(name, async () => {
        await client.call('workspace.start', { name });
        return {};
      }),
    stop: name =>
      doing(name, async () => {
        const { left } = await client.call('workspace.stop', { name });
        return { unstopped: left };
      }),
    capture: name =>
      doing(name, async () => {
        const { workspace, left } = await client.call('workspace.capture', { name });
        if (workspace !== undefined) await client.call('workspace.save', { workspace });
        return { left };
      }),
    remove: name =>
      doing(name, async () => {
        await client.call('workspace.remove', { name });
        return {};
      }),
    dismiss: () => work.setState({ fault: undefined, left: [], unstopped: [] }),
  };
}
