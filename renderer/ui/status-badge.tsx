import type { Icon } from '@tabler/icons-react';
import classes from './status-badge.module.css';

export type Tone = 'ok' | 'warn' | 'danger' | 'info' | 'neutral';

interface StatusBadgeProps {
  readonly tone: Tone;
  readonly icon: Icon;
  readonly children: string;
  /** `plain` has no background: for tables and lists, where many stand under one another. */
  readonly plain?: boolean;
}

/** A state as icon and word, and only then as colour. */
export function StatusBadge({ tone, icon: IconShape, children, plain = false }: StatusBadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone} data-plain={plain || undefined}>
      <IconShape className={classes.icon} aria-hidden />
      <span className={classes.text}>{children}</span>
    </span>
  );
}
