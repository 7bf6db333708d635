import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './states.module.css';

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons: what to do now. */
  readonly actions?: ReactNode;
  /** 1 where it fills the window and no other heading stands above it. */
  readonly level?: 1 | 2;
}

/** Nothing here: says why, and leads on. */
export function EmptyState(props: EmptyStateProps) {
  const { icon: IconShape, title, children, actions, level = 2 } = props;
  const Heading = `h${level}` as const;
  return (
    <div className={classes.state}>
      <IconShape className={classes.stateIcon} aria-hidden />
      <Heading className={classes.title}>{title}</Heading>
      {children && <p className={classes.text}>{children}</p>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
