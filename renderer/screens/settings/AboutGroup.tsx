import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { settingsWords as words } from '../../../shared/wording/screen-settings.ts';
import type { Stores } from '../../stores/stores.ts';
import { Fact, Group } from './Group.tsx';
import { Licences } from './Licences.tsx';
import css from './SettingsScreen.module.css';

/** The keys that do something. */
export function KeyboardGroup(): ReactElement {
  return (
    <Group title={words.keyboard}>
      <dl className={css['facts']}>
        {words.keys.map(([keys, meaning]) => (
          <Fact key={keys} name={<kbd>{keys}</kbd>}>
            {meaning}
          </Fact>
        ))}
      </dl>
    </Group>
  );
}

/** Which version this is, where to turn, and who else wrote it. */
export function AboutGroup({ stores }: { readonly stores: Stores }): ReactElement {
  return (
    <Group title={words.about}>
      <dl className={css['facts']}>
        <Fact name={words.version}>{__SILOSCOPE_VERSION__}</Fact>
      </dl>
      <div className={css['buttons']}>
        <Button onClick={() => stores.view.ask('report')}>{words.help.report}</Button>
        <Button onClick={() => stores.view.ask('explain')}>{words.help.explain}</Button>
      </div>
      <Licences stores={stores} />
    </Group>
  );
}
