import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Finding, Inspection } from '../../../shared/domain/inspection.ts';
import { fixScreenWords } from '../../../shared/wording/screen-fixes.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordFindingCode } from '../../../shared/wording/word-visibility.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { Prose } from '../../components/Prose.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Stores } from '../../stores/stores.ts';
import css from './Evidence.module.css';
import { FixButtons } from './FixButtons.tsx';
import { presentFinding } from './present-finding.ts';

const SEVERITY_TONES = { info: 'muted', warning: 'warning', serious: 'leak' } as const;

function toneOf({ code, severity, accepted }: Finding): 'bad' | 'muted' | 'warning' | 'leak' {
  if (accepted !== undefined) return 'muted';
  return code === 'fsd-stopped' ? 'bad' : SEVERITY_TONES[severity];
}

/** What stands out, with what to do about it; with `onChoose` the volume itself is a button away. */
export function Findings({
  stores,
  inspection,
  findings,
  onChoose,
}: {
  readonly stores: Stores;
  readonly inspection: Inspection;
  readonly findings: readonly Finding[];
  readonly onChoose: ((device: string) => void) | undefined;
}): ReactElement {
  const shown = findings.slice(0, MOST_FINDINGS).map(finding => presentFinding(finding, inspection));
  return (
    <div className={css['block']}>
      <h3>{visibilityWords.findings.title}</h3>
      {findings.length === 0 && <p className={css['sub']}>{visibilityWords.findings.none}</p>}
      {shown.map(finding => {
        const [device] = finding.volumes;
        return (
          <div
            key={finding.id ?? `${finding.code} ${finding.volumes.join()} ${finding.namespaces.join()}`}
            className={css['finding']}
          >
            <StatusMark tone={toneOf(finding)} word={wordFindingCode(finding.code)} />
            <p>
              <Prose text={finding.summary} />
            </p>
            {finding.accepted === undefined ? (
              <p className={css['fix']}>
                <Prose text={finding.fix} />
              </p>
            ) : (
              <p className={css['fix']}>
                {plainText(fixScreenWords.acceptedBecause(finding.accepted.until, finding.accepted.reason))}
              </p>
            )}
            <FixButtons stores={stores} finding={finding} />
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
