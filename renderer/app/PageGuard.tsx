import { Component, type ReactNode } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import css from './App.module.css';

interface PageGuardProps {
  readonly children: ReactNode;
}

/** What is left when the page itself cannot be drawn, its server being gone before all of it came: no library in it. */
export class PageGuard extends Component<PageGuardProps, { readonly error: Error | undefined }> {
  override readonly state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className={css['fallen']} role="alert">
        <h1>{shellWords.crashed.title}</h1>
        <p>{shellWords.crashed.cause}</p>
        <pre>{error.message}</pre>
        <button type="button" onClick={() => window.location.reload()}>
          {shellWords.again}
        </button>
      </main>
    );
  }
}
