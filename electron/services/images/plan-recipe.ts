import type { Contract } from '../../../shared/contract/contract.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { ParsedInputOf } from '../../../shared/contract/operation.ts';
import { nearestImage } from '../../../shared/domain/base-image.ts';
import type { FoundFile, ImageRecipe, RecipeFile, RecipePlan } from '../../../shared/domain/image-recipe.ts';
import { judgeRecipe } from '../../../shared/domain/judge-recipe.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { readImageRow } from '../engine/image-rows.ts';
import { inspectImage } from '../engine/images.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import type { Surroundings } from '../surroundings.ts';
import { fileSizes, filesLike } from './read-host-files.ts';

type Asked = Omit<ParsedInputOf<Contract, 'image.recipe'>, never>;

/** A build's files together may be so large: they travel through this program. */
export const MOST_CONTEXT_BYTES = 1_024 ** 3;

/** Looks at what a build would do: chooses the base image, finds the files, and weighs the recipe. Changes nothing. */
export async function planRecipe(
  around: Surroundings,
  asked: Asked,
  profiles: readonly Profile[],
  signal?: AbortSignal,
): Promise<RecipePlan> {
  const recipe = asked.recipe ?? recipeOf(asked.profile, profiles);
  const { facts } = around.host;
  const reference = asked.base ?? nearestImage(facts);
  if (reference === undefined) {
    throw new FaultError({
      code: 'base-image-incompatible',
      image: 'any base image',
      because: 'host-build-differs',
      hostBuild: facts.build,
    });
  }
  const at = new Date(around.clock.now()).toISOString();
  const base = await readImageRow(around.connection, reference, facts, at, { signal });
  const tag = asked.tag ?? `${recipe.name}:${tagOf(reference)}`;
  const [files, there] = await Promise.all([
    findFiles(around, recipe.files, signal),
    inspectImage(around.connection, tag, { signal }),
  ]);
  const sizes = files.map(({ sizeBytes = 0 }) => sizeBytes);
  return {
    ...(asked.profile === undefined ? {} : { profile: asked.profile }),
    recipe,
    base,
    tag,
    exists: there !== undefined,
    files: [...files],
    contextBytes: sizes.reduce((sum, size) => sum + size, Buffer.byteLength(recipe.dockerfile)),
    issues: [...judgeRecipe(recipe)],
    dockerBuild: dockerBuildOf(recipe, reference, tag),
  };
}

function recipeOf(name: string | undefined, profiles: readonly Profile[]): ImageRecipe {
  if (name === undefined) {
    const message = 'Give a profile that has a recipe, or a recipe of your own.';
    throw new FaultError({ code: 'invalid-input', issues: [{ path: 'profile', message }] });
  }
  const found = profiles.find(profile => profile.name === name);
  const known = profiles.flatMap(profile => (profile.recipe === undefined ? [] : [profile.name]));
  if (found?.recipe !== undefined) return found.recipe;
  throw new FaultError({ code: 'not-found', what: found === undefined ? 'profile' : 'recipe', name, known });
}

/** The base image's tag says which Windows the image is of. */
function tagOf(reference: string): string {
  const [, tag = 'latest'] = /:([\w.-]+)$/.exec(reference.replace(/@.*$/, '')) ?? [];
  return tag;
}

function dockerBuildOf({ args = {} }: ImageRecipe, base: string, tag: string): string {
  const given = Object.entries({ BASE: base, ...args }).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const words = ['docker', 'build', ...given, '-t', tag, '.'];
  return words.map(word => (/[\s"]/.test(word) ? `"${word.replaceAll('"', '\\"')}"` : word)).join(' ');
}

/** The files of a recipe as they are on the host now, patterns spelt out. */
async function findFiles(
  around: Surroundings,
  wanted: readonly RecipeFile[],
  signal?: AbortSignal,
): Promise<readonly FoundFile[]> {
  const usesWinFsp = wanted.some(({ from }) => from.includes('{winfsp}'));
  const winfsp = usesWinFsp ? (await discoverFsd(around.host, signal)).installDirectory : undefined;
  const named: { readonly from: string; readonly name: string; readonly optional: boolean }[] = [];
  for (const { from, name, optional = false } of wanted) {
    const path = from.replace('{winfsp}', (winfsp ?? 'C:\\Program Files (x86)\\WinFsp').replace(/\\+$/, ''));
    const cut = path.lastIndexOf('\\') + 1;
    if (!/^[A-Za-z]:\\[^*?]*[\w.*?\- ]+$/.test(path) || /[*?]/.test(path.slice(0, cut))) {
      const message = `${path} is no full path of a file on the host; "*" and "?" are for its last part.`;
      throw new FaultError({ code: 'invalid-input', issues: [{ path: 'recipe.files', message }] });
    }
    if (!/[*?]/.test(path)) named.push({ from: path, name: name ?? path.slice(cut), optional });
    else {
      const found = await filesLike(around.host, path, signal);
      for (const file of found) named.push({ from: path.slice(0, cut) + file, name: file, optional: true });
      if (found.length === 0) named.push({ from: path, name: path.slice(cut), optional });
    }
  }
  const sizes = await fileSizes(
    around.host,
    named.map(({ from }) => from),
    signal,
  );
  return named.map((file, index) => {
    const sizeBytes = sizes[index];
    return sizeBytes === undefined ? file : { ...file, sizeBytes };
  });
}
