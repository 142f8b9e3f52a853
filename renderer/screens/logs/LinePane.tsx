import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import type { ReactElement } from 'react';
import { decode } from '../../../shared/domain/error-decoder.ts';
import { logsWords } from '../../../shared/wording/screen-logs.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { KnownError } from '../../components/KnownError.tsx';
import { plainText } from '../../components/plain-text.ts';
import type { HeldLine } from '../../stores/all-logs-store.ts';
import css from './LogsScreen.module.css';
import { exactTime, leadsTo, SeverityMark } from './log-columns.tsx';

const words = logsWords;

export interface LinePaneProps {
  readonly line: HeldLine;
  readonly onGo: (to: 'filesystem' | 'moment') => void;
  readonly onClose: () => void;
}

/** One line whole, what is known of an error in it, and where it leads. */
export function LinePane({ line, onGo, onClose }: LinePaneProps): ReactElement {
  const { fileSystem, moment } = leadsTo(line);
  const known = decode(line.text);
  return (
    <section className={css['pane']} aria-label={words.line}>
      <div className={css['bar']}>
        <SeverityMark severity={line.severity} />
        <time dateTime={line.at}>{exactTime(line.at)}</time>
        <span>{words.origins[line.origin]}</span>
        {line.subject !== undefined && <span className={css['note']}>{plainText(line.name ?? line.subject)}</span>}
        <span className={css['spring']} />
        {fileSystem !== undefined && (
          <Button size="small" onClick={() => onGo('filesystem')}>
            {words.toFileSystem}
          </Button>
        )}
        {moment !== undefined && (
          <Button size="small" onClick={() => onGo('moment')}>
            {words.toMoment}
          </Button>
        )}
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={`${shellWords.close}: ${words.line}`}
          onClick={onClose}
        />
      </div>
      <CodeBlock text={line.text} what={words.line.toLowerCase()} />
      {known !== undefined && <KnownError known={known} />}
    </section>
  );
}
