import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { type ReactElement, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { type DecodedError, decode } from '../../../shared/domain/error-decoder.ts';
import { type KnownAmong, knownErrors } from '../../../shared/domain/known-errors.ts';
import { fileSystemsWords } from '../../../shared/wording/screen-filesystems.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordUnmasked } from '../../../shared/wording/word-secret.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { KnownErrors } from '../../components/KnownError.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import { saveText } from '../../components/save-text.ts';
import type { LogLine } from '../../stores/logs-store.ts';
import type { Stores } from '../../stores/stores.ts';
import css from './LogsPane.module.css';

const words = fileSystemsWords.logs;

const COLUMNS: readonly Column<LogLine>[] = [
  {
    key: 'time',
    title: words.time,
    width: '96px',
    wideOnly: true,
    render: ({ at }) =>
      at === undefined ? null : (
        <time className={css['time']} dateTime={at}>
          {new Date(at).toLocaleTimeString()}
        </time>
      ),
  },
  {
    key: 'text',
    title: words.text,
    width: 'minmax(0, 1fr)',
    render: ({ stream, text }) => (
      <span className={css['text']}>
        {stream === 'stderr' && <span className={css['stderr']}>{words.stderr} </span>}
        {plainText(text.trimEnd())}
      </span>
    ),
  },
];

/** What a file system's program wrote, as it writes it. */
export function LogsPane({ stores }: { readonly stores: Stores }): ReactElement | null {
  const { name, lines, following, fault, unmasked = [] } = useStore(stores.logs.store);
  useEffect(() => () => stores.logs.close(), [stores]);
  const known = useMemo(() => lastKnown(lines), [lines]);
  if (name === undefined) return null;
  const title = words.title(plainText(name));
  return (
    <section className={css['pane']} aria-label={title}>
      <div className={css['bar']}>
        <h2 className={css['title']} title={title}>
          {words.title(shortName(name))}
        </h2>
        {following && <StatusMark tone="busy" word={words.following} />}
        <span className={css['spring']} />
        <Button
          size="small"
          icon={<SaveRegular />}
          disabled={lines.length === 0}
          onClick={() => saveText(words.fileName(name), lines.map(({ text }) => text).join(''))}
        >
          {words.save}
        </Button>
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={`${shellWords.close}: ${title}`}
          onClick={() => stores.logs.close()}
        />
      </div>
      {fault !== undefined && (
        <FaultPanel
          fault={wordFault(fault)}
          actions={[{ label: shellWords.again, run: () => stores.logs.open(name) }]}
        />
      )}
      {unmasked.length > 0 && <p className={css['note']}>{wordUnmasked(unmasked)}</p>}
      {lines.length === 0 && fault === undefined && <p className={css['note']}>{words.empty}</p>}
      {lines.length > 0 && (
        <DataTable
          label={title}
          columns={COLUMNS}
          rows={lines}
          keyOf={({ number }) => String(number)}
          rowPx={26}
          followEnd
        />
      )}
      <KnownErrors errors={known} />
      {!following && fault === undefined && <p className={css['note']}>{words.ended}</p>}
    </section>
  );
}

/** Lines from the end that are looked at for known errors, and errors that are told. */
const LOOKED_AT = 1_000;
const MOST_TOLD = 3;

/** A line is decoded once, however often others are added to it. */
const decodedLines = new WeakMap<LogLine, { readonly known: DecodedError | undefined }>();

function decodedLine(line: LogLine): DecodedError | undefined {
  const met = decodedLines.get(line) ?? { known: decode(line.text) };
  decodedLines.set(line, met);
  return met.known;
}

/** The latest errors of a log that are known, the last one first. */
function lastKnown(lines: readonly LogLine[]): readonly KnownAmong[] {
  const last = lines.slice(-LOOKED_AT).toReversed();
  const errors = knownErrors(
    last.map(({ text }) => text.trimEnd()),
    (_text, index) => {
      const line = last[index];
      return line === undefined ? undefined : decodedLine(line);
    },
  );
  return errors.slice(0, MOST_TOLD).map(({ known, texts }) => ({ known, texts: texts.toReversed() }));
}
