import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import type { ReactElement } from 'react';
import type { SiloWord } from '../../shared/domain/silo-sources.ts';
import { wordSiloSource, wordSiloSources, wordSiloVerdict } from '../../shared/wording/word-silo-source.ts';
import { plainText } from './plain-text.ts';
import css from './SiloSources.module.css';
import { StatusMark } from './StatusMark.tsx';
import type { Tone } from './tone.ts';

const LOOKS: Readonly<Record<SiloWord['verdict'], { readonly tone: Tone; readonly icon: ReactElement }>> = {
  agrees: { tone: 'good', icon: <CheckmarkCircleRegular /> },
  differs: { tone: 'warning', icon: <WarningRegular /> },
  alone: { tone: 'muted', icon: <CircleRegular /> },
};

/** Who says which silo a container lives in, each with its word. Folded away unless one differs. */
export function SiloSources({
  title,
  sources,
}: {
  readonly title: string;
  readonly sources: readonly SiloWord[];
}): ReactElement {
  const differs = sources.some(({ verdict }) => verdict === 'differs');
  return (
    <details className={css['sources']} open={differs}>
      <summary>
        {plainText(title)} <span className={css['count']}>{wordSiloSources(sources)}</span>
      </summary>
      <ul>
        {sources.map(({ source, said, verdict }) => (
          <li key={source}>
            <span className={css['who']}>
              {wordSiloSource(source)} <StatusMark {...LOOKS[verdict]} word={wordSiloVerdict(verdict)} />
            </span>
            <span className={css['said']}>{plainText(said)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
