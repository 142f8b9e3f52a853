import { Button, Select } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import { type IfTaken, meetProfiles, planImport } from '../../../shared/domain/import-profiles.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { ProfileMistake } from '../../../shared/domain/profile-file.ts';
import type { ListedProfile } from '../../../shared/domain/settings.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordMeeting } from '../../../shared/wording/word-profile.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import type { Stores } from '../../stores/stores.ts';
import css from './SettingsScreen.module.css';

const words = settingsWords.profiles.import;

/** What was read from the files that were chosen. */
export interface ReadFiles {
  readonly profiles: readonly Profile[];
  readonly mistakes: readonly (ProfileMistake & { readonly file: string })[];
}

export interface ProfileImportProps {
  readonly stores: Stores;
  readonly read: ReadFiles;
  readonly present: readonly ListedProfile[];
  readonly onClose: () => void;
}

/** Shows what files bring, asks about names that are taken, and keeps all of it or nothing. */
export function ProfileImport({ stores, read, present, onClose }: ProfileImportProps): ReactElement {
  const { profiles, mistakes } = read;
  const [choices, setChoices] = useState<ReadonlyMap<string, IfTaken>>(new Map());
  const [tried, setTried] = useState(false);
  const refused = useStore(stores.profiles.refused, state => state.fault);
  const meetings = meetProfiles(profiles, present);
  const steps = planImport(profiles, present, ({ name }) => choices.get(name) ?? 'keep-both');
  const saved = steps.flatMap(({ profile }) => profile ?? []);
  const keep = async (): Promise<void> => {
    setTried(true);
    if (await stores.profiles.saveMany(saved)) onClose();
  };
  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          {mistakes.length === 0 && (
            <Button appearance="primary" disabled={saved.length === 0} onClick={() => void keep()}>
              {words.keep(saved.length)}
            </Button>
          )}
          <Button onClick={onClose}>{shellWords.cancel}</Button>
        </>
      }
    >
      {mistakes.length > 0 ? (
        <>
          <p>{words.mistakes}</p>
          <ul className={css['list']}>
            {mistakes.map(({ file, line, column, field, message }) => (
              <li key={`${file}:${line}:${column}:${field}:${message}`}>
                {words.mistake(plainText(file), line, column, plainText(field), plainText(message))}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <ul className={css['list']} aria-label={words.list}>
          {profiles.map((profile, at) => {
            const meeting = meetings[at] ?? 'new';
            const as = steps[at]?.profile?.name;
            return (
              <li key={`${profile.name} ${as ?? ''} ${profile.title}`} className={css['item']}>
                <div className={css['says']}>
                  <span className={css['name']}>{plainText(profile.title)}</span>
                  <span className={css['hint']}>
                    <code>{profile.name}</code>: {wordMeeting(meeting)}
                    {as !== undefined && as !== profile.name && `. ${words.as(as)}`}
                  </span>
                </div>
                {(meeting === 'taken' || meeting === 'built-in') && (
                  <Select
                    aria-label={words.choose(plainText(profile.name))}
                    value={choices.get(profile.name) ?? 'keep-both'}
                    onChange={(_event, { value }) => {
                      const choice = CHOICES.find(one => one === value);
                      if (choice !== undefined) setChoices(new Map(choices).set(profile.name, choice));
                    }}
                  >
                    {CHOICES.filter(choice => choice !== 'replace' || meeting === 'taken').map(choice => (
                      <option key={choice} value={choice}>
                        {words.choices[choice]}
                      </option>
                    ))}
                  </Select>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {tried && refused !== undefined && <FaultPanel fault={wordFault(refused)} />}
    </ModalDialog>
  );
}

const CHOICES: readonly IfTaken[] = ['keep-both', 'replace', 'skip'];
