import { contract } from '../../../shared/contract/contract.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { Workspace } from '../../../shared/domain/workspace.ts';
import { issuesOf } from '../../../shared/wire/issues.ts';
import type { HostHandlers, ServiceHandlers, WorkspaceCall } from '../service-handlers.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { Surroundings } from '../surroundings.ts';
import { captureItems } from './capture.ts';
import type { WorkspaceActs, Workspaces } from './workspaces.ts';

/** Launches and stops of the services, as a workspace uses them. */
export function workspaceActs(handlers: HostHandlers, preferences: Preferences): WorkspaceActs {
  return {
    profiles: () => preferences.launchProfiles(),
    launch: async (input, signal) => handlers['filesystem.launch'](input, { signal, progress: () => undefined }),
    stop: async (name, force, tell, signal) =>
      handlers['filesystem.stop'](contract['filesystem.stop'].input.parse({ name, force }), {
        signal,
        progress: ({ note }) => tell(note),
      }),
  };
}

/** The contract's calls on workspaces, and the stop of a file system, which a workspace has to know of. */
export function workspaceHandlers(
  around: Surroundings,
  workspaces: Workspaces,
  preferences: Preferences,
  stop: HostHandlers['filesystem.stop'],
): Pick<ServiceHandlers, WorkspaceCall | 'filesystem.stop'> {
  return {
    async 'filesystem.stop'(input, context) {
      // First: its end is seen before the stop has been answered.
      const undo = workspaces.hold(input.name);
      try {
        return await stop(input, context);
      } catch (error) {
        undo();
        throw error;
      }
    },
    async 'workspace.list'({ look }) {
      const listed = await workspaces.list();
      if (!look) return { workspaces: [...listed] };
      return { workspaces: await Promise.all(listed.map(({ workspace }) => workspaces.look(workspace.name))) };
    },
    'workspace.save': ({ workspace }) => workspaces.save(workspace),
    async 'workspace.remove'({ name }) {
      await workspaces.remove(name);
      return { name };
    },
    async 'workspace.capture'({ name }, { signal }) {
      const { items, left } = await captureItems(around, await preferences.launchProfiles(), signal);
      if (items.length === 0) return { left: [...left] };
      const parsed = Workspace.safeParse({ name, items });
      if (!parsed.success) throw new FaultError({ code: 'invalid-input', issues: issuesOf(parsed.error) });
      return { workspace: parsed.data, left: [...left] };
    },
    'workspace.start': ({ name }, { signal, progress }) => workspaces.keep(name, progress, signal),
    'workspace.stop': ({ name, force }, { signal, progress }) =>
      workspaces.stop(name, force, note => progress({ note }), signal),
  };
}
