import { removeContainer } from '../engine/container-orders.ts';
import { listContainers } from '../engine/containers.ts';
import { hasEnded, ownProcess } from '../own-process.ts';
import type { Surroundings } from '../surroundings.ts';
import { TEST_LABEL, TESTER_LABEL } from './isolation-labels.ts';

/** A test of another machine's Siloscope, or of a process whose id has a new bearer, takes no longer. */
const LONGEST_TEST_MS = 3_600_000;

/**
 * Removes what self-tests left that a crash broke off: containers with their labels, and of a process of this machine
 * that has ended, or begun too long ago to be under way. Answers their names.
 */
export async function sweepIsolation(
  around: Surroundings,
  isAlive: (processId: number) => boolean,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const oldest = around.clock.now() - LONGEST_TEST_MS;
  const swept: string[] = [];
  for (const { ref } of await listContainers(around.connection, { all: true, signal })) {
    const began = Date.parse(ref.labels[TEST_LABEL] ?? '');
    if (Number.isNaN(began)) continue;
    const by = ref.labels[TESTER_LABEL] ?? '';
    if (by === ownProcess() ? began >= oldest : hasEnded(by, isAlive) !== true && began >= oldest) continue;
    await removeContainer(around.connection, ref.id, { signal });
    swept.push(ref.name);
  }
  return swept;
}
