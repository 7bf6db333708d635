import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './states.module.css';

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons: what to do now. */
  readonly actions?: ReactNode;
}

/** Nothing here: says why, and leads on. */
export function EmptyState({ icon: IconShape, title, children, actions }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <IconShape className={classes.stateIcon} aria-hidden />
      <h2 className={classes.title}>{title}</h2>
      {children && <p className={classes.text}>{children}</p>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
