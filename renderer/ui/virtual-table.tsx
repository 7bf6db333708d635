import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './virtual-table.module.css';

interface VirtualTableProps {
  readonly label: string;
  readonly className?: string | undefined;
  /** The row of `th`. */
  readonly head: ReactNode;
  readonly columns: number;
  readonly count: number;
  /** One or more `tr` for each; null while it is still being read. */
  readonly rowAt: (index: number, isFirst: boolean) => ReactNode;
  /** Told which rows are in view, so that they can be read. */
  readonly onRange: (first: number, last: number) => void;
}

/** Up to here all rows are there, and the page scrolls as a whole. */
const plainUpTo = 60;
const likelyHeight = 32;

/**
 * A table of any number of rows, of which only those in view exist once there are many. Their
 * heights may differ. A table for assistive technology, too: each row says which one it is.
 */
export function VirtualTable(props: VirtualTableProps) {
  const { count, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = count > plainUpTo;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => likelyHeight,
    overscan: 10,
    enabled: virtual,
  });
  const items = virtualizer.getVirtualItems();
  const first = virtual ? (items[0]?.index ?? 0) : 0;
  const last = virtual ? (items.at(-1)?.index ?? 0) : count - 1;
  useEffect(() => {
    if (count > 0) onRange(first, Math.max(first, last));
  }, [onRange, first, last, count]);

  const indexes = virtual
    ? items.map(({ index }) => index)
    : Array.from({ length: count }, (_, index) => index);
  const before = virtual ? (items[0]?.start ?? 0) : 0;
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  return (
    // Nothing in it may be there to focus on, and still it must scroll by keys.
    <div
      ref={scroller}
      className={classes.scroll}
      data-virtual={virtual || undefined}
      tabIndex={virtual ? 0 : undefined}
    >
      <table
        className={props.className}
        aria-label={props.label}
        aria-rowcount={virtual ? count : undefined}
      >
        <thead className={classes.head}>{props.head}</thead>
        <Space height={before} columns={props.columns} />
        {indexes.map((index, at) => (
          <tbody
            key={index}
            ref={virtual ? virtualizer.measureElement : undefined}
            data-index={index}
          >
            {props.rowAt(index, at === 0) ?? <Reading columns={props.columns} />}
          </tbody>
        ))}
        <Space height={after} columns={props.columns} />
      </table>
    </div>
  );
}

function Reading({ columns }: { readonly columns: number }) {
  return (
    <tr className={classes.reading}>
      <td colSpan={columns}>Reading…</td>
    </tr>
  );
}

/** Stands for the rows out of view. */
function Space({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden>
      <tr>
        <td colSpan={columns} className={classes.space} style={{ height }} />
      </tr>
    </tbody>
  );
}
