import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Finding } from '../../../shared/domain/inspection.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordFindingCode } from '../../../shared/wording/word-visibility.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import css from './Evidence.module.css';

const SEVERITY_TONES = { info: 'muted', warning: 'warning', serious: 'leak' } as const;

/** What stands out, with what to do about it; with `onChoose` the volume itself is a button away. */
export function Findings({
  findings,
  onChoose,
}: {
  readonly findings: readonly Finding[];
  readonly onChoose: ((device: string) => void) | undefined;
}): ReactElement {
  const shown = findings.slice(0, MOST_FINDINGS);
  return (
    <div className={css['block']}>
      <h3>{visibilityWords.findings.title}</h3>
      {findings.length === 0 && <p className={css['sub']}>{visibilityWords.findings.none}</p>}
      {shown.map(finding => {
        const [device] = finding.volumes;
        return (
          <div
            key={`${finding.code} ${finding.volumes.join()} ${finding.namespaces.join()}`}
            className={css['finding']}
          >
            <StatusMark
              tone={finding.code === 'fsd-stopped' ? 'bad' : SEVERITY_TONES[finding.severity]}
              word={wordFindingCode(finding.code)}
            />
            <p>{plainText(finding.summary)}</p>
            <p className={css['fix']}>{plainText(finding.fix)}</p>
            {finding.command !== undefined && (onChoose === undefined || device === undefined) && (
              <CodeBlock text={finding.command} what={finding.command} />
            )}
            {onChoose !== undefined && device !== undefined && (
              <div>
                <Button size="small" onClick={() => onChoose(device)}>
                  {visibilityWords.findings.show}
                </Button>
              </div>
            )}
          </div>
        );
      })}
      {findings.length > shown.length && (
        <p className={css['sub']}>{visibilityWords.map.more(findings.length - shown.length)}</p>
      )}
    </div>
  );
}

const MOST_FINDINGS = 20;
