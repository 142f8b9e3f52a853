import { Button } from '@fluentui/react-components';
import { ArrowExportRegular } from '@fluentui/react-icons/svg/arrow-export';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { faultOf } from '../../../shared/contract/fault.ts';
import type { JournalFilter } from '../../../shared/domain/journal.ts';
import { timelineWords } from '../../../shared/wording/screen-timeline.ts';
import { saveText } from '../../components/save-text.ts';
import type { JournalStore } from '../../stores/journal-store.ts';
import { CSV_HEAD, csvLines, jsonLines } from './journal-lines.ts';

const words = timelineWords;

export interface ExportButtonsProps {
  readonly journal: JournalStore;
  readonly filter: JournalFilter | undefined;
  readonly last: number;
}

/** Saves the lines that fit the filter, all of them, up to the last one there is now; a long journal takes a while and can be called off. */
export function ExportButtons({ journal, filter, last }: ExportButtonsProps): ReactElement {
  const [count, setCount] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const save = async (kind: 'jsonl' | 'csv'): Promise<void> => {
    const cancel = new AbortController();
    running.current = cancel;
    const parts: string[] = kind === 'csv' ? [CSV_HEAD] : [];
    let lines = 0;
    setCount(0);
    try {
      for await (const entries of journal.readAll(filter, last, cancel.signal)) {
        parts.push(kind === 'csv' ? csvLines(entries) : jsonLines(entries));
        lines += entries.length;
        setCount(lines);
      }
      const name = words.exportName(new Date().toISOString().slice(0, 10), kind);
      if (!cancel.signal.aborted) saveText(name, parts, kind === 'csv' ? 'text/csv' : 'application/x-ndjson');
    } catch (caught) {
      // Called off, or the link was cut: the connection bar says so.
      if (faultOf(caught).code === 'bug') throw caught;
    } finally {
      setCount(undefined);
    }
  };
  if (count !== undefined) {
    return <Button onClick={() => running.current?.abort()}>{words.exporting(count)}</Button>;
  }
  return (
    <>
      <Button icon={<ArrowExportRegular />} disabled={last === 0} onClick={() => void save('jsonl')}>
        {words.export}
      </Button>
      <Button disabled={last === 0} onClick={() => void save('csv')}>
        {words.exportCsv}
      </Button>
    </>
  );
}
