import type { ReactElement, ReactNode } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import css from './App.module.css';

/** What is left when the page itself cannot be drawn, its server being gone before all of it came: no library in it. */
export function PageGuard({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <ErrorBoundary
      fallen={error => (
        <main className={css['fallen']} role="alert">
          <h1>{shellWords.crashed.title}</h1>
          <p>{shellWords.crashed.cause}</p>
          <pre>{error.message}</pre>
          <button type="button" onClick={() => window.location.reload()}>
            {shellWords.again}
          </button>
        </main>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
