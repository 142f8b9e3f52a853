import { z } from 'zod';
import { NotCaptured, Workspace } from '../domain/workspace.ts';
import { Fault } from './fault-schema.ts';
import { nothing } from './nothing.ts';
import { command, query } from './operation.ts';
import { WorkspaceStatus } from './workspace-status.ts';

/** File systems that are kept running together. */
export const workspaceOperations = {
  /** The user's workspaces, as they are on this host. `look`: each container is asked now, and not only remembered. */
  'workspace.list': query(
    z.object({ look: z.boolean().default(false) }),
    z.object({ workspaces: z.array(WorkspaceStatus) }),
  ),
  'workspace.save': command(z.object({ workspace: Workspace }), WorkspaceStatus, nothing),
  /** Its containers go on. */
  'workspace.remove': command(z.object({ name: z.string().min(1) }), z.object({ name: z.string() }), nothing),
  /** What runs now, made into a workspace; `left`: what cannot be taken up, and why. Saves nothing. */
  'workspace.capture': query(
    z.object({ name: z.string().min(1) }),
    z.object({ workspace: Workspace.optional(), left: z.array(NotCaptured) }),
  ),
  /** Launches what is not there, in order, and keeps it running. Answers when every item has come to rest. */
  'workspace.start': command(z.object({ name: z.string().min(1) }), WorkspaceStatus, WorkspaceStatus),
  /** Stops its containers, the last one first, and keeps it no longer. `left`: what did not stop. */
  'workspace.stop': command(
    z.object({ name: z.string().min(1), force: z.boolean().default(false) }),
    z.object({ stopped: z.array(z.string()), left: z.array(z.object({ name: z.string(), fault: Fault })) }),
    z.object({ note: z.string() }),
  ),
} as const;
