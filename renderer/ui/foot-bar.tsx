import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import classes from './foot-bar.module.css';

interface SelectionBarProps {
  /** `3 ports selected`. */
  readonly text: ReactNode;
  readonly onClear: () => void;
  readonly children?: ReactNode;
}

/** Below the rows of a table: what can be done with the selected ones. */
export function SelectionBar({ text, onClear, children }: SelectionBarProps) {
  return (
    <section className={classes.bar} data-selected aria-label="Selection">
      <span className={classes.text}>{text}</span>
      {children}
      <Button tone="quiet" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  );
}

interface PagesBarProps {
  readonly offset: number;
  /** Rows of this page, and of all pages. */
  readonly shown: number;
  readonly total: number;
  readonly pageSize: number;
  readonly onOffset: (offset: number) => void;
}

/** Below the rows of a table that comes in pages; nothing where there is one page alone. */
export function PagesBar({ offset, shown, total, pageSize, onOffset }: PagesBarProps) {
  if (total <= shown) return null;
  const last = offset + shown;
  const count = (number: number) => number.toLocaleString('en');
  return (
    <section className={classes.bar} aria-label="Pages">
      <span
        className={classes.text}
      >{`${count(offset + 1)} to ${count(last)} of ${count(total)}`}</span>
      <Button disabled={offset === 0} onClick={() => onOffset(Math.max(0, offset - pageSize))}>
        Previous
      </Button>
      <Button disabled={last >= total} onClick={() => onOffset(offset + pageSize)}>
        Next
      </Button>
    </section>
  );
}
