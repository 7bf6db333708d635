import { Component, type ReactNode } from 'react';
import { ErrorState } from '../ui/error-state.tsx';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

/** A fault in one view shows here instead of an empty window. The data is in the host, untouched. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <ErrorState
        error={{
          message: 'This view could not be shown.',
          hint: `Your data is not affected. What went wrong: ${error.message}`,
        }}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
