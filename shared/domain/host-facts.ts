import { z } from 'zod';

/** `local`, `simulated`, or `ssh://user@host`. */
export const HostId = z.string().min(1);
export type HostId = z.infer<typeof HostId>;

/**
 * A logon session of the user who asks. Administrators have two, of which only the elevated one has their rights: each has
 * drive letters of its own. Ground: Microsoft, TokenLinkedToken; "Local and Global MS-DOS Device Names".
 */
export const LogonSession = z.object({
  /** Its LUID as the object namespace names its directory: `00000000-0002210f`. */
  id: z.string(),
  elevated: z.boolean(),
  /** The one in which this program looks. */
  own: z.boolean(),
});
export type LogonSession = z.infer<typeof LogonSession>;

/** What a host says of itself. `productType` decides Docker's default isolation (server: process; client: hyperv). */
export const HostFacts = z.object({
  machineName: z.string(),
  /** Third field of the Windows version, e.g. 20348: the number that decides image compatibility. */
  build: z.int().positive(),
  /** Update build revision (UBR), the fourth field. */
  revision: z.int().nonnegative(),
  /** As the registry's DisplayVersion says it, e.g. `21H2`. */
  displayVersion: z.string(),
  /** E.g. `Windows Server 2022 Datacenter`, `Windows 11 Pro`. */
  edition: z.string(),
  productType: z.enum(['client', 'server']),
  architecture: z.enum(['x64', 'arm64']),
  /** The asker's own session, and its elevated or filtered twin where there is one. Absent: nobody could tell. */
  sessions: z.array(LogonSession).optional(),
});
export type HostFacts = z.infer<typeof HostFacts>;
