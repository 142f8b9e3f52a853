import { Tab, TabList } from '@fluentui/react-components';
import { type ReactElement, useId } from 'react';
import { useStore } from 'zustand';
import { SETTINGS_SECTIONS, settingsSection } from '../../../shared/domain/settings-section.ts';
import { settingsWords as words } from '../../../shared/wording/screen-settings.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import { plainText } from '../../components/plain-text.ts';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { NoMatch } from '../../components/States.tsx';
import type { Stores } from '../../stores/stores.ts';
import { useFoundGroups } from './groups.tsx';
import { SettingsNotices } from './SettingsNotices.tsx';
import css from './SettingsScreen.module.css';

/** One section at a time, or all groups in which what is looked for stands. */
export function SettingsScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const filter = useStore(stores.view.store, view => view.filters.settings ?? '');
  const section = useStore(stores.view.store, view => view.section);
  const refused = useStore(stores.settings.refused, state => state.fault);
  const groups = useFoundGroups(stores, section, filter);
  const isSearch = filter.trim() !== '';
  const id = useId();
  const find = (text: string): void => stores.view.filter('settings', text);
  return (
    <ScreenFrame title={words.title} subtitle={words.subtitle} actions={<FilterBox value={filter} onChange={find} />}>
      <TabList
        className={css['sections'] ?? ''}
        size="small"
        aria-label={words.sectionsLabel}
        selectedValue={isSearch ? null : section}
        onTabSelect={(_event, { value }) => {
          const chosen = settingsSection(String(value));
          if (chosen === undefined) return;
          // What was refused was another section's.
          stores.settings.refused.setState({ fault: undefined });
          stores.view.showSettings(chosen);
        }}
      >
        {SETTINGS_SECTIONS.map(name => (
          <Tab key={name} id={`${id}-${name}`} value={name}>
            {words.sections[name]}
          </Tab>
        ))}
      </TabList>
      {!isSearch && <SettingsNotices stores={stores} section={section} />}
      {refused !== undefined && (
        <div className={css['note']}>
          <FaultPanel fault={wordFault(refused)} />
        </div>
      )}
      <div
        role={isSearch ? 'region' : 'tabpanel'}
        {...(isSearch ? { 'aria-label': words.found } : { 'aria-labelledby': `${id}-${section}` })}
      >
        {groups.map(({ name, Shown }) => (
          <Shown key={name} stores={stores} />
        ))}
        {groups.length === 0 && <NoMatch title={words.notFound(plainText(filter.trim()))} onClear={() => find('')} />}
      </div>
    </ScreenFrame>
  );
}
