import { Button } from '@fluentui/react-components';
import { DocumentRegular } from '@fluentui/react-icons/svg/document';
import { type ReactElement, useState } from 'react';
import { type Fault, faultOf } from '../../../shared/contract/fault.ts';
import { timelineWords } from '../../../shared/wording/screen-timeline.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { saveText } from '../../components/save-text.ts';
import type { ReportStore } from '../../stores/report-store.ts';
import css from './Moment.module.css';

const words = timelineWords.moment.report;
const NOT_LOOKED = { probe: false, canary: false, plainUnc: false };

export interface MomentReportProps {
  readonly report: ReportStore;
  /** The line of the journal that the moment rests on. */
  readonly sequence: number;
}

type Kind = 'html' | 'json' | 'sarif';
const KINDS: readonly Kind[] = ['html', 'json', 'sarif'];

/** Saves a report about a moment that is past, as `siloscope report --at` writes it. */
export function MomentReport({ report, sequence }: MomentReportProps): ReactElement {
  const [writing, setWriting] = useState<Kind>();
  const [fault, setFault] = useState<Fault>();
  const save = async (kind: Kind): Promise<void> => {
    setWriting(kind);
    setFault(undefined);
    try {
      const { text, type, at } = await written(report, sequence, kind);
      saveText(words.fileName(at, kind), text, type);
    } catch (caught) {
      setFault(faultOf(caught));
    } finally {
      setWriting(undefined);
    }
  };
  return (
    <>
      <fieldset className={css['report']} aria-label={words.title}>
        <DocumentRegular />
        <span>{words.title}:</span>
        {KINDS.map(kind => (
          <Button
            key={kind}
            size="small"
            title={words.hints[kind]}
            disabled={writing !== undefined}
            onClick={() => void save(kind)}
          >
            {words.kinds[kind]}
          </Button>
        ))}
      </fieldset>
      {fault !== undefined && <FaultPanel fault={wordFault(fault)} />}
    </>
  );
}

/** Rarely needed, and no small part: it comes when it is. */
async function written(
  report: ReportStore,
  sequence: number,
  kind: Kind,
): Promise<{ readonly text: string; readonly type: string; readonly at: string }> {
  const { gatherPastReport } = await import('../../../shared/wording/report/gather-past-report.ts');
  const { parts } = await gatherPastReport(__SILOSCOPE_VERSION__, report.ask, { sequence });
  const at = parts.past?.at ?? parts.past?.entryAt ?? '';
  if (kind === 'html') {
    const { composeReport } = await import('../../../shared/wording/report/compose-report.ts');
    const madeAt = new Date().toISOString();
    return { text: await composeReport(parts, { madeAt, depth: NOT_LOOKED }), type: 'text/html', at };
  }
  if (kind === 'json') {
    const { reportJson } = await import('../../../shared/contract/report.ts');
    return { text: reportJson(parts), type: 'application/json', at };
  }
  const { reportSarif } = await import('../../../shared/wording/report/report-sarif.ts');
  return { text: reportSarif(__SILOSCOPE_VERSION__, parts), type: 'application/sarif+json', at };
}
