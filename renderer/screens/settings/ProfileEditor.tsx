import { Button, Field, Textarea } from '@fluentui/react-components';
import { type ReactElement, useId, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Profile } from '../../../shared/domain/profile.ts';
import { type ProfileMistake, readProfileText } from '../../../shared/domain/profile-file.ts';
import type { ListedProfile } from '../../../shared/domain/settings.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordKindBecause, wordProgram } from '../../../shared/wording/word-refusal.ts';
import { wordDelivery } from '../../../shared/wording/word-secret.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import { previewProfile, profileText } from '../../stores/profile-preview.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import css from './SettingsScreen.module.css';

const words = settingsWords.profiles.editor;

export interface ProfileEditorProps {
  readonly stores: Stores;
  /** What the text begins with. */
  readonly start: Profile;
  /** The profile that is edited; undefined: a new one. */
  readonly edited: string | undefined;
  readonly profiles: readonly ListedProfile[];
  readonly onClose: () => void;
}

/** A profile as text, judged as it is typed: mistakes with line and column, and the command line that it makes. */
export function ProfileEditor({ stores, start, edited, profiles, onClose }: ProfileEditorProps): ReactElement {
  const [text, setText] = useState(() => profileText(start));
  const [tried, setTried] = useState(false);
  const refused = useStore(stores.profiles.refused, state => state.fault);
  const reading = useMemo(() => readProfileText(text), [text]);
  const found = 'profiles' in reading ? reading.profiles : [];
  const [profile] = found;
  const mistakes: readonly ProfileMistake[] = 'mistakes' in reading ? reading.mistakes : [];
  const rival = profiles.find(({ name }) => name === profile?.name && name !== edited);
  const problem =
    found.length > 1 ? words.onlyOne : rival?.origin === 'built-in' ? words.builtIn(rival.name) : undefined;
  const workspaces = useAsked(stores.workspaces);
  const isRenamed = edited !== undefined && profile !== undefined && profile.name !== edited;
  const launching = (isRenamed && workspaces.kind === 'known' ? workspaces.value : []).flatMap(({ workspace }) =>
    workspace.items.some(({ launch }) => launch.profile === edited) ? [plainText(workspace.name)] : [],
  );
  const id = useId();
  const save = async (): Promise<void> => {
    if (profile === undefined) return;
    setTried(true);
    const before = edited === profile.name ? undefined : edited;
    if (await stores.profiles.save(profile, before)) onClose();
  };
  return (
    <ModalDialog
      title={edited === undefined ? words.newTitle : words.editTitle(plainText(edited))}
      onClose={onClose}
      actions={
        <>
          <Button
            appearance="primary"
            disabled={profile === undefined || problem !== undefined}
            onClick={() => void save()}
          >
            {words.save}
          </Button>
          <Button onClick={onClose}>{shellWords.cancel}</Button>
        </>
      }
    >
      <p className={css['hint']}>{words.hint}</p>
      <Field label={words.text}>
        <Textarea
          className={css['code'] ?? ''}
          value={text}
          rows={14}
          spellCheck={false}
          aria-describedby={id}
          onChange={(_event, { value }) => setText(value)}
        />
      </Field>
      <div id={id} role="status" className={css['judged']}>
        {mistakes.length > 0 && <Mistakes mistakes={mistakes} />}
        {problem !== undefined && <p>{problem}</p>}
        {rival?.origin === 'user' && <p>{words.replaces(plainText(rival.title))}</p>}
        {launching.length > 0 && <p>{words.launchedBy(launching)}</p>}
        {profile !== undefined && found.length === 1 && <Preview profile={profile} />}
      </div>
      {tried && refused !== undefined && <FaultPanel fault={wordFault(refused)} />}
    </ModalDialog>
  );
}

const MOST = 8;

function Mistakes({ mistakes }: { readonly mistakes: readonly ProfileMistake[] }): ReactElement {
  return (
    <ul className={css['list']} aria-label={words.mistakes}>
      {mistakes.slice(0, MOST).map(({ line, column, field, message }) => (
        <li key={`${line}:${column}:${field}:${message}`}>
          {words.mistake(line, column, plainText(field), plainText(message))}
        </li>
      ))}
    </ul>
  );
}

/** What would be run, whose volume it would be, and how secrets would get there. */
function Preview({ profile }: { readonly profile: Profile }): ReactElement {
  const { commandLine, environment, recognised, contradicts } = previewProfile(profile);
  return (
    <>
      <span className={css['hint']}>{words.preview}</span>
      <pre className={css['line']}>{plainText(commandLine)}</pre>
      {environment.map(variable => (
        <pre key={variable} className={css['line']}>
          {plainText(variable)}
        </pre>
      ))}
      <p className={css['hint']}>
        {recognised === undefined
          ? words.notRecognised
          : words.recognised(wordProgram(recognised.program), recognised.kind, wordKindBecause(recognised.because))}
      </p>
      {contradicts && <p>{words.contradicts(profile.kind)}</p>}
      {(profile.secrets ?? []).map(need => (
        <p key={need.name} className={css['hint']}>
          <code>{need.name}</code>: {wordDelivery(need)}
        </p>
      ))}
    </>
  );
}
