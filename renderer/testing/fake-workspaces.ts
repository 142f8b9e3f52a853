import type { Contract } from '../../shared/contract/contract.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { Handlers } from '../../shared/contract/operation.ts';
import type { WorkspaceStatus } from '../../shared/contract/workspace-status.ts';
import type { Workspace } from '../../shared/domain/workspace.ts';
import type { FakeWorld } from './fake-world.ts';

type WorkspaceCall = Extract<keyof Handlers<Contract>, `workspace.${string}`>;

/** Workspaces of what the story runs. */
export function fakeWorkspaces(world: FakeWorld): Pick<Handlers<Contract>, WorkspaceCall> {
  let workspaces: readonly Workspace[] = [];

  const statusOf = (workspace: Workspace): WorkspaceStatus => ({
    workspace,
    kept: false,
    items: workspace.items.map(({ name }) => ({
      name,
      state: world.silos.some(({ fileSystem }) => fileSystem.container.name === name) ? 'running' : 'idle',
      failures: 0,
      relaunches: 0,
    })),
  });
  const workspaceNamed = (name: string): Workspace => {
    const found = workspaces.find(workspace => workspace.name === name);
    if (found === undefined) throw new FaultError({ code: 'not-found', what: 'workspace', name });
    return found;
  };

  return {
    'workspace.list': () => ({ workspaces: workspaces.map(statusOf) }),
    'workspace.save': ({ workspace }) => {
      workspaces = [...workspaces.filter(({ name }) => name !== workspace.name), workspace];
      return statusOf(workspace);
    },
    'workspace.remove': ({ name }) => {
      workspaces = workspaces.filter(workspace => workspace.name !== name);
      return { name };
    },
    'workspace.capture': ({ name }) => ({
      workspace: {
        name,
        items: world.silos.map(({ fileSystem }) => ({
          name: fileSystem.container.name,
          launch: { profile: 'memfs-disk' },
        })),
      },
      left: [],
    }),
    'workspace.start': ({ name }) => statusOf(workspaceNamed(name)),
    'workspace.stop': ({ name }) => ({ stopped: workspaceNamed(name).items.map(item => item.name), left: [] }),
  };
}
