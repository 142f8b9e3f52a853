import type { FileSystemOperations } from '../machine.ts';
import type { Connections } from './connections.ts';
import type { FsdDriver } from './fsd-driver.ts';
import type { Junctions } from './junctions.ts';
import type { ObjectNamespace } from './object-namespace.ts';
import type { Registry } from './registry.ts';
import type { ServiceControl } from './services.ts';

/** What a subject's system calls need of the kernel. */
export interface Win32Kernel {
  readonly namespace: ObjectNamespace;
  readonly driver: FsdDriver | undefined;
  readonly winfspVersion: string;
  readonly connections: Connections;
  registry(silo: number): Registry;
  services(silo: number): ServiceControl;
  /** Junctions of a disk that can hold them; undefined for every other file system. */
  junctions(operations: FileSystemOperations): Junctions | undefined;
  /** Runs `undo` when the process ends, at once if it has. */
  whenEnded(processId: number, undo: () => void): void;
}
