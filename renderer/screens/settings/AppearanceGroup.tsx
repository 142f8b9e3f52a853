import { Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { settingsWords as words } from '../../../shared/wording/screen-settings.ts';
import { THEME_CHOICES } from '../../stores/appearance-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { Group } from './Group.tsx';
import css from './SettingsScreen.module.css';

/** How the page looks. */
export function AppearanceGroup({ stores }: { readonly stores: Stores }): ReactElement {
  const theme = useStore(stores.appearance.store, state => state.theme);
  return (
    <Group title={words.appearance}>
      <RadioGroup
        aria-label={words.theme}
        layout="horizontal"
        value={theme}
        onChange={(_event, { value }) => {
          const choice = THEME_CHOICES.find(other => other === value);
          if (choice !== undefined) stores.appearance.choose(choice);
        }}
      >
        {THEME_CHOICES.map(choice => (
          <Radio key={choice} value={choice} label={words.themes[choice]} />
        ))}
      </RadioGroup>
      <p className={css['hint']}>{words.themeHint}</p>
    </Group>
  );
}
