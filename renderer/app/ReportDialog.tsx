import { Button } from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { type ReactElement, useEffect } from 'react';
import { useStore } from 'zustand';
import { reportWords } from '../../shared/wording/screen-report.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { wordFault } from '../../shared/wording/word-fault.ts';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { FaultPanel } from '../components/FaultPanel.tsx';
import { ModalDialog } from '../components/ModalDialog.tsx';
import { LoadingLines } from '../components/States.tsx';
import { saveText } from '../components/save-text.ts';
import type { Stores } from '../stores/stores.ts';
import css from './Dialogs.module.css';

const words = reportWords;
/** More would take the page its breath; the saved file has them all. */
const MOST_LINES = 3_000;

export interface ReportDialogProps {
  readonly stores: Stores;
  readonly onClose: () => void;
}

/** Everything that helps others to help, shown before it is saved or copied. */
export function ReportDialog({ stores, onClose }: ReportDialogProps): ReactElement {
  const report = useStore(stores.report.store);
  useEffect(() => {
    void stores.report.gather(__SILOSCOPE_VERSION__);
    return () => stores.report.close();
  }, [stores]);
  const text = report.kind === 'ready' ? report.text : undefined;
  const savePage = async ({ parts }: Extract<typeof report, { kind: 'ready' }>): Promise<void> => {
    // Rarely needed, and no small part: it comes when it is.
    const { composeReport } = await import('../../shared/wording/report/compose-report.ts');
    const depth = { probe: false, canary: false, plainUnc: false };
    const page = await composeReport(parts, { madeAt: new Date().toISOString(), depth });
    saveText(words.pageName, page, 'text/html');
  };
  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button
            appearance="primary"
            icon={<SaveRegular />}
            disabled={text === undefined}
            onClick={() => text !== undefined && saveText(words.fileName, text)}
          >
            {words.save}
          </Button>
          <Button
            icon={<SaveRegular />}
            disabled={report.kind !== 'ready'}
            onClick={() => report.kind === 'ready' && void savePage(report)}
          >
            {words.savePage}
          </Button>
          <Button onClick={onClose}>{shellWords.close}</Button>
        </>
      }
    >
      <p>{words.what}</p>
      <p>{words.redacted}</p>
      {report.kind === 'faulted' && <FaultPanel fault={wordFault(report.fault)} />}
      {(report.kind === 'idle' || report.kind === 'gathering') && <LoadingLines lines={4} />}
      {text !== undefined && (
        <section aria-label={words.text}>
          <CodeBlock text={text} what={words.copy} most={MOST_LINES} />
        </section>
      )}
      <p className={css['sub']}>{words.twin}</p>
    </ModalDialog>
  );
}
