import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { LaunchPlan } from '../../../shared/domain/launch.ts';
import { recipeWords } from '../../../shared/wording/screen-recipe.ts';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Stores } from '../../stores/stores.ts';
import { shortReference } from '../image-looks.ts';
import { useAsked } from '../use-asked.ts';
import css from './LaunchScreen.module.css';

const words = recipeWords;

/** Says that a plain base image does not hold the program of the profile, with the ways out: take one that does, or build one. */
export function LackingImage({
  stores,
  plan,
}: {
  readonly stores: Stores;
  readonly plan: LaunchPlan;
}): ReactElement | null {
  const name = useStore(stores.launch.form, form => form.profile);
  const profiles = useAsked(stores.profiles);
  const images = useAsked(stores.images);
  const profile = profiles.kind === 'known' ? profiles.value.find(one => one.name === name) : undefined;
  const rows = images.kind === 'known' ? images.value : [];
  const { needs, recipe } = profile ?? {};
  const family = rows.find(({ reference }) => reference === plan.image)?.family;
  if (name === undefined || needs === undefined || recipe === undefined) return null;
  if (family === undefined || family === 'other') return null;
  const built = rows.find(({ reference, local }) => local && reference.startsWith(`${recipe.name}:`));
  return (
    <div className={css['sees']}>
      <StatusMark tone="warning" word={words.lacks(plainText(shortReference(plan.image)), plainText(needs))} />
      <div className={css['row']}>
        {built !== undefined && (
          <Button size="small" onClick={() => stores.launch.edit({ image: built.reference })}>
            {words.use(plainText(built.reference))}
          </Button>
        )}
        <Button size="small" onClick={() => void stores.build.open(name)}>
          {words.buildOne}
        </Button>
      </div>
    </div>
  );
}
