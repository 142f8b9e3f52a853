import { type ReactElement, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import css from './CodeBlock.module.css';
import { CopyButton } from './CopyButton.tsx';
import { plainLines } from './plain-text.ts';

export interface CodeBlockProps {
  readonly text: string;
  /** Completes "Copy ...". */
  readonly what: string;
  /** Lines that are shown, the last ones; all are copied. */
  readonly most?: number;
}

/** A command or a tool's output, with a copy button. Shows control and bidi characters as what they are. */
export function CodeBlock({ text, what, most }: CodeBlockProps): ReactElement {
  const shown = useRef<HTMLPreElement>(null);
  const [scrolls, setScrolls] = useState(false);
  const lines = useMemo(() => plainLines(text, most), [text, most]);
  useLayoutEffect(() => {
    const { scrollHeight = 0, clientHeight = 0 } = shown.current ?? {};
    setScrolls(lines !== '' && scrollHeight > clientHeight);
  }, [lines]);
  return (
    <div className={css['block']}>
      {/* What scrolls must be reached by keyboard; what does not is no stop on the way. */}
      <pre ref={shown} className={css['text']} {...(scrolls ? { tabIndex: 0 } : {})}>
        {lines}
      </pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}

/** A raw answer, folded away. */
export function RawText({ text }: { readonly text: string }): ReactElement {
  return (
    <details className={css['raw']}>
      <summary>{shellWords.raw}</summary>
      <CodeBlock text={text} what={shellWords.raw.toLowerCase()} />
    </details>
  );
}
