import { Button } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { escapeUntrustedLines } from '../../../shared/wording/plain-text.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import css from './SettingsScreen.module.css';

const words = settingsWords.licences;
/** Lines. A licence is told whole, or not at all. */
const LONGEST_TEXT = 5_000;

/** The licences of what others wrote: three hundred kilobytes of text, read when somebody wants to see them. */
export function Licences({ stores }: { readonly stores: Stores }): ReactElement {
  const [shown, setShown] = useState(false);
  return (
    <>
      <div className={css['buttons']}>
        <Button aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? words.hide : words.show}
        </Button>
      </div>
      {shown && <LicenceList stores={stores} />}
    </>
  );
}

function LicenceList({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.licences);
  if (asked.kind === 'waiting') return <p className={css['hint']}>{words.reading}</p>;
  if (asked.kind === 'faulted') return <FaultPanel fault={wordFault(asked.fault)} />;
  return (
    <ul className={css['licences']} aria-label={words.list}>
      {asked.value.map(({ name, version, licence, text }) => (
        <li key={`${name} ${version}`}>
          <details>
            <summary>{plainText(words.title(name, version, licence))}</summary>
            <pre>{escapeUntrustedLines(text ?? words.noText(licence), LONGEST_TEXT).join('\n')}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}
