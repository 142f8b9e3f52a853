import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { formatList } from '../../../shared/wording/amounts.ts';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { plainText } from '../../components/plain-text.ts';
import { hasSecretCommand, leftOutOfProfile, profileOfForm } from '../../stores/own-profile.ts';
import { SaveProfileDialog, type SaveProfileDialogProps } from '../SaveProfileDialog.tsx';

const words = launchScreenWords.save;

/** Keeps what the launch form says as a profile. */
export function SaveForm(props: Omit<SaveProfileDialogProps, 'compose' | 'notes'>): ReactElement {
  const { stores, base } = props;
  const form = useStore(stores.launch.form);
  const planned = useStore(stores.launch.planned);
  const secrets = leftOutOfProfile(form);
  return (
    <SaveProfileDialog
      {...props}
      compose={tag => profileOfForm(form, base, planned.kind === 'planned' ? planned.plan : undefined, tag)}
      notes={[
        ...(secrets.length > 0 ? [words.secrets(plainText(formatList(secrets)))] : []),
        ...(base === undefined && hasSecretCommand(form) ? [words.secretCommand] : []),
      ]}
    />
  );
}
