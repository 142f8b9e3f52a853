import { assertNever } from '../base/assert-never.ts';
import type { RecipeIssue } from '../domain/image-recipe.ts';
import { escapeUntrusted } from './plain-text.ts';

/** What speaks against a recipe, in a sentence, with what to do. */
export function wordRecipeIssue({ because, text }: RecipeIssue): string {
  const shown = escapeUntrusted(text, 120);
  switch (because) {
    case 'unpinned-download':
      return `It downloads something and checks nothing: ${shown}. Compare the file's SHA-256 in the same RUN, and fail if it differs.`;
    case 'add-from-url':
      return `ADD from the network cannot be checked by Windows' builder: ${shown}. Download in a RUN that compares a SHA-256, or take the file from the host.`;
    case 'no-base-arg':
      return 'It has no "FROM $BASE", so its base image is not the one that fits this host.';
    case 'other-base':
      return `It names a base image of its own: ${shown}. Whether that runs here is not judged; "ARG BASE" and "FROM $BASE" take the one that fits.`;
    case 'buildkit-only':
      return `Windows daemons build without BuildKit, which this needs: ${shown}.`;
    case 'no-instruction':
      return 'It has no instruction.';
    default:
      return assertNever(because);
  }
}

/** What to do where the program of a profile with a recipe is not in the image. */
export const wordBuildIt = (profile: string): string =>
  `Build an image that holds it: \`siloscope images build ${profile}\`. Or name one by \`--image\`.`;

/** A warning of a launch: nothing tells that the image holds what the profile needs. */
export const wordMustHold = (needs: string): string => `The image must hold ${needs}.`;
