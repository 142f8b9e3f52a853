import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { SettingsSection } from '../../../shared/domain/settings-section.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordSettingsNotice } from '../../../shared/wording/word-settings-notice.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import css from './SettingsScreen.module.css';

interface SettingsNoticesProps {
  readonly stores: Stores;
  /** The section that is shown: the first has the notices of all files, and says where they are. */
  readonly section: SettingsSection;
}

/** Where a file's content is shown. */
const SECTIONS: Readonly<Record<string, SettingsSection>> = {
  'profiles.json': 'profiles',
  'secrets.json': 'secrets',
  'policy.json': 'policy',
};

/** What went wrong with the kept files, and where they are kept. */
export function SettingsNotices({ stores, section }: SettingsNoticesProps): ReactElement | null {
  const asked = useAsked(stores.settings);
  if (asked.kind === 'waiting') return null;
  if (asked.kind === 'faulted') {
    return (
      <div className={css['note']}>
        <FaultPanel fault={wordFault(asked.fault)} />
      </div>
    );
  }
  const { folder } = asked.value;
  const withFolder = section === 'general';
  const notices = asked.value.notices.filter(({ file }) => withFolder || SECTIONS[file] === section);
  if (notices.length === 0 && !withFolder) return null;
  return (
    <div className={css['note']}>
      {notices.map(notice => {
        const { title, text, parts } = wordSettingsNotice(notice);
        return (
          <MessageBar key={`${notice.kind} ${notice.file}`} intent="warning" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{title}</MessageBarTitle> {text}
              {parts.length > 0 && (
                <ul className={css['parts']}>
                  {parts.map(part => (
                    <li key={part}>{part}</li>
                  ))}
                </ul>
              )}
            </MessageBarBody>
          </MessageBar>
        );
      })}
      {withFolder && (
        <p className={css['hint']}>
          {folder === undefined ? settingsWords.notKept : settingsWords.keptIn(plainText(folder))}
        </p>
      )}
    </div>
  );
}
