import type { Fault } from '../../../shared/contract/fault.ts';
import type { Unwritten } from '../../../shared/domain/launch.ts';
import type { Workspace, WorkspaceItem } from '../../../shared/domain/workspace.ts';
import type { Found } from './judge-item.ts';

/** All that keeping a workspace needs of the world. Every call may reject with a fault. */
export interface Ground {
  /** What stands under these names, in one look. Rejects when the engine cannot be asked. */
  look(workspace: Workspace, signal: AbortSignal): Promise<ReadonlyMap<string, Found>>;
  launch(workspace: Workspace, item: WorkspaceItem, signal: AbortSignal): Promise<void>;
  /**
   * Removes a container of the workspace that has ended, or puts it aside. Answers what may be unwritten; `cut`: nothing
   * that could be found again, but what was open for writing; `changed`: it is not the one that was looked at any more, or
   * runs again, and nothing was done.
   */
  remove(
    workspace: Workspace,
    item: WorkspaceItem,
    signal: AbortSignal,
  ): Promise<LeftBehind | 'changed' | 'cut' | undefined>;
  /** The same for one whose volume is gone already: it is stopped first. */
  clear(
    workspace: Workspace,
    item: WorkspaceItem,
    signal: AbortSignal,
  ): Promise<LeftBehind | 'changed' | 'cut' | undefined>;
  /** Names of the containers that are put aside of an item, as the last look found them. */
  left(item: WorkspaceItem): readonly string[];
  /** Whether what an item was given up for has been seen to since, by whoever. */
  isMended(item: WorkspaceItem, fault: Fault): Promise<boolean>;
}

/** What a container may not have written to where it keeps it. */
export interface LeftBehind {
  /** What the container is called now; absent: it is gone, and with it what it held. */
  readonly kept?: string;
  /** As its program told; absent: it could not be asked. */
  readonly unwritten?: readonly Unwritten[];
  /** How its stop went. */
  readonly notes: readonly string[];
}
