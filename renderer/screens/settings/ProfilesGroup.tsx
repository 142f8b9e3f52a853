import { Button } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import type { ListedProfile } from '../../../shared/domain/settings.ts';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import { duplicateOf } from '../../stores/own-profile.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { Group } from './Group.tsx';
import css from './SettingsScreen.module.css';

const words = settingsWords.profiles;

/** All profiles with where they come from; one's own can be removed. */
export function ProfilesGroup({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.profiles);
  const refused = useStore(stores.profiles.refused, state => state.fault);
  const [removing, setRemoving] = useState<ListedProfile>();
  return (
    <Group title={words.title}>
      <p className={css['hint']}>{words.hint}</p>
      {refused !== undefined && <FaultPanel fault={wordFault(refused)} />}
      {asked.kind === 'waiting' && <LoadingLines lines={4} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.profiles.refresh() }]}
        />
      )}
      {asked.kind === 'known' && (
        <ul className={css['list']} aria-label={words.list}>
          {[...asked.value]
            .sort((a, b) => Number(b.origin === 'user') - Number(a.origin === 'user'))
            .map(profile => (
              <li key={profile.name} className={css['item']}>
                <div className={css['says']}>
                  <span className={css['name']}>{plainText(profile.title)}</span>
                  <span className={css['hint']}>
                    {words.origins[profile.origin]}. {launchScreenWords.kinds[profile.kind]}.{' '}
                    <code>{profile.name}</code>
                  </span>
                </div>
                <span className={css['buttons']}>
                  <Button
                    size="small"
                    aria-label={words.launchName(plainText(profile.title))}
                    onClick={() => {
                      stores.launch.again();
                      stores.launch.choose(profile);
                      stores.view.show('launch');
                    }}
                  >
                    {words.use}
                  </Button>
                  <Button
                    size="small"
                    appearance="subtle"
                    icon={<CopyRegular />}
                    title={words.duplicate}
                    aria-label={words.duplicateName(plainText(profile.title))}
                    onClick={() => void stores.profiles.save(duplicateOf(profile, asked.value))}
                  />
                  {profile.origin === 'user' && (
                    <Button
                      size="small"
                      appearance="subtle"
                      icon={<DeleteRegular />}
                      title={words.remove}
                      aria-label={words.removeName(plainText(profile.title))}
                      onClick={() => setRemoving(profile)}
                    />
                  )}
                </span>
              </li>
            ))}
        </ul>
      )}
      {removing !== undefined && (
        <ModalDialog
          title={words.confirmTitle(plainText(removing.title))}
          onClose={() => setRemoving(undefined)}
          actions={
            <>
              <Button
                appearance="primary"
                onClick={() => {
                  setRemoving(undefined);
                  void stores.profiles.remove(removing.name);
                }}
              >
                {words.remove}
              </Button>
              <Button onClick={() => setRemoving(undefined)}>{shellWords.cancel}</Button>
            </>
          }
        >
          <p>{words.confirmText}</p>
        </ModalDialog>
      )}
    </Group>
  );
}
