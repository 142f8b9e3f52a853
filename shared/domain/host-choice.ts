import { z } from 'zod';
import { HostId } from './host-facts.ts';
import { SshConnection } from './ssh-connection.ts';

/** A host that can be opened in the place of the present one, or why it cannot. */
export const HostChoice = z.object({
  kind: z.enum(['simulated', 'recording', 'local', 'ssh']),
  id: HostId,
  /** Of a simulated host: the name of what it plays. */
  scenario: z.string().optional(),
  title: z.string(),
  description: z.string(),
  available: z.boolean(),
  /** Why not, when it is not available. */
  reason: z.string().optional(),
  current: z.boolean(),
  /** How it would be reached, of a host over SSH. */
  ssh: SshConnection.optional(),
});
export type HostChoice = z.infer<typeof HostChoice>;
