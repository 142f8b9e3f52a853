import { Component, type ReactNode } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { FaultPanel } from '../components/FaultPanel.tsx';
import css from './Stage.module.css';

interface CrashGuardProps {
  readonly children: ReactNode;
}

/** Keeps a bug in one screen from taking the page down; says so, with the raw text for a report. */
export class CrashGuard extends Component<CrashGuardProps, { readonly error: Error | undefined }> {
  override readonly state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <div className={css['waiting']}>
        <FaultPanel
          fault={{
            title: shellWords.crashed.title,
            cause: shellWords.crashed.cause,
            raw: error.stack ?? error.message,
          }}
          actions={[{ label: shellWords.again, run: () => this.setState({ error: undefined }) }]}
        />
      </div>
    );
  }
}
