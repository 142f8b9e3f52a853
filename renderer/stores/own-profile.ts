import { splitCommandLine } from '../../shared/domain/command-line.ts';
import type { ImageRecipe } from '../../shared/domain/image-recipe.ts';
import { freeName } from '../../shared/domain/import-profiles.ts';
import type { LaunchPlan } from '../../shared/domain/launch.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { isSecretName, maskCommandLine } from '../../shared/domain/secrets.ts';
import type { ListedProfile } from '../../shared/domain/settings.ts';
import type { LaunchForm } from './launch-form.ts';

/** What a person writes on a profile of their own. */
export interface ProfileTag {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** A name for a profile out of a title: `My share (Y:)` becomes `my-share-y`. */
export function profileName(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/**
 * The launch form as a profile: the chosen one with what stands in the fields as its defaults, or the command of one's
 * own. Values of variables that hold secrets are left out: a profile is kept as plain text.
 */
export function profileOfForm(
  form: LaunchForm,
  base: ListedProfile | undefined,
  plan: LaunchPlan | undefined,
  tag: ProfileTag,
): Profile {
  const environment = Object.fromEntries(
    Object.entries({ ...base?.environment, ...form.environment }).filter(([name]) => !isSecretName(name)),
  );
  const mountPoint = form.mountPoint.trim();
  const uncPrefix = form.uncPrefix.trim();
  return {
    ...tag,
    command: [...(base?.command ?? splitCommandLine(form.command))],
    kind: base?.kind ?? plan?.kind ?? 'disk',
    defaults: {
      ...(mountPoint === '' ? {} : { mountPoint }),
      ...(uncPrefix === '' ? {} : { uncPrefix }),
    },
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
    ...(base?.privateTwin === undefined ? {} : { privateTwin: base.privateTwin }),
    ...(base?.stop === undefined ? {} : { stop: base.stop }),
    ...(base?.unwritten === undefined ? {} : { unwritten: base.unwritten }),
    ...(base?.secrets === undefined ? {} : { secrets: base.secrets }),
    ...(base?.needs === undefined ? {} : { needs: base.needs }),
    // By its recipe's name the image is found that was built for it.
    ...(base?.recipe === undefined ? {} : { recipe: base.recipe }),
  };
}

/** A profile with a recipe of one's own. */
export function profileWithRecipe(base: ListedProfile, recipe: ImageRecipe, tag: ProfileTag): Profile {
  const { origin: _, ...profile } = base;
  return { ...profile, ...tag, description: tag.description === '' ? base.description : tag.description, recipe };
}

/** Variables of the form whose values a profile does not keep. */
export function leftOutOfProfile(form: LaunchForm): string[] {
  return Object.keys(form.environment).filter(isSecretName);
}

/** Whether the command of one's own gives a secret away. A profile has to keep it: nothing else knows it. */
export function hasSecretCommand(form: LaunchForm): boolean {
  return maskCommandLine(form.command) !== form.command;
}

/** A copy under the first name that is free: `memfs-disk-2`. */
export function duplicateOf(listed: ListedProfile, taken: readonly ListedProfile[]): Profile {
  const { origin: _, ...profile } = listed;
  const name = freeName(profile.name, new Set(taken.map(one => one.name)));
  return { ...profile, name, title: `${profile.title.replace(/ \(\d+\)$/, '')} (${/\d+$/.exec(name)?.[0] ?? ''})` };
}
