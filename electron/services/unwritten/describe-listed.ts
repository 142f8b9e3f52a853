import { keepsWrites } from '../../../shared/domain/keeps-writes.ts';
import { inspectIfThere, type ListedContainer } from '../engine/containers.ts';
import type { CallOptions, EngineConnection } from '../engine/engine-connection.ts';
import { splitListCommand } from '../engine/list-command.ts';
import type { Described } from './may-hold-unwritten.ts';

/** What is known of a listed container's file system. Its environment and exact arguments are asked for only where they decide. */
export async function describeListed(
  connection: EngineConnection,
  { ref, command }: ListedContainer,
  options?: CallOptions,
): Promise<Described> {
  const described = { labels: ref.labels, argv: splitListCommand(command) };
  const isKnown = keepsWrites(described.argv) && !command.includes('--cache-dir');
  if (!command.toLowerCase().includes('rclone') || isKnown) return described;
  const inspected = await inspectIfThere(connection, ref.id, options);
  return inspected === undefined ? described : { ...described, argv: inspected.argv, variables: inspected.variables };
}
