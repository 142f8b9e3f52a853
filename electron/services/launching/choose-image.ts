import { FaultError } from '../../../shared/contract/fault.ts';
import { nearestImage } from '../../../shared/domain/base-image.ts';
import type { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { ImageRow } from '../../../shared/domain/image-row.ts';
import type { LaunchInput } from '../../../shared/domain/launch.ts';
import { mayRun, preferredImage } from '../../../shared/domain/preferred-image.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { readImageRow, readImageRows } from '../engine/image-rows.ts';

/** What decides which image is taken. */
export interface ImageWish extends Pick<LaunchInput, 'image' | 'pull'> {
  /** What the image is called, without its tag, that a recipe makes for this launch. */
  readonly built?: string | undefined;
  /** What images are called that recipes make, the launch's own first. */
  readonly recipes?: readonly { readonly profile: string; readonly name: string }[];
}

/** Whether an image has the name that a recipe gives. */
export const isBuiltAs = (name: string, reference: string): boolean => reference.startsWith(`${name}:`);

/** Whether the name says in which registry it is. Ground: distribution/reference, normalize.go. */
const namesRegistry = (name: string): boolean => /^(?:localhost|[^/]*[.:][^/]*)\//.test(name);

/**
 * Rejects with `image-not-built` for an image that a recipe makes and that is not here. Docker Hub, where a name without a
 * registry leads, may have another's image under it, and this one would be given the profile's secrets.
 */
function requireBuilt({ local, reference }: ImageRow, { pull, recipes = [] }: ImageWish): void {
  if (local || pull === 'always') return;
  const recipe = recipes.find(({ name }) => !namesRegistry(name) && isBuiltAs(name, reference));
  if (recipe === undefined) return;
  throw new FaultError({ code: 'image-not-built', image: reference, profile: recipe.profile });
}

/**
 * The image of a launch: the one asked for, else one that was built for it, else the best local one, else the catalogue's
 * best for this host.
 */
export async function chooseImage(
  connection: EngineConnection,
  facts: HostFacts,
  input: ImageWish,
  at: string,
  signal?: AbortSignal,
): Promise<ImageRow> {
  const row = await findRow(connection, facts, input, at, signal);
  requireBuilt(row, input);
  requireRunnable(row, facts);
  if (!row.local && input.pull === 'never') {
    throw new FaultError({ code: 'not-found', what: 'image', name: row.reference });
  }
  return row;
}

async function findRow(
  connection: EngineConnection,
  facts: HostFacts,
  input: ImageWish,
  at: string,
  signal?: AbortSignal,
): Promise<ImageRow> {
  if (input.image !== undefined) return readImageRow(connection, input.image, facts, at, { signal });
  const rows = await readImageRows(connection, facts, at, { signal });
  const { built } = input;
  const made =
    built === undefined ? undefined : rows.find(row => mayRun(row) && row.local && isBuiltAs(built, row.reference));
  if (made !== undefined) return made;
  const chosen = preferredImage(rows);
  if (chosen !== undefined) return chosen;
  throw new FaultError({
    code: 'base-image-incompatible',
    image: 'any base image',
    because: 'host-build-differs',
    hostBuild: facts.build,
  });
}

/** Rejects with `base-image-incompatible` for an image that cannot work here; `unknown` is let through, to be judged once it is local. */
export function requireRunnable(row: ImageRow, facts: HostFacts): void {
  const { runs, because } = row.verdict;
  if (runs !== 'no' && runs !== 'hyperv-only') return;
  const nearest = nearestImage(facts);
  throw new FaultError({
    code: 'base-image-incompatible',
    image: row.reference,
    because,
    hostBuild: facts.build,
    ...(row.build === undefined ? {} : { imageBuild: row.build }),
    ...(nearest === undefined ? {} : { nearest }),
  });
}
