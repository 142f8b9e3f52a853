import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import type { ReactElement } from 'react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { plainText } from '../components/plain-text.ts';
import { StatusMark } from '../components/StatusMark.tsx';
import type { Tone } from '../components/tone.ts';
import type { Snapshot, Stores } from '../stores/stores.ts';
import css from './StatusStrip.module.css';

const DRIVER_TONES: Readonly<Record<Snapshot['fsd']['state'], Tone>> = {
  'not-installed': 'bad',
  stopped: 'warning',
  starting: 'busy',
  running: 'good',
  stopping: 'busy',
};

/** One line about the host: which it is, that it is simulated, and whether driver and engine are there. */
export function StatusStrip({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useStore(stores.snapshot.store);
  useEffect(() => stores.snapshot.want(), [stores]);
  if (asked.kind !== 'known') return <div className={css['strip']} />;
  const { host, fsd, engine } = asked.value;
  const { edition, displayVersion, build, revision } = host.facts;
  const machine = plainText(host.facts.machineName);
  const windows = plainText(`${edition} ${displayVersion}, ${build}.${revision}`);
  return (
    <section className={css['strip']} aria-label={shellWords.host.label}>
      {host.simulated && (
        <span className={css['sim']} role="note" title={shellWords.simulatedMeaning}>
          <BeakerRegular />
          <span>{plainText(shellWords.simulated(host.scenario))}</span>
        </span>
      )}
      <span className={css['spring']} />
      <span className={css['machine']} title={machine}>
        {machine}
      </span>
      <span className={css['fact']} title={windows}>
        {windows}
      </span>
      <span className={css['pair']}>
        {shellWords.host.driver}
        <StatusMark tone={DRIVER_TONES[fsd.state]} word={shellWords.host.driverStates[fsd.state]} />
      </span>
      <span className={css['pair']}>
        {shellWords.host.engine}
        <StatusMark
          tone={engine.reachable ? 'good' : 'bad'}
          word={engine.reachable ? plainText(shellWords.host.reachable(engine.version)) : shellWords.host.unreachable}
        />
      </span>
    </section>
  );
}
