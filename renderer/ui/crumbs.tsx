import type { ReactNode } from 'react';
import classes from './crumbs.module.css';

export interface Crumb {
  readonly id: string;
  readonly link: ReactNode;
}

interface CrumbsProps {
  /** From the outermost. */
  readonly above: readonly Crumb[];
  readonly here: string;
  /** An address or the like. */
  readonly mono?: boolean;
}

/** Where a page lies: links to what stands above it, then its own name. */
export function Crumbs({ above, here, mono = false }: CrumbsProps) {
  return (
    <span className={classes.crumbs}>
      {above.map(({ id, link }) => (
        <span key={id} className={classes.crumb}>
          {link}
          <span className={classes.slash} aria-hidden>
            /
          </span>
        </span>
      ))}
      <bdi className={mono ? `${classes.here} rh-mono` : classes.here} title={here}>
        {here}
      </bdi>
    </span>
  );
}
