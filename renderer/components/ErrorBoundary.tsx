import { Component, type ReactNode } from 'react';

export interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** What stands there once drawing failed; `again` draws anew. */
  readonly fallen: (error: Error, again: () => void) => ReactNode;
}

/** Keeps a bug below it from taking down what is above it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: Error | undefined }> {
  override readonly state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { children, fallen } = this.props;
    return error === undefined ? children : fallen(error, () => this.setState({ error: undefined }));
  }
}
