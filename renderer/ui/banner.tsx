import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './banner.module.css';

interface BannerProps {
  readonly icon: Icon;
  /** Buttons, the likeliest first. */
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

/** One line below the title bar about the whole window, which stays until its cause is gone. */
export function Banner({ icon: IconShape, actions, children }: BannerProps) {
  return (
    <div className={classes.banner} role="status">
      <IconShape aria-hidden className={classes.icon} />
      <span>{children}</span>
      {actions}
    </div>
  );
}
