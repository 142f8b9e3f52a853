import { CodeRegular } from '@fluentui/react-icons/svg/code';
import { EyeFilled } from '@fluentui/react-icons/svg/eye';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { ListedProfile } from '../../../shared/domain/settings.ts';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { type Choice, ChoiceList } from '../../components/ChoiceList.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Stores } from '../../stores/stores.ts';
import css from './LaunchScreen.module.css';

const words = launchScreenWords;
const CUSTOM = '*custom';

export interface ProfileCardsProps {
  readonly stores: Stores;
  readonly profiles: readonly ListedProfile[];
}

/** The profiles as cards, and a card for a command of one's own. */
export function ProfileCards({ stores, profiles }: ProfileCardsProps): ReactElement {
  const chosen = useStore(stores.launch.form, form => form.profile ?? (form.command === '' ? undefined : CUSTOM));
  const chosenProfile = profiles.find(({ name }) => name === chosen);
  // What a person made themselves is what they come for.
  const ordered = [...profiles].sort((a, b) => Number(b.origin === 'user') - Number(a.origin === 'user'));
  const choices: readonly Choice[] = [
    ...ordered.map(
      (profile): Choice => ({
        value: profile.name,
        label: `${profile.title}. ${words.kinds[profile.kind]}${profile.origin === 'user' ? `. ${words.yours}` : ''}`,
        content: (
          <>
            <span className={css['cardTitle']}>{plainText(profile.title)}</span>
            {profile.origin === 'user' && <span className={css['origin']}>{words.yours}</span>}
            {profile.kind === 'disk' ? (
              <StatusMark tone="good" word={words.kinds.disk} icon={<LockClosedRegular />} />
            ) : (
              <StatusMark tone="leak" word={words.kinds.network} icon={<EyeFilled />} />
            )}
          </>
        ),
      }),
    ),
    {
      value: CUSTOM,
      label: words.custom,
      content: (
        <>
          <span className={css['cardTitle']}>{words.custom}</span>
          <StatusMark tone="muted" word={words.customKind} icon={<CodeRegular />} />
        </>
      ),
    },
  ];
  return (
    <section className={css['group']} aria-label={words.profiles}>
      <h2>{words.profiles}</h2>
      <ChoiceList
        label={words.profiles}
        look="cards"
        choices={choices}
        chosen={chosen}
        onChoose={value => {
          const profile = profiles.find(({ name }) => name === value);
          if (profile !== undefined) stores.launch.choose(profile);
          else stores.launch.edit({ profile: undefined, command: EXAMPLE, mountPoint: '', uncPrefix: '' });
        }}
      />
      <p className={css['sub']}>
        {chosenProfile === undefined ? words.customText : plainText(chosenProfile.description)}
      </p>
      {chosenProfile?.needs !== undefined && (
        <p className={css['sub']}>{words.needs(plainText(chosenProfile.needs))}</p>
      )}
    </section>
  );
}

/** Where a command of one's own begins: something that works, to be changed. */
const EXAMPLE = '"C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe" -i -F NTFS -m X:';
