import type { ReactElement } from 'react';
import type { DecodedError } from '../../shared/domain/error-decoder.ts';
import type { KnownAmong } from '../../shared/domain/known-errors.ts';
import { logsWords } from '../../shared/wording/screen-logs.ts';
import { RawText } from './CodeBlock.tsx';
import css from './KnownError.module.css';
import { Prose } from './Prose.tsx';

const words = logsWords;
/** Raw texts of one error that are written out; the rest say the same. */
const MOST_TEXTS = 20;

/** Why an error happens, what to do, and where that is known from. */
export function KnownError({ known }: { readonly known: DecodedError }): ReactElement {
  return (
    <p className={css['known']}>
      <Prose text={known.cause} /> <strong>{words.next}</strong> <Prose text={known.fix} />{' '}
      <span>{words.from(known.source)}</span>
    </p>
  );
}

/** Known errors among raw texts, each once, with the texts folded away behind it. */
export function KnownErrors({ errors }: { readonly errors: readonly KnownAmong[] }): ReactElement | null {
  if (errors.length === 0) return null;
  return (
    <ul className={css['list']} aria-label={words.known}>
      {errors.map(({ known, texts }) => (
        <li key={known.cause}>
          <KnownError known={known} />
          <RawText text={texts.slice(-MOST_TEXTS).join('\n')} />
        </li>
      ))}
    </ul>
  );
}
