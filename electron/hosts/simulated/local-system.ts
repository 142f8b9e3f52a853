import type { SiloId, Subject } from './machine.ts';

/** LocalSystem of the host (0) or of a silo: no DosDevices of its own, every right. */
export function localSystemIn(silo: SiloId): Subject {
  return { silo, logon: '00000000-000003e7', user: 'NT AUTHORITY\\SYSTEM', elevated: true };
}
