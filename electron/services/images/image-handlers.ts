import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/operation.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { askEngine, requireWindowsEngine } from '../engine/engine-state.ts';
import type { Surroundings } from '../surroundings.ts';
import { buildImage } from './build-image.ts';
import { planPrune } from './plan-prune.ts';
import { planRecipe } from './plan-recipe.ts';
import { pruneImages, removeImage } from './remove-image.ts';

/** Building images by recipes, and removing them: one by its name, or what nobody uses after a look at what would go. */
export function imageHandlers(
  around: Surroundings,
  profiles: () => Promise<readonly Profile[]>,
): Pick<Handlers<Contract>, 'image.remove' | 'image.prune' | 'image.prune.plan' | 'image.recipe' | 'image.build'> {
  const { connection } = around;
  const ready = async (signal: AbortSignal): Promise<void> =>
    requireWindowsEngine(await askEngine(connection, { signal }));
  return {
    async 'image.recipe'(asked, { signal }) {
      await ready(signal);
      return planRecipe(around, asked, await profiles(), signal);
    },
    async 'image.build'(asked, { signal, progress }) {
      await ready(signal);
      return buildImage(around, asked, await profiles(), progress, signal);
    },
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
