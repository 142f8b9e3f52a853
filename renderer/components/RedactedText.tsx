import { Button } from '@fluentui/react-components';
import { Fragment, type ReactElement, useMemo, useState } from 'react';
import { splitTakenOut, type TakenOutBy } from '../../shared/domain/taken-out.ts';
import { escapeUntrustedLines } from '../../shared/wording/plain-text.ts';
import { bundleWords } from '../../shared/wording/screen-bundle.ts';
import css from './RedactedText.module.css';

const words = bundleWords;
/** More at once would take the page its breath. */
const LINES_AT_ONCE = 3_000;

export interface RedactedTextProps {
  /** Of the file. */
  readonly name: string;
  readonly text: string;
  readonly by: TakenOutBy;
}

/** A redacted file from its beginning, every place marked where something was taken out. No line is cut: it is there to be read. */
export function RedactedText({ name, text, by }: RedactedTextProps): ReactElement {
  const [most, setMost] = useState(LINES_AT_ONCE);
  const lines = useMemo(() => escapeUntrustedLines(text, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), [text]);
  const pieces = useMemo(() => splitTakenOut(lines.slice(0, most).join('\n'), by), [lines, most, by]);
  const shown = Math.min(most, lines.length);
  return (
    <section className={css['block']} aria-label={words.content(name)}>
      {/* What scrolls must be reached by keyboard. */}
      <pre className={css['text']} {...{ tabIndex: 0 }}>
        {pieces.map(piece =>
          piece.takenOut ? <mark key={piece.at}>{piece.text}</mark> : <Fragment key={piece.at}>{piece.text}</Fragment>,
        )}
      </pre>
      <p className={css['foot']}>
        <span role="status">{words.lines(shown, lines.length)}</span>
        {shown < lines.length && (
          <Button size="small" onClick={() => setMost(most + LINES_AT_ONCE)}>
            {words.more}
          </Button>
        )}
      </p>
    </section>
  );
}
