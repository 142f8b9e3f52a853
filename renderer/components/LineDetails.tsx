import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { type ReactElement, useEffect, useRef } from 'react';
import { decode } from '../../shared/domain/error-decoder.ts';
import type { LogLine } from '../../shared/domain/log-line.ts';
import { logsWords } from '../../shared/wording/screen-logs.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { KnownError } from './KnownError.tsx';
import css from './LineDetails.module.css';
import { exactTime } from './line-time.ts';
import { plainText } from './plain-text.ts';
import { SeverityMark } from './SeverityMark.tsx';

const words = logsWords;

export interface LineDetailsProps {
  readonly line: LogLine;
  /** As it was kept, for machines: name, data, whole ids. Absent: the text is all there is. */
  readonly raw?: string | undefined;
  /** Where it leads. */
  readonly leads: readonly { readonly label: string; readonly go: () => void }[];
  readonly onClose: () => void;
}

/** One line whole, with its raw name and data, what is known of an error in it, and where it leads. Escape closes it. */
export function LineDetails({ line, raw, leads, onClose }: LineDetailsProps): ReactElement {
  const { at, origin, severity, subject, name = subject, text, what } = line;
  // Our own words name no error that is not decoded already.
  const known = what === undefined ? decode(text) : undefined;
  const pane = useRef<HTMLElement>(null);
  // Where there is little room it lies below what is in sight.
  useEffect(() => {
    if (at !== '') pane.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <section
      ref={pane}
      className={css['pane']}
      aria-label={words.line}
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        // Back to the row it is the whole of, which is the one that is current.
        pane.current?.parentElement?.querySelector<HTMLElement>('tr[aria-selected="true"]')?.focus();
        onClose();
      }}
    >
      <div className={css['bar']}>
        <SeverityMark severity={severity} />
        <time dateTime={at} title={at}>
          {exactTime(at)}
        </time>
        <span>{words.origins[origin]}</span>
        {name !== undefined && <span className={css['note']}>{plainText(name)}</span>}
        {what !== undefined && <code className={css['note']}>{plainText(what)}</code>}
        <span className={css['spring']} />
        {leads.map(({ label, go }) => (
          <Button key={label} size="small" onClick={go}>
            {label}
          </Button>
        ))}
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={`${shellWords.close}: ${words.line}`}
          onClick={onClose}
        />
      </div>
      <CodeBlock text={text} what={words.line.toLowerCase()} />
      {raw !== undefined && (
        <details className={css['raw']}>
          <summary>{words.raw}</summary>
          <CodeBlock text={raw} what={words.raw.toLowerCase()} />
        </details>
      )}
      {known !== undefined && <KnownError known={known} />}
    </section>
  );
}
