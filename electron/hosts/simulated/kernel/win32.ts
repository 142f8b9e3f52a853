import type {
  FileStat,
  Process,
  RegistryKey,
  ServiceStatus,
  Subject,
  VolumeInformation,
  Win32,
  WinFspControl,
} from '../machine.ts';
import { defineDosDevice, queryDosDevice, removeDosDevice } from './dos-devices.ts';
import type { Junction } from './junctions.ts';
import { isDevice, type OpenTarget } from './objects.ts';
import { openPath } from './open-path.ts';
import { STATUS, systemCallError } from './status.ts';
import type { Win32Kernel } from './win32-kernel.ts';
import { winfspControl } from './winfsp-control.ts';

/** The Win32 face of the kernel for one subject, as long as its process (if it is one's) lives. Every path goes through the object manager. */
export function bindWin32(kernel: Win32Kernel, subject: Subject, process?: Process): Win32 {
  return new BoundWin32(kernel, subject, process);
}

class BoundWin32 implements Win32 {
  readonly subject: Subject;
  readonly winfsp: WinFspControl;
  readonly #process: Process | undefined;
  readonly #bound: Win32Kernel;

  constructor(kernel: Win32Kernel, subject: Subject, process: Process | undefined) {
    this.#bound = kernel;
    this.#process = process;
    this.subject = subject;
    this.winfsp = winfspControl(() => this.#kernel, subject);
  }

  /** The way into the kernel: closed to a process that was terminated, even where its program runs on. */
  get #kernel(): Win32Kernel {
    if (this.#process?.exitCode !== undefined) throw systemCallError(STATUS.PROCESS_IS_TERMINATING);
    return this.#bound;
  }

  async information(path = 'C:\\'): Promise<VolumeInformation> {
    return (await this.#open(path)).operations.information();
  }

  async stat(path: string): Promise<FileStat> {
    const target = await this.#open(path);
    return target.operations.stat(target.path);
  }

  async list(path: string): Promise<readonly FileStat[]> {
    const target = await this.#open(path);
    return target.operations.list(target.path);
  }

  async read(path: string): Promise<Uint8Array> {
    const target = await this.#open(path);
    return target.operations.read(target.path);
  }

  async write(path: string, bytes: Uint8Array, how: 'replace' | 'append'): Promise<void> {
    const target = await this.#open(path);
    return target.operations.write(target.path, bytes, how);
  }

  async createDirectory(path: string): Promise<void> {
    const target = await this.#open(path);
    return target.operations.createDirectory(target.path);
  }

  async deleteFile(path: string): Promise<void> {
    const target = await this.#open(path);
    return target.operations.deleteFile(target.path);
  }

  async removeDirectory(path: string): Promise<void> {
    // A junction at the end is not followed: it is what goes.
    const target = await this.#open(path, notAtTheEnd);
    const junctions = this.#kernel.junctions(target.operations);
    if (junctions?.on(target.path) !== undefined) return junctions.clear(target.path);
    return target.operations.removeDirectory(target.path);
  }

  async rename(from: string, to: string): Promise<void> {
    const source = await this.#open(from);
    const goal = await this.#open(to);
    if (source.operations !== goal.operations) throw systemCallError(STATUS.NOT_SAME_DEVICE, to);
    return source.operations.rename(source.path, goal.path);
  }

  async isWinFsp(path: string): Promise<boolean> {
    const target = await this.#open(path);
    await target.operations.stat(target.path);
    return target.winfsp;
  }

  defineDosDevice(name: string, rawTarget: string, owner?: number): void {
    const undo = defineDosDevice(this.#kernel.namespace, this.subject, name, rawTarget);
    if (owner !== undefined) this.#kernel.whenEnded(owner, undo);
  }

  removeDosDevice(name: string): void {
    removeDosDevice(this.#kernel.namespace, this.subject, name);
  }

  async createJunction(directory: string, rawTarget: string, owner?: number): Promise<void> {
    const { object, remainder } = this.#kernel.namespace.resolve(rawTarget, this.subject, true);
    // NTFS refuses junctions to network file systems; a network volume's name leads through a link and has a prefix.
    if (!isDevice(object) || remainder !== '') throw systemCallError(STATUS.NETWORK_ACCESS_DENIED, rawTarget);
    const target = await this.#open(directory, notAtTheEnd);
    const junctions = this.#kernel.junctions(target.operations);
    if (junctions === undefined) throw systemCallError(STATUS.INVALID_DEVICE_REQUEST, directory);
    await junctions.set(target.path, rawTarget);
    if (owner !== undefined) this.#kernel.whenEnded(owner, () => junctions.clear(target.path));
  }

  async readJunction(path: string): Promise<string | undefined> {
    const target = await this.#open(path, notAtTheEnd);
    return this.#kernel.junctions(target.operations)?.at(target.path);
  }

  queryDosDevice(name?: string): readonly string[] {
    return queryDosDevice(this.#kernel.namespace, this.subject, name);
  }

  listDirectoryObject(path: string): readonly { readonly name: string; readonly type: string }[] {
    return this.#kernel.namespace.list(path, this.subject);
  }

  readSymbolicLink(path: string): string {
    return this.#kernel.namespace.readLink(path, this.subject);
  }

  registryKey(path: string): RegistryKey | undefined {
    return this.#kernel.registry(this.subject.silo).key(path);
  }

  services(): readonly ServiceStatus[] {
    return this.#kernel.services(this.subject.silo).all();
  }

  service(name: string): ServiceStatus | undefined {
    return this.#kernel.services(this.subject.silo).find(name);
  }

  async startService(name: string): Promise<void> {
    this.#kernel.services(this.subject.silo).start(name, this.subject.elevated);
  }

  async stopService(name: string): Promise<void> {
    this.#kernel.services(this.subject.silo).stop(name, this.subject.elevated);
  }

  connections(): ReturnType<Win32['connections']> {
    // The provider's registration is the host's; a container's registry has no WinFsp.
    return this.#kernel.connections.list(this, this.subject.silo === 0 && this.#kernel.driver !== undefined);
  }

  addConnection(local: string | undefined, remote: string): Promise<void> {
    return this.#kernel.connections.add(this, local, remote);
  }

  async removeConnection(localOrRemote: string): Promise<void> {
    this.#kernel.connections.remove(this, localOrRemote);
  }

  #open(path: string, follow: (junction: Junction) => boolean = () => true): Promise<OpenTarget> {
    return openPath(this.#kernel.namespace, this.subject, path, (operations, inner) => {
      const junction = this.#kernel.junctions(operations)?.on(inner);
      return junction !== undefined && follow(junction) ? junction : undefined;
    });
  }
}

/** Opens a junction itself (FILE_FLAG_OPEN_REPARSE_POINT), following those on the way to it. */
function notAtTheEnd(junction: Junction): boolean {
  return junction.rest !== '';
}
