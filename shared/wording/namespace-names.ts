import { HOST_NAMESPACE, type Namespace, type NamespaceId } from '../domain/namespace.ts';
import { escapeUntrusted } from './plain-text.ts';

/** Names namespaces: `the host`, `container a`, `Hyper-V container a`, or the bare id of one that nobody knows. */
export function namespaceNames(namespaces: readonly Namespace[]): (id: NamespaceId) => string {
  const byId = new Map(namespaces.map(namespace => [namespace.id, namespace]));
  return id => nameOf(id, byId.get(id));
}

function nameOf(id: NamespaceId, found: Namespace | undefined): string {
  if (id === HOST_NAMESPACE) return 'the host';
  if (found === undefined) return escapeUntrusted(id);
  return `${found.kind === 'vm' ? 'Hyper-V container' : 'container'} ${escapeUntrusted(found.label)}`;
}
