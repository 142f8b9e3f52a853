import type { Subject } from '../../machine.ts';

/** A security principal with its POSIX id as WinFsp maps it (Services for UNIX rules). */
export interface Principal {
  readonly sid: string;
  readonly name: string;
  readonly id: number;
}

const MACHINE = 'S-1-5-21-1004336348-1177238915-682003330';

const WELL_KNOWN: readonly Principal[] = [
  { sid: 'S-1-5-18', name: 'NT AUTHORITY\\SYSTEM', id: 18 },
  { sid: 'S-1-5-19', name: 'NT AUTHORITY\\LOCAL SERVICE', id: 19 },
  { sid: 'S-1-5-20', name: 'NT AUTHORITY\\NETWORK SERVICE', id: 20 },
  { sid: 'S-1-5-32-544', name: 'BUILTIN\\Administrators', id: 544 },
  { sid: 'S-1-5-32-545', name: 'BUILTIN\\Users', id: 545 },
  { sid: 'S-1-1-0', name: 'Everyone', id: 0x10100 },
  { sid: 'S-1-5-93-2-1', name: 'User Manager\\ContainerAdministrator', id: 0x5d001 },
  { sid: 'S-1-5-93-2-2', name: 'User Manager\\ContainerUser', id: 0x5d002 },
];

export interface Identity {
  readonly user: Principal;
  readonly owner: Principal;
  readonly group: Principal;
}

/** Who a subject is, to the SID. */
export function identityOf(subject: Subject): Identity {
  const user = knownIdentity(subject, subject.user) ?? {
    sid: `${MACHINE}-1001`,
    name: subject.user,
    id: 0x30000 + 1001,
  };
  const administrators = { sid: 'S-1-5-32-544', name: 'BUILTIN\\Administrators', id: 544 };
  const machine = subject.user.split('\\')[0] ?? '';
  const none = { sid: `${MACHINE}-513`, name: `${machine}\\None`, id: 0x30000 + 513 };
  return { user, owner: subject.elevated ? administrators : user, group: user.sid.startsWith(MACHINE) ? none : user };
}

/** A principal by name, SID or id. */
export function knownIdentity(subject: Subject, wanted: string): Principal | undefined {
  const text = wanted.toLowerCase();
  const found = WELL_KNOWN.find(
    ({ sid, name, id }) =>
      sid.toLowerCase() === text ||
      name.toLowerCase() === text ||
      name.split('\\').at(-1)?.toLowerCase() === text ||
      String(id) === text,
  );
  if (found !== undefined) return found;
  const own = { sid: `${MACHINE}-1001`, name: subject.user, id: 0x30000 + 1001 };
  const isOwn = [own.sid, own.name, own.name.split('\\').at(-1) ?? '', String(own.id)].some(
    form => form.toLowerCase() === text,
  );
  return isOwn ? own : undefined;
}
