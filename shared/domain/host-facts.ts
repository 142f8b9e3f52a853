import { z } from 'zod';

/** `local`, `simulated`, or `ssh://user@host`. */
export const HostId = z.string().min(1);
export type HostId = z.infer<typeof HostId>;

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
});
export type HostFacts = z.infer<typeof HostFacts>;
