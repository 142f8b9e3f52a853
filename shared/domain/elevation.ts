import { z } from 'zod';

/** What an administrator may be asked for. Each purpose is asked for by itself and grants its own acts only. */
export const ElevationPurpose = z.enum(['look-into-silos', 'unload-fsd', 'start-engine']);
export type ElevationPurpose = z.infer<typeof ElevationPurpose>;

/** Docker's services: of a stand-alone engine, and of Docker Desktop. */
export const EngineService = z.enum(['docker', 'com.docker.service']);
export type EngineService = z.infer<typeof EngineService>;

/** The directories that only administrators may list: silos, and the drive letters of every logon session. */
const GUARDED = /^\\(?:Silos|Sessions\\0\\DosDevices)(?:\\[^\\\p{Cc}]{1,255}){0,32}$/iu;

/** A path of the object namespace that needs an administrator: `\Silos` or `\Sessions\0\DosDevices`, or below. */
export const GuardedPath = z.string().max(4_096).regex(GUARDED);

export const isGuardedPath = (path: string): boolean => GuardedPath.safeParse(path).success;

/**
 * The whole of what is ever done with an administrator's rights. No act names a program, a file or a switch: what it
 * takes is fixed where it is done.
 */
export const ElevatedAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('list-objects'), path: GuardedPath }),
  z.strictObject({ act: z.literal('read-link'), path: GuardedPath }),
  /** `hcsdiag list -raw`. */
  z.strictObject({ act: z.literal('list-compute-systems') }),
  /** `fsptool unload` of the installed WinFsp. */
  z.strictObject({ act: z.literal('unload-fsd') }),
  /** `sc start`. */
  z.strictObject({ act: z.literal('start-engine-service'), service: EngineService }),
]);
export type ElevatedAct = z.infer<typeof ElevatedAct>;

const LOOKS: readonly ElevatedAct['act'][] = ['list-objects', 'read-link', 'list-compute-systems'];

const GRANTS: Readonly<Record<ElevationPurpose, readonly ElevatedAct['act'][]>> = {
  'look-into-silos': LOOKS,
  // What is lost with the driver is found out with the same rights: some of it may be out of a user's sight.
  'unload-fsd': [...LOOKS, 'unload-fsd'],
  'start-engine': ['start-engine-service'],
};

/** Whether who was let in for this purpose may do that. */
export const grants = (purpose: ElevationPurpose, { act }: ElevatedAct): boolean => GRANTS[purpose].includes(act);

/** Whether it changes nothing: who was let in to do something has done it after the first act that is none. */
export const isLook = ({ act }: ElevatedAct): boolean => LOOKS.includes(act);

/**
 * With how many rights somebody wants to look. `if-held`: with those that were given and not yet given back; nobody is
 * asked for more. `ask`: the user is asked, where none are held.
 */
export const Elevate = z.enum(['no', 'if-held', 'ask']);
export type Elevate = z.infer<typeof Elevate>;

/**
 * Why nobody can be asked. `fixed-rights`: a session over SSH has the rights that it was given. `recording`: nothing is
 * done on a recording. `no-prompt`: nobody sits before this session, or the system shows no prompt.
 */
export const NoElevation = z.enum(['fixed-rights', 'recording', 'no-prompt']);
export type NoElevation = z.infer<typeof NoElevation>;

/** How Siloscope stands to an administrator's rights on a host. `held`: it runs with them, nobody need be asked. */
export const ElevationState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('held') }),
  z.object({ state: z.literal('can-ask') }),
  z.object({ state: z.literal('unavailable'), because: NoElevation }),
]);
export type ElevationState = z.infer<typeof ElevationState>;
