import { Button, Input, Spinner } from '@fluentui/react-components';
import { type ReactElement, useId, useState } from 'react';
import { useStore } from 'zustand';
import { composeCmdLine } from '../../../shared/domain/cmd-line.ts';
import type { Fix } from '../../../shared/domain/fix.ts';
import type { Finding } from '../../../shared/domain/inspection.ts';
import { fixScreenWords as words } from '../../../shared/wording/screen-fixes.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { fixCommand, wordFix, wordFixKind } from '../../../shared/wording/word-fix.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import type { Stores } from '../../stores/stores.ts';
import css from './Evidence.module.css';
import { MissingSecrets } from './MissingSecrets.tsx';

/** The fixes of a finding as buttons; each says what it costs before anything is done. */
export function FixButtons({
  stores,
  finding,
}: {
  readonly stores: Stores;
  readonly finding: Finding;
}): ReactElement | null {
  const { running, last, fault, about, tried } = useStore(stores.inspection.fixing);
  const [chosen, choose] = useState<Fix>();
  const { fixes = [], id } = finding;
  if (fixes.length === 0 || id === undefined) return null;
  if (running?.finding === id) {
    return <Spinner size="tiny" label={running.note === undefined ? words.running : plainText(running.note)} />;
  }
  return (
    <>
      <fieldset className={css['actions']} aria-label={words.region} disabled={running !== undefined}>
        {fixes.map(fix => (
          <Button key={fix.kind} size="small" onClick={() => choose(fix)}>
            {wordFixKind(fix.kind)}
          </Button>
        ))}
      </fieldset>
      {about === id && fault !== undefined && <FaultPanel fault={wordFault(fault)} />}
      {about === id && fault?.code === 'secrets-missing' && tried !== undefined && (
        <MissingSecrets
          secrets={fault.secrets}
          onGive={secrets => void stores.inspection.fix(finding, tried, { secrets })}
        />
      )}
      {about === id && last?.byHand !== undefined && (
        <>
          <p className={css['sub']}>{words.byHand}</p>
          <CodeBlock text={last.byHand} what={last.byHand} />
        </>
      )}
      {chosen !== undefined && (
        <FixDialog
          finding={id}
          fix={chosen}
          onClose={() => choose(undefined)}
          onConfirm={acceptance => {
            choose(undefined);
            void stores.inspection.fix(finding, chosen, acceptance);
          }}
        />
      )}
    </>
  );
}

interface FixDialogProps {
  readonly finding: string;
  readonly fix: Fix;
  readonly onClose: () => void;
  readonly onConfirm: (acceptance?: { readonly reason: string; readonly until: string }) => void;
}

function FixDialog({ finding, fix, onClose, onConfirm }: FixDialogProps): ReactElement {
  const ids = useId();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const isAcceptance = fix.kind === 'accept';
  const isReady = !isAcceptance || (reason.trim() !== '' && /^\d{4}-\d{2}-\d{2}$/.test(until));
  const command = composeCmdLine(fixCommand(finding, fix));
  return (
    <ModalDialog
      title={wordFixKind(fix.kind)}
      onClose={onClose}
      actions={
        <>
          <Button
            appearance="primary"
            disabled={!isReady}
            onClick={() => (isAcceptance ? onConfirm({ reason: reason.trim(), until }) : onConfirm())}
          >
            {isAcceptance ? words.accept : wordFixKind(fix.kind)}
          </Button>
          <Button onClick={onClose}>{shellWords.cancel}</Button>
        </>
      }
    >
      <p>{plainText(wordFix(fix))}</p>
      {isAcceptance && (
        <>
          <label htmlFor={`${ids}reason`}>{words.reason}</label>
          <Input id={`${ids}reason`} value={reason} maxLength={400} onChange={(_, { value }) => setReason(value)} />
          <p className={css['sub']}>{words.reasonHint}</p>
          <label htmlFor={`${ids}until`}>{words.until}</label>
          <Input id={`${ids}until`} type="date" value={until} onChange={(_, { value }) => setUntil(value)} />
          <p className={css['sub']}>{words.untilHint}</p>
        </>
      )}
      <p className={css['sub']}>{words.command}</p>
      <CodeBlock text={command} what={command} />
    </ModalDialog>
  );
}
