import { FaultError } from '../../../shared/contract/fault.ts';
import { PROGRAM_NOT_IN_IMAGE } from '../../../shared/domain/error-catalogue.ts';
import { wordBuildIt } from '../../../shared/wording/word-recipe.ts';
import { isBuiltAs } from './choose-image.ts';
import type { Preflight } from './preflight.ts';

/** The same error; a start that found no program in a plain image says which recipe makes one that holds it. */
export function withRecipe(error: unknown, { command: { profile }, image }: Preflight): unknown {
  if (!(error instanceof FaultError) || error.fault.code !== 'engine-refused') return error;
  const { decoded } = error.fault;
  if (decoded?.cause !== PROGRAM_NOT_IN_IMAGE) return error;
  if (profile?.recipe === undefined || isBuiltAs(profile.recipe.name, image.reference)) return error;
  return new FaultError({ ...error.fault, decoded: { ...decoded, fix: wordBuildIt(profile.name) } }, { cause: error });
}
