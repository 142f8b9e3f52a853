import { FaultError } from '../../../shared/contract/fault.ts';
import type { ContainerRef } from '../../../shared/domain/namespace.ts';
import { secretFilesOfLabels } from '../../../shared/domain/secret-labels.ts';
import { renameContainer } from '../engine/container-orders.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { emptyFiles } from '../engine/put-files.ts';
import type { Surroundings } from '../surroundings.ts';

/** So many are kept of one item. The next one is not launched then: to throw one away is for a person to decide. */
export const MOST_KEPT = 5;

/** The mark is of its own id, as in a relaunch: nobody calls a container so by chance. */
const markOf = (id: string): string => `.unwritten-${id.slice(0, 12)}`;

/** The item that a container was which is kept so; undefined for any other. */
export function itemOfKept({ id, name }: Pick<ContainerRef, 'id' | 'name'>): string | undefined {
  const mark = markOf(id);
  return name.length > mark.length && name.toLowerCase().endsWith(mark) ? name.slice(0, -mark.length) : undefined;
}

/** Names of the ended containers that are kept of an item, as they may hold what it did not write. */
export function keptOf(item: string, containers: readonly ListedContainer[]): readonly string[] {
  return containers.flatMap(({ ref }) => (itemOfKept(ref)?.toLowerCase() === item.toLowerCase() ? [ref.name] : []));
}

/** Rejects with `unwritten-kept` where no more of them may be kept. */
export function requireRoom(item: string, kept: readonly string[]): void {
  if (kept.length >= MOST_KEPT) throw new FaultError({ code: 'unwritten-kept', container: item, kept: [...kept] });
}

/** Puts an ended container aside, its secrets emptied, so that its name is free. Answers its new name. */
export async function keepUnwritten(
  { connection }: Surroundings,
  { id, name, labels }: ContainerRef,
  signal?: AbortSignal,
): Promise<string> {
  await emptyFiles(connection, id, secretFilesOfLabels(labels), { signal });
  const kept = `${name}${markOf(id)}`;
  await renameContainer(connection, id, kept, { signal });
  return kept;
}
