import type { FileSystemOperations, SiloId } from '../machine.ts';
import type { ControlDevice } from './control-device.ts';
import { foldName } from './fold-name.ts';

/** Who opens: the thread's silo decides the root, its logon session the local DosDevices. */
export interface Caller {
  readonly silo: SiloId;
  readonly logon: string;
  readonly elevated: boolean;
}

/** What an open of a device leads to: somebody's file system, and the path within it (leading `\`). */
export interface OpenTarget {
  readonly operations: FileSystemOperations;
  readonly path: string;
  /** FSP_FSCTL_QUERY_WINFSP succeeds on the opened file. */
  readonly winfsp: boolean;
}

export interface DeviceObject {
  readonly type: 'Device';
  /** IRP_MJ_CREATE with what is left of the name: empty, or with a leading `\`. */
  open(remainder: string, caller: Caller): OpenTarget | Promise<OpenTarget>;
  /** Only the FSD's control devices have one. */
  readonly control?: ControlDevice;
}

export interface SymbolicLinkObject {
  readonly type: 'SymbolicLink';
  readonly target: string;
  /** Its target is looked up from the host's root, whoever opens it. User mode cannot read this flag. */
  readonly global: boolean;
}

/** Anything that is only listed: `Job`, `Event`, `Key`, `ALPC Port`, `Driver`, ... */
export interface OpaqueObject {
  readonly type: string;
  readonly opaque: true;
}

export type KernelObject = DirectoryObject | LeafObject;
/** What a lookup ends at, or follows. */
export type LeafObject = SymbolicLinkObject | DeviceObject | OpaqueObject;

export const link = (target: string): SymbolicLinkObject => ({ type: 'SymbolicLink', target, global: false });
export const globalLink = (target: string): SymbolicLinkObject => ({ type: 'SymbolicLink', target, global: true });
export const opaque = (type: string): OpaqueObject => ({ type, opaque: true });

export const isDirectory = (object: KernelObject): object is DirectoryObject => object instanceof DirectoryObject;
export const isLink = (object: KernelObject): object is SymbolicLinkObject => 'target' in object;
export const isDevice = (object: KernelObject): object is DeviceObject => 'open' in object;

/** Entries that many directories share: a silo's template. Never changed. */
export type DirectoryTemplate = ReadonlyMap<string, { readonly name: string; readonly object: KernelObject }>;

/** A template from name -> object. */
export function directoryTemplate(entries: Readonly<Record<string, KernelObject>>): DirectoryTemplate {
  return new Map(Object.entries(entries).map(([name, object]) => [foldName(name), { name, object }]));
}

const NO_TEMPLATE: DirectoryTemplate = new Map();

/** A directory object: names are unique whatever their case, and kept as given. */
export class DirectoryObject {
  readonly type = 'Directory';
  /** Who may list it: `administrators`; `sessions`: each logon session only its own child. */
  guard: 'administrators' | 'sessions' | undefined;
  readonly #template: DirectoryTemplate;
  #own: Map<string, { readonly name: string; readonly object: KernelObject }> | undefined;

  constructor(template: DirectoryTemplate = NO_TEMPLATE) {
    this.#template = template;
  }

  get(name: string): KernelObject | undefined {
    const folded = foldName(name);
    return (this.#own?.get(folded) ?? this.#template.get(folded))?.object;
  }

  set(name: string, object: KernelObject): void {
    this.#own ??= new Map();
    this.#own.set(foldName(name), { name, object });
  }

  delete(name: string): void {
    this.#own?.delete(foldName(name));
  }

  /** The directory of this name, made when it is not there. */
  directory(name: string): DirectoryObject {
    const found = this.get(name);
    if (found !== undefined && isDirectory(found)) return found;
    const made = new DirectoryObject();
    this.set(name, made);
    return made;
  }

  entries(): { readonly name: string; readonly type: string }[] {
    const listed: { name: string; type: string }[] = [];
    for (const [folded, { name, object }] of this.#template) {
      if (this.#own?.has(folded) !== true) listed.push({ name, type: object.type });
    }
    for (const { name, object } of this.#own?.values() ?? []) listed.push({ name, type: object.type });
    return listed;
  }
}
