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

/** A profile whose program a plain base image does not hold, and the image with it that is here already. */
export interface Lacking {
  readonly profile: string;
  readonly needs: string;
  readonly built?: string;
}

/** What the image of a plan does not hold; undefined where it does, or nothing is known of it. */
export function useLacking(stores: Stores, plan: LaunchPlan | undefined): Lacking | undefined {
  const name = useStore(stores.launch.form, form => form.profile);
  const profiles = useAsked(stores.profiles);
  const images = useAsked(stores.images);
  const profile = profiles.kind === 'known' ? profiles.value.find(one => one.name === name) : undefined;
  const rows = images.kind === 'known' ? images.value : [];
  const { needs, recipe } = profile ?? {};
  const family = rows.find(({ reference }) => reference === plan?.image)?.family;
  if (name === undefined || needs === undefined || recipe === undefined) return undefined;
  if (family === undefined || family === 'other') return undefined;
  const built = rows.find(({ reference, local }) => local && reference.startsWith(`${recipe.name}:`));
  return { profile: name, needs, ...(built === undefined ? {} : { built: built.reference }) };
}

export interface LackingImageProps {
  readonly stores: Stores;
  readonly image: string;
  readonly lacking: Lacking;
}

/** Says that a plain base image does not hold the program of the profile, with the ways out: take one that does, or build one. */
export function LackingImage({ stores, image, lacking: { profile, built } }: LackingImageProps): ReactElement {
  return (
    <div className={css['sees']}>
      <StatusMark tone="warning" word={words.lacks(plainText(shortReference(image)))} />
      <div className={css['row']}>
        {built !== undefined && (
          <Button size="small" onClick={() => stores.launch.edit({ image: built })}>
            {words.use(plainText(built))}
          </Button>
        )}
        <Button size="small" onClick={() => void stores.build.open(profile)}>
          {words.buildOne}
        </Button>
      </div>
    </div>
  );
}
