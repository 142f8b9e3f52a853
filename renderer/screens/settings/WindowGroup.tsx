import { Checkbox, Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { UpdateChoice } from '../../../shared/domain/settings.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { Group } from './Group.tsx';
import css from './SettingsScreen.module.css';

const words = settingsWords.window;
const OPTIONS = ['closeToTray', 'autostart', 'startHidden'] as const;

/** What only the app's own window can do; a browser's page offers none of it. */
export function WindowGroup({ stores }: { readonly stores: Stores }): ReactElement | null {
  const asked = useAsked(stores.settings);
  if (!stores.inWindow || asked.kind !== 'known') return null;
  const { settings } = asked.value;
  return (
    <Group title={words.title}>
      <div>
        {OPTIONS.map(option => (
          <div key={option}>
            <Checkbox
              label={words[option]}
              checked={settings[option]}
              onChange={(_event, { checked }) => void stores.settings.write({ [option]: checked === true })}
            />
          </div>
        ))}
      </div>
      <div>
        <p>{words.updates}</p>
        <RadioGroup
          aria-label={words.updates}
          layout="horizontal"
          value={settings.updates}
          onChange={(_event, { value }) => {
            const choice = UpdateChoice.safeParse(value);
            if (choice.success) void stores.settings.write({ updates: choice.data });
          }}
        >
          {(['stable', 'preview', 'off'] as const).map(choice => (
            <Radio key={choice} value={choice} label={words.channels[choice]} />
          ))}
        </RadioGroup>
        <p className={css['hint']}>{words.updatesHint}</p>
      </div>
    </Group>
  );
}
