import { Button, Field, Input } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import { Profile } from '../../../shared/domain/profile.ts';
import type { ListedProfile } from '../../../shared/domain/settings.ts';
import { formatList } from '../../../shared/wording/amounts.ts';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import { hasSecretCommand, leftOutOfProfile, profileName, profileOfForm } from '../../stores/own-profile.ts';
import type { Stores } from '../../stores/stores.ts';
import css from './LaunchScreen.module.css';

const words = launchScreenWords.save;

export interface SaveProfileDialogProps {
  readonly stores: Stores;
  readonly profiles: readonly ListedProfile[];
  /** The profile that the form began with; undefined: a command of one's own. */
  readonly base: ListedProfile | undefined;
  readonly onClose: () => void;
}

/** Keeps what the form says under a name, to be one of the cards. */
export function SaveProfileDialog({ stores, profiles, base, onClose }: SaveProfileDialogProps): ReactElement {
  const form = useStore(stores.launch.form);
  const planned = useStore(stores.launch.planned);
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
  const secrets = leftOutOfProfile(form);
  const save = async (): Promise<void> => {
    setTried(true);
    const plan = planned.kind === 'planned' ? planned.plan : undefined;
    const profile = profileOfForm(form, base, plan, { name, title: title.trim(), description: description.trim() });
    if (await stores.profiles.save(profile)) onClose();
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
      {secrets.length > 0 && <p className={css['sub']}>{words.secrets(plainText(formatList(secrets)))}</p>}
      {base === undefined && hasSecretCommand(form) && <p className={css['sub']}>{words.secretCommand}</p>}
      {tried && refused !== undefined && <FaultPanel fault={wordFault(refused)} />}
    </ModalDialog>
  );
}
