import type { Contract } from '../../shared/contract/contract.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { Handlers } from '../../shared/contract/operation.ts';
import type { RecipePlan } from '../../shared/domain/image-recipe.ts';
import type { ImageRow } from '../../shared/domain/image-row.ts';
import { BUILT_IN_PROFILES } from '../../shared/domain/profiles.ts';

/** Recipes and builds of the fake host: every file is there, every step takes a moment. */
export function fakeRecipes(
  base: () => ImageRow | undefined,
  pause: (ms: number, signal: AbortSignal) => Promise<void>,
): Pick<Handlers<Contract>, 'image.recipe' | 'image.build'> {
  const plan = (profile = '', tag?: string): RecipePlan => {
    const recipe = BUILT_IN_PROFILES.find(({ name }) => name === profile)?.recipe;
    const row = base();
    if (recipe === undefined || row === undefined)
      throw new FaultError({ code: 'not-found', what: 'recipe', name: profile });
    const files = recipe.files.map(({ from }) => ({
      name: from.slice(from.lastIndexOf('\\') + 1),
      from,
      sizeBytes: 300_000,
      optional: false,
    }));
    return {
      profile,
      recipe,
      base: row,
      tag: tag ?? `${recipe.name}:ltsc2022`,
      exists: false,
      files,
      contextBytes: files.length * 300_000,
      issues: [],
      dockerBuild: `docker build -t ${recipe.name} .`,
    };
  };
  return {
    'image.recipe': ({ profile, tag, recipe }) => {
      const planned = plan(profile, tag);
      return recipe === undefined ? planned : { ...planned, recipe };
    },
    'image.build': async ({ profile, tag }, { progress, signal }) => {
      const { tag: name, recipe, base: row } = plan(profile, tag);
      const lines = recipe.dockerfile.split('\n').filter(line => /^[A-Z]/.test(line));
      for (const [index, text] of lines.entries()) {
        progress({ kind: 'step', step: { number: index + 1, of: lines.length, text }, cached: false });
        await pause(200, signal);
      }
      return {
        image: { ...row, reference: name, family: 'other' },
        tag: name,
        id: 'sha256:0',
        files: [],
        warnings: [],
      };
    },
  };
}
