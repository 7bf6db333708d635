import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { type PlainColumn, PlainTable } from '../../../ui/plain-table.tsx';
import classes from './questions.module.css';

interface LongTableProps<T> {
  readonly label: string;
  readonly columns: readonly PlainColumn[];
  readonly rows: readonly T[];
  /** Of all, also of those that are not told. */
  readonly total: number;
  readonly cells: (row: T) => readonly ReactNode[];
  /** What no row means. */
  readonly none: string;
}

const step = 30;

/** A table of which the first rows are drawn, and more when they are asked for. */
export function LongTable<T>(props: LongTableProps<T>) {
  const { label, columns, rows, total, cells, none } = props;
  const [shown, setShown] = useState(step);
  if (rows.length === 0) return <p className={classes.none}>{none}</p>;
  const left = rows.length - shown;
  return (
    <>
      <PlainTable label={label} columns={columns} rows={rows.slice(0, shown).map(cells)} />
      {left > 0 && (
        <Button tone="quiet" onClick={() => setShown(shown + step)}>
          {`Show ${Math.min(step, left)} more of ${left.toLocaleString('en')}`}
        </Button>
      )}
      {left <= 0 && total > rows.length && (
        <p
          className={classes.none}
        >{`${formatCount(total - rows.length, 'more', 'more')} are not listed.`}</p>
      )}
    </>
  );
}
