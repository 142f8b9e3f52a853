import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
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
  /** Say where the files are, too. */
  readonly withFolder: boolean;
}

/** What went wrong with the kept files, and where they are kept. */
export function SettingsNotices({ stores, withFolder }: SettingsNoticesProps): ReactElement | null {
  const asked = useAsked(stores.settings);
  if (asked.kind === 'waiting') return null;
  if (asked.kind === 'faulted') {
    return (
      <div className={css['note']}>
        <FaultPanel fault={wordFault(asked.fault)} />
      </div>
    );
  }
  const { notices, folder } = asked.value;
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
