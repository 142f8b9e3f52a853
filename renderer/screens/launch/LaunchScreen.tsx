import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import type { ListedProfile } from '../../../shared/domain/settings.ts';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { LoadingLines } from '../../components/States.tsx';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { LaunchFormFields } from './LaunchFormFields.tsx';
import css from './LaunchScreen.module.css';
import { PlanPane } from './PlanPane.tsx';
import { ProfileCards } from './ProfileCards.tsx';
import { RunView } from './RunView.tsx';

const BUILT_IN = BUILT_IN_PROFILES.map((profile): ListedProfile => ({ ...profile, origin: 'built-in' }));

/** Choose, see what it will do, launch, and see the proof. */
export function LaunchScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const run = useStore(stores.launch.run);
  const profiles = useAsked(stores.profiles);
  // A file of one's own that cannot be read hides nothing that comes along.
  const listed = profiles.kind === 'known' ? profiles.value : profiles.kind === 'faulted' ? BUILT_IN : undefined;
  const fromLink = useStore(stores.launch.form, form => form.fromLink);
  return (
    <ScreenFrame title={launchScreenWords.title} subtitle={launchScreenWords.subtitle}>
      {run.kind !== 'idle' ? (
        <RunView stores={stores} run={run} />
      ) : (
        <>
          {profiles.kind === 'waiting' && <LoadingLines lines={6} />}
          {profiles.kind === 'faulted' && (
            <FaultPanel
              fault={wordFault(profiles.fault)}
              actions={[{ label: shellWords.again, run: () => void stores.profiles.refresh() }]}
            />
          )}
          {listed !== undefined && (
            <div className={css['split']}>
              <div className={css['main']}>
                {fromLink && (
                  <MessageBar intent="warning">
                    <MessageBarBody>{launchScreenWords.fromLink}</MessageBarBody>
                  </MessageBar>
                )}
                <ProfileCards stores={stores} profiles={listed} />
                <LaunchFormFields stores={stores} profiles={listed} />
              </div>
              <PlanPane stores={stores} />
            </div>
          )}
        </>
      )}
    </ScreenFrame>
  );
}
