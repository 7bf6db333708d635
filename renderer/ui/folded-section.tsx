import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './folded-section.module.css';

interface FoldedSectionProps {
  readonly title: string;
  /** Beside the title, also while it is folded: how much there is. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a page that is seldom wanted: it opens when its title is pressed. */
export function FoldedSection({ title, note, children }: FoldedSectionProps) {
  return (
    <details className={classes.section}>
      <summary className={classes.summary}>
        <IconChevronRight aria-hidden className={classes.chevron} />
        <h2 className={classes.title}>{title}</h2>
        {note && <span className={classes.note}>{note}</span>}
      </summary>
      {children}
    </details>
  );
}
