import { z } from 'zod';
import { ItemState, Workspace } from '../domain/workspace.ts';
import { Fault } from './fault-schema.ts';

/** How one file system of a workspace is, and why. */
export const ItemStatus = z.object({
  name: z.string(),
  state: ItemState,
  /** The last fault, where one is the reason. */
  fault: Fault.optional(),
  /** Failures in a row. */
  failures: z.int().nonnegative(),
  /** When it is tried again, ISO 8601. */
  nextAt: z.string().optional(),
  /** How often its container was brought back since this program began. */
  relaunches: z.int().nonnegative(),
  /** Ended containers that are kept, by name: they may hold what was not written to where the file system keeps it. */
  unwritten: z.array(z.string()).optional(),
});
export type ItemStatus = z.infer<typeof ItemStatus>;

/** A workspace as it is on one host. */
export const WorkspaceStatus = z.object({
  workspace: Workspace,
  /** Kept running on this host: brought back after a crash, a restart, or the next sign-in. */
  kept: z.boolean(),
  items: z.array(ItemStatus),
});
export type WorkspaceStatus = z.infer<typeof WorkspaceStatus>;
