import { HOST_NAMESPACE } from './host-namespace.ts';
import type { Namespace, NamespaceId } from './namespace.ts';

/** Whether it is on another kernel: a Hyper-V container's. */
export function isVirtualMachine(id: NamespaceId): boolean {
  return id.startsWith('vm:');
}

/** The kind of a namespace, by its id alone. */
export function kindOfNamespace(id: NamespaceId): Namespace['kind'] {
  if (id === HOST_NAMESPACE) return 'host';
  return isVirtualMachine(id) ? 'vm' : 'silo';
}
