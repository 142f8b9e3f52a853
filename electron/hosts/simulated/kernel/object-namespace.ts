import { foldName, isSameName } from './fold-name.ts';
import {
  type Caller,
  type DeviceObject,
  DirectoryObject,
  isDevice,
  isDirectory,
  isLink,
  type KernelObject,
  type LeafObject,
} from './objects.ts';
import { STATUS, systemCallError } from './status.ts';

/** How a lookup ended: at a directory or an opaque object, at a link that was asked for, or at a device with a rest. */
export interface Resolved {
  readonly object: KernelObject;
  /** What a device is left to parse: empty, or with a leading `\`. */
  readonly remainder: string;
  /** The way led through a directory that only administrators may list. */
  readonly guarded: boolean;
}

type Step = Resolved | { readonly next: string; readonly global: boolean; readonly guarded: boolean };

/** Links followed in one lookup; more is a loop. The true limit is not documented. [inferred] */
const MAX_LINKS = 32;
const LOCAL_SYSTEM = '00000000-000003e7';

/**
 * The object manager's name lookup.
 *
 * A name starts at the root of the *calling thread's* silo. A local link's target starts there again; so a link found
 * under `\Silos\<id>` but opened by a host thread leads to the host's object. A global link's target starts at the
 * host's root. Ground: P0 "Who Contains the Containers?" (both callers of the root lookup ask for the current silo).
 */
export class ObjectNamespace {
  readonly root = new DirectoryObject();
  readonly #siloRoots = new Map<number, DirectoryObject>();

  constructor() {
    this.root.directory('Silos').guard = 'administrators';
    guardSessions(this.root);
  }

  addSiloRoot(silo: number, root: DirectoryObject): void {
    guardSessions(root);
    this.root.directory('Silos').set(String(silo), root);
    this.#siloRoots.set(silo, root);
  }

  removeSiloRoot(silo: number): void {
    this.root.directory('Silos').delete(String(silo));
    this.#siloRoots.delete(silo);
  }

  /** The directory that members of this silo see as `\`. */
  rootOf(silo: number): DirectoryObject {
    const root = silo === 0 ? this.root : this.#siloRoots.get(silo);
    if (root === undefined) throw systemCallError(STATUS.PROCESS_IS_TERMINATING, `silo ${silo} has ended`);
    return root;
  }

  /** The directory `\GLOBAL??` of a silo. */
  globalDosDevices(silo: number): DirectoryObject {
    return this.rootOf(silo).directory('GLOBAL??');
  }

  /** Where this caller's own DOS device names go: the logon session's directory; LocalSystem has none but the global. */
  localDosDevices(caller: Caller): DirectoryObject {
    if (caller.logon === LOCAL_SYSTEM) return this.globalDosDevices(caller.silo);
    return this.rootOf(caller.silo)
      .directory('Sessions')
      .directory('0')
      .directory('DosDevices')
      .directory(caller.logon);
  }

  /** The local DOS devices without making their directory; undefined for LocalSystem and for a session without names. */
  existingLocalDosDevices(caller: Caller): DirectoryObject | undefined {
    if (caller.logon === LOCAL_SYSTEM) return undefined;
    let directory: KernelObject | undefined = this.rootOf(caller.silo);
    for (const name of ['Sessions', '0', 'DosDevices', caller.logon]) {
      if (directory === undefined || !isDirectory(directory)) return undefined;
      directory = directory.get(name);
    }
    return directory !== undefined && isDirectory(directory) ? directory : undefined;
  }

  /** Looks a name up. With `openLink` a link at the very end is the answer and is not followed. */
  resolve(name: string, caller: Caller, openLink = false): Resolved {
    let path = name;
    let root = this.rootOf(caller.silo);
    let guarded = false;
    for (let links = 0; links <= MAX_LINKS; links += 1) {
      const step = this.#walk(path, root, caller, openLink);
      guarded ||= step.guarded;
      if (!('next' in step)) return { ...step, guarded };
      path = step.next;
      root = step.global ? this.root : this.rootOf(caller.silo);
    }
    throw systemCallError(STATUS.INVALID_PARAMETER, `too many links in ${name}`);
  }

