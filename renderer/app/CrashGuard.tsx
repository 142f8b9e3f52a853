import type { ReactElement, ReactNode } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { FaultPanel } from '../components/FaultPanel.tsx';
import { NotFetched, renewParts } from './lazy-part.ts';
import css from './Stage.module.css';

/** Keeps a bug in one screen from taking the page down; says so, with the raw text for a report. */
export function CrashGuard({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <ErrorBoundary
      fallen={(error, again) => (
        <div className={css['waiting']}>
          <FaultPanel
            fault={
              error instanceof NotFetched
                ? { ...shellWords.notFetched, raw: error.message }
                : { ...shellWords.crashed, raw: error.stack ?? error.message }
            }
            actions={[
              {
                label: shellWords.again,
                run: () => {
                  renewParts();
                  again();
                },
              },
            ]}
          />
        </div>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
