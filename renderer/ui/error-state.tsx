import { IconAlertTriangle, IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import classes from './states.module.css';

/** What happened and what to do. */
export interface ErrorText {
  readonly message: string;
  readonly hint: string;
  readonly code?: string;
}

interface ErrorStateProps {
  readonly error: ErrorText;
  readonly onRetry?: (() => void) | undefined;
}

/** Codes that say nothing to look up: the sentence is all there is. */
const wordy: ReadonlySet<string> = new Set(['LINK_DOWN']);

/** A whole view that could not be shown. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  return (
    <div className={classes.state} role="alert">
      <IconAlertTriangle className={classes.errorIcon} aria-hidden />
      <h2 className={classes.title}>{error.message}</h2>
      <p className={classes.text}>{error.hint}</p>
      {error.code && !wordy.has(error.code) && <code className={classes.code}>{error.code}</code>}
      {onRetry && (
        <div className={classes.actions}>
          <Button icon={IconRefresh} onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}

interface CalloutProps {
  readonly tone?: 'danger' | 'warn' | 'info';
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** A remark within a view: a failure, a warning, something to know. */
export function Callout({ tone = 'info', title, children, actions }: CalloutProps) {
  const IconShape = tone === 'info' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={classes.callout} data-tone={tone} role={tone === 'danger' ? 'alert' : 'note'}>
      <IconShape className={classes.calloutIcon} aria-hidden />
      <div className={classes.calloutBody}>
        <p className={classes.calloutTitle}>{title}</p>
        {children && <div className={classes.calloutText}>{children}</div>}
        {actions && <div className={classes.calloutActions}>{actions}</div>}
      </div>
    </div>
  );
}
