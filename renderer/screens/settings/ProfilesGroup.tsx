import { Button } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { type ChangeEvent, type ReactElement, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Profile } from '../../../shared/domain/profile.ts';
import { composeProfileFile, readProfileText } from '../../../shared/domain/profile-file.ts';
import type { ListedProfile } from '../../../shared/domain/settings.ts';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import { saveText } from '../../components/save-text.ts';
import { duplicateOf } from '../../stores/own-profile.ts';
import { NEW_PROFILE } from '../../stores/profile-preview.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { Group } from './Group.tsx';
import { ProfileEditor } from './ProfileEditor.tsx';
import { ProfileImport, type ReadFiles } from './ProfileImport.tsx';
import css from './SettingsScreen.module.css';

const words = settingsWords.profiles;

/** All profiles with where they come from; one's own can be written, changed, taken along and removed. */
export function ProfilesGroup({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.profiles);
  const refused = useStore(stores.profiles.refused, state => state.fault);
  const [removing, setRemoving] = useState<ListedProfile>();
  const [editing, setEditing] = useState<{ readonly start: Profile; readonly edited: string | undefined }>();
  const [read, setRead] = useState<ReadFiles>();
  const known = asked.kind === 'known' ? asked.value : [];
  return (
    <Group title={words.title}>
      <p className={css['hint']}>{words.hint}</p>
      {refused !== undefined && editing === undefined && read === undefined && (
        <FaultPanel fault={wordFault(refused)} />
      )}
      {asked.kind === 'waiting' && <LoadingLines lines={4} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.profiles.refresh() }]}
        />
      )}
      {asked.kind === 'known' && (
        <>
          <Deeds
            own={known.filter(({ origin }) => origin === 'user')}
            onNew={() => setEditing({ start: NEW_PROFILE, edited: undefined })}
            onRead={setRead}
          />
          <ul className={css['list']} aria-label={words.list}>
            {[...known]
              .sort((a, b) => Number(b.origin === 'user') - Number(a.origin === 'user'))
              .map(profile => (
                <Row
                  key={profile.name}
                  profile={profile}
                  onUse={() => {
                    stores.launch.again();
                    stores.launch.choose(profile);
                    stores.view.show('launch');
                  }}
                  onDuplicate={() => setEditing({ start: duplicateOf(profile, known), edited: undefined })}
                  onEdit={() => setEditing({ start: withoutOrigin(profile), edited: profile.name })}
                  onRemove={() => setRemoving(profile)}
                />
              ))}
          </ul>
        </>
      )}
      {editing !== undefined && (
        <ProfileEditor stores={stores} {...editing} profiles={known} onClose={() => setEditing(undefined)} />
      )}
      {read !== undefined && (
        <ProfileImport stores={stores} read={read} present={known} onClose={() => setRead(undefined)} />
      )}
      {removing !== undefined && (
        <ConfirmDialog
          title={words.confirmTitle(plainText(removing.title))}
          confirm={words.remove}
          onConfirm={() => void stores.profiles.remove(removing.name)}
          onClose={() => setRemoving(undefined)}
        >
          <p>{words.confirmText}</p>
        </ConfirmDialog>
      )}
    </Group>
  );
}

interface DeedsProps {
  readonly own: readonly ListedProfile[];
  readonly onNew: () => void;
  readonly onRead: (read: ReadFiles) => void;
}

/** A new one, those of files, and all of one's own into a file. */
function Deeds({ own, onNew, onRead }: DeedsProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const read = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const files = [...(target.files ?? [])];
    if (files.length > 0) onRead(await readFiles(files));
    // The same file can be chosen again, once it was corrected.
    target.value = '';
  };
  return (
    <div className={css['buttons']}>
      <Button size="small" onClick={onNew}>
        {words.create}
      </Button>
      <Button size="small" onClick={() => input.current?.click()}>
        {words.importFiles}
      </Button>
      <Button
        size="small"
        disabled={own.length === 0}
        onClick={() => saveText('siloscope-profiles.json', composeProfileFile(own).text, 'application/json')}
      >
        {words.exportOwn}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        multiple
        hidden
        aria-label={words.importFiles}
        onChange={event => void read(event)}
      />
    </div>
  );
}

const LONGEST_FILE = 4_194_304;

async function readFiles(files: readonly File[]): Promise<ReadFiles> {
  const readings = await Promise.all(
    files.map(async file => {
      const text = file.size > LONGEST_FILE ? '' : await file.text();
      return { file: file.name, reading: readProfileText(text) };
    }),
  );
  return {
    profiles: readings.flatMap(({ reading }) => ('profiles' in reading ? reading.profiles : [])),
    mistakes: readings.flatMap(({ file, reading }) =>
      'mistakes' in reading ? reading.mistakes.map(mistake => ({ ...mistake, file })) : [],
    ),
  };
}

interface RowProps {
  readonly profile: ListedProfile;
  readonly onUse: () => void;
  readonly onDuplicate: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function Row({ profile, onUse, onDuplicate, onEdit, onRemove }: RowProps): ReactElement {
  const title = plainText(profile.title);
  return (
    <li className={css['item']}>
      <div className={css['says']}>
        <span className={css['name']}>{title}</span>
        <span className={css['hint']}>
          {words.origins[profile.origin]}. {launchScreenWords.kinds[profile.kind]}. <code>{profile.name}</code>
        </span>
      </div>
      <span className={css['buttons']}>
        <Button size="small" aria-label={words.launchName(title)} onClick={onUse}>
          {words.use}
        </Button>
        {profile.origin === 'user' && (
          <Button size="small" aria-label={words.editName(title)} onClick={onEdit}>
            {words.edit}
          </Button>
        )}
        <Button
          size="small"
          appearance="subtle"
          icon={<CopyRegular />}
          title={words.duplicate}
          aria-label={words.duplicateName(title)}
          onClick={onDuplicate}
        />
        {profile.origin === 'user' && (
          <Button
            size="small"
            appearance="subtle"
            icon={<DeleteRegular />}
            title={words.remove}
            aria-label={words.removeName(title)}
            onClick={onRemove}
          />
        )}
      </span>
    </li>
  );
}

function withoutOrigin(listed: ListedProfile): Profile {
  const { origin: _, ...profile } = listed;
  return profile;
}
