import { z } from 'zod';
import { ImagePrunePlan, PrunedImage, PruneScope } from '../domain/image-prune.ts';
import { BuildProgress, BuiltImage, ImageRecipe, RecipePlan } from '../domain/image-recipe.ts';
import { ImageRow } from '../domain/image-row.ts';
import { PullProgress } from '../domain/launch.ts';
import { nothing } from './nothing.ts';
import { command, query } from './operation.ts';

/** Images: what is there, what comes, what goes. */
export const imageOperations = {
  'image.list': query(nothing, z.object({ images: z.array(ImageRow) })),
  'image.pull': command(z.object({ reference: z.string().min(1) }), ImageRow, PullProgress),
  /** Takes a name away, and the image with its last one. Never by force. */
  'image.remove': command(
    z.object({ reference: z.string().min(1) }),
    z.object({ untagged: z.array(z.string()), deleted: z.array(z.string()) }),
    nothing,
  ),
  /** What a prune would remove, what it would keep and why. */
  'image.prune.plan': query(z.object({ scope: PruneScope.default('unused') }), ImagePrunePlan),
  /** Removes the images of a plan, by id; what came into use since then is kept. */
  'image.prune': command(
    z.object({ images: z.array(z.string().min(1)) }),
    z.object({ images: z.array(PrunedImage), bytes: z.number() }),
    PrunedImage,
  ),
  /** What a build by a profile's recipe, or by an edited one, would do: base image, files with their sizes, objections. */
  'image.recipe': query(
    z.object({
      profile: z.string().min(1).optional(),
      recipe: ImageRecipe.optional(),
      /** In the place of the base image that fits the host. */
      base: z.string().min(1).optional(),
      tag: z.string().min(1).optional(),
    }),
    RecipePlan,
  ),
  /** Builds it through the engine. Whatever ends it early, an abort included, leaves no image and no container behind. */
  'image.build': command(
    z.object({
      profile: z.string().min(1).optional(),
      recipe: ImageRecipe.optional(),
      base: z.string().min(1).optional(),
      tag: z.string().min(1).optional(),
      useCache: z.boolean().default(true),
    }),
    BuiltImage,
    BuildProgress,
  ),
} as const;
