import { Button } from '@fluentui/react-components';
import { FilterDismissRegular } from '@fluentui/react-icons/svg/filter-dismiss';
import type { ReactElement, ReactNode } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import css from './States.module.css';

export interface EmptyStateProps {
  readonly icon: ReactElement;
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

/** Nothing to show, why, and what to do about it. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps): ReactElement {
  return (
    <div className={css['empty']}>
      {icon}
      <h2 className={css['title']}>{title}</h2>
      {text !== undefined && <p className={css['text']}>{text}</p>}
      {children}
    </div>
  );
}

/** Something is there, but the filter fits none of it: one press shows all again. */
export function NoMatch({ title, onClear }: { readonly title: string; readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState icon={<FilterDismissRegular />} title={title}>
      <Button onClick={onClear}>{shellWords.clearFilter}</Button>
    </EmptyState>
  );
}

/** Lines that stand for what is being asked. */
export function LoadingLines({ lines = 4 }: { readonly lines?: number }): ReactElement {
  return (
    <div className={css['loading']} role="status" aria-label={shellWords.loading}>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map(line => (
        <div key={line} className={css['line']} />
      ))}
    </div>
  );
}
