import { Button, Field, Input } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import { Profile } from '../../shared/domain/profile.ts';
import type { ListedProfile } from '../../shared/domain/settings.ts';
import { launchScreenWords } from '../../shared/wording/screen-launch.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { wordFault } from '../../shared/wording/word-fault.ts';
import { FaultPanel } from '../components/FaultPanel.tsx';
import { ModalDialog } from '../components/ModalDialog.tsx';
import { plainText } from '../components/plain-text.ts';
import { type ProfileTag, profileName } from '../stores/own-profile.ts';
import type { Stores } from '../stores/stores.ts';

const words = launchScreenWords.save;

export interface SaveProfileDialogProps {
  readonly stores: Stores;
  readonly profiles: readonly ListedProfile[];
  /** The profile that it began with; one of the user's own is offered to be replaced. */
  readonly base: ListedProfile | undefined;
  /** What is kept under the name that is given. */
  readonly compose: (tag: ProfileTag) => Profile;
  /** What is not kept, or kept in clear. */
  readonly notes?: readonly string[];
  readonly onSaved?: (profile: Profile) => void;
  readonly onClose: () => void;
}

/** Keeps something as a profile, under a name, to be one of the cards. */
export function SaveProfileDialog({
  stores,
  profiles,
  base,
  compose,
  notes = [],
  onSaved,
  onClose,
}: SaveProfileDialogProps): ReactElement {
  const refused = useStore(stores.profiles.refused, state => state.fault);
  const [title, setTitle] = useState(base?.origin === 'user' ? base.title : '');
  const [typed, setTyped] = useState(base?.origin === 'user' ? base.name : undefined);
  const [description, setDescription] = useState(base?.origin === 'user' ? base.description : '');
  const [tried, setTried] = useState(false);
  const name = typed ?? profileName(title);
  const rival = profiles.find(other => other.name === name);
  const isWellFormed = Profile.shape.name.safeParse(name).success;
  const problem =
    name === ''
      ? undefined
      : !isWellFormed
        ? words.malformed
        : rival?.origin === 'built-in'
          ? words.builtIn
          : undefined;
  const save = async (): Promise<void> => {
    setTried(true);
    const profile = compose({ name, title: title.trim(), description: description.trim() });
    if (!(await stores.profiles.save(profile))) return;
    onClose();
    onSaved?.(profile);
  };
  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button
            appearance="primary"
            disabled={title.trim() === '' || name === '' || problem !== undefined}
            onClick={() => void save()}
          >
            {words.save}
          </Button>
          <Button onClick={onClose}>{shellWords.cancel}</Button>
        </>
      }
    >
      <Field label={words.name} required>
        <Input value={title} onChange={(_event, { value }) => setTitle(value)} />
      </Field>
      <Field
        label={words.id}
        required
        validationState={problem === undefined ? 'none' : 'error'}
        validationMessage={problem ?? (rival === undefined ? null : words.replaces(plainText(rival.title)))}
      >
        <Input value={name} onChange={(_event, { value }) => setTyped(value)} />
      </Field>
      <Field label={words.description}>
        <Input value={description} onChange={(_event, { value }) => setDescription(value)} />
      </Field>
      {notes.map(note => (
        <p key={note}>{note}</p>
      ))}
      {tried && refused !== undefined && <FaultPanel fault={wordFault(refused)} />}
    </ModalDialog>
  );
}
