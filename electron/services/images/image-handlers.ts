import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/operation.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { askEngine, requireWindowsEngine } from '../engine/engine-state.ts';
import { planPrune } from './plan-prune.ts';
import { pruneImages, removeImage } from './remove-image.ts';

/** Removing images: one by its name, or what nobody uses after a look at what would go. */
export function imageHandlers(
  connection: EngineConnection,
): Pick<Handlers<Contract>, 'image.remove' | 'image.prune' | 'image.prune.plan'> {
  const ready = async (signal: AbortSignal): Promise<void> =>
    requireWindowsEngine(await askEngine(connection, { signal }));
  return {
    async 'image.remove'({ reference }, { signal }) {
      await ready(signal);
      return removeImage(connection, reference, { signal });
    },
    async 'image.prune.plan'({ scope }, { signal }) {
      await ready(signal);
      return planPrune(connection, scope, { signal });
    },
    async 'image.prune'({ images }, { signal, progress }) {
      await ready(signal);
      const done = await pruneImages(connection, images, progress, signal);
      const removed = done.filter(({ outcome }) => outcome === 'removed');
      return { images: done, bytes: removed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
    },
  };
}
