import { HOST_NAMESPACE, type Namespace, type NamespaceId } from '../domain/namespace.ts';
import { escapeUntrusted } from './plain-text.ts';

/** `the host`, `container a`, `Hyper-V container a`, or the bare id of a namespace that nobody knows. */
export function namespaceName(id: NamespaceId, namespaces: readonly Namespace[]): string {
  if (id === HOST_NAMESPACE) return 'the host';
  const found = namespaces.find(namespace => namespace.id === id);
  if (found === undefined) return escapeUntrusted(id);
  return `${found.kind === 'vm' ? 'Hyper-V container' : 'container'} ${escapeUntrusted(found.label)}`;
}