  #walk(path: string, root: DirectoryObject, caller: Caller, openLink: boolean): Step {
    if (path === '' || path === '\\') return { object: root, remainder: '', guarded: false };
    if (!path.startsWith('\\')) throw systemCallError(STATUS.OBJECT_PATH_SYNTAX_BAD, path);
    let directory = root;
    let at = 1;
    let guarded = false;
    for (;;) {
      const slash = path.indexOf('\\', at);
      const end = slash < 0 ? path.length : slash;
      const component = path.slice(at, end);
      const rest = path.slice(end);
      if (component === '') throw systemCallError(STATUS.OBJECT_NAME_INVALID, path);
      if (directory === root && component === '??') {
        if (rest === '') return { object: this.globalDosDevices(caller.silo), remainder: '', guarded };
        return this.#walkDosDevices(rest, root, caller, openLink);
      }
      const found = directory.get(component);
      if (found === undefined) throw missing(rest, path);
      if (!isDirectory(found)) return { ...enter(found, rest, path, openLink), guarded };
      guarded ||=
        found.guard === 'administrators' || (directory.guard === 'sessions' && !isSameName(component, caller.logon));
      if (rest === '') return { object: found, remainder: '', guarded: guarded || found.guard === 'sessions' };
      directory = found;
      at = end + 1;
    }
  }

  /** `\??\name`: the caller's logon session first, then the global names. */
  #walkDosDevices(rest: string, root: DirectoryObject, caller: Caller, openLink: boolean): Step {
    const slash = rest.indexOf('\\', 1);
    const name = rest.slice(1, slash < 0 ? rest.length : slash);
    const after = slash < 0 ? '' : rest.slice(slash);
    if (name === '') throw systemCallError(STATUS.OBJECT_NAME_INVALID, `\\??${rest}`);
    const local = this.existingLocalDosDevices(caller)?.get(name);
    if (local !== undefined && !isDirectory(local)) return enter(local, after, rest, openLink);
    const global = root.get('GLOBAL??');
    const found = global !== undefined && isDirectory(global) ? global.get(name) : undefined;
    if (found === undefined) throw missing(after, `\\??${rest}`);
    if (isDirectory(found)) return { next: `\\GLOBAL??${rest}`, global: root === this.root, guarded: false };
    return enter(found, after, rest, openLink);
  }

  /**
   * Lists a directory. Below `\Silos`, and in the DosDevices of other logon sessions, that needs an administrator:
   * documented for DosDevices, [inferred] for `\Silos`. Traversing is free (SeChangeNotifyPrivilege).
   * `\??` is virtual: it can be opened but is not listed under `\`.
   */
  list(path: string, caller: Caller): readonly { readonly name: string; readonly type: string }[] {
    const { object, remainder, guarded } = this.resolve(path, caller);
    if (guarded && !caller.elevated) throw systemCallError(STATUS.ACCESS_DENIED, path);
    if (!isDirectory(object) || remainder !== '') throw systemCallError(STATUS.OBJECT_TYPE_MISMATCH, path);
    const entries = object.entries();
    if (object !== this.globalDosDevices(caller.silo) || !/^\\(\?\?|DosDevices)$/i.test(path)) return entries;
    const local = this.existingLocalDosDevices(caller)?.entries() ?? [];
    const shadowed = new Set(local.map(entry => foldName(entry.name)));
    return [...local, ...entries.filter(entry => !shadowed.has(foldName(entry.name)))];
  }

  readLink(path: string, caller: Caller): string {
    const { object, remainder } = this.resolve(path, caller, true);
    if (!isLink(object) || remainder !== '') throw systemCallError(STATUS.OBJECT_TYPE_MISMATCH, path);
    return object.target;
  }
}

/** Only administrators list `\Sessions\0\DosDevices`; each logon session may list its own directory. */
function guardSessions(root: DirectoryObject): void {
  root.directory('Sessions').directory('0').directory('DosDevices').guard = 'sessions';
}

function missing(rest: string, path: string): Error {
  return systemCallError(rest === '' ? STATUS.OBJECT_NAME_NOT_FOUND : STATUS.OBJECT_PATH_NOT_FOUND, path);
}

function enter(found: LeafObject, rest: string, path: string, openLink: boolean): Step {
  if (isLink(found)) {
    if (openLink && rest === '') return { object: found, remainder: '', guarded: false };
    return { next: found.target + rest, global: found.global, guarded: false };
  }
  if (isDevice(found)) return { object: found, remainder: rest, guarded: false };
  if (rest !== '') throw systemCallError(STATUS.OBJECT_TYPE_MISMATCH, path);
  return { object: found, remainder: '', guarded: false };
}

/** The device at the end of a lookup, or a refusal: files are opened on devices only. */
export function deviceOf(resolved: Resolved, path: string): DeviceObject {
  if (!isDevice(resolved.object)) throw systemCallError(STATUS.OBJECT_TYPE_MISMATCH, path);
  return resolved.object;
}
