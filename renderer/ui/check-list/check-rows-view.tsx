import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { CheckActions } from './check-details.tsx';
import classes from './check-list.module.css';
import { CheckRowView, GroupRow } from './check-row.tsx';
import type { CheckRow } from './check-rows.ts';

interface CheckRowsProps extends CheckActions {
  readonly label: string;
  readonly rows: readonly CheckRow[];
  readonly running: ReadonlySet<string>;
  readonly withSubject: boolean;
}

/** Up to here all rows are there, and the page scrolls as a whole. */
const plainUpTo = 60;
const groupHeight = 34;
const rowHeight = 46;

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The arrow keys go from check to check. */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  const { target, currentTarget } = event;
  if (step === undefined || !(target instanceof HTMLElement) || !('checkRow' in target.dataset)) {
    return;
  }
  const heads = [...currentTarget.querySelectorAll<HTMLElement>('[data-check-row]')];
  const next = heads[heads.indexOf(target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** The lines; of many only those in view exist. */
export function CheckRows({ label, rows, running, withSubject, ...actions }: CheckRowsProps) {
  const scroller = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set());
  const virtual = rows.length > plainUpTo;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? groupHeight : rowHeight),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    enabled: virtual,
  });

  function toggle(key: string): void {
    const next = new Set(opened);
    if (!next.delete(key)) next.add(key);
    setOpened(next);
  }

  const line = (row: CheckRow) =>
    row.kind === 'group' ? (
      <GroupRow group={row.group} counts={row.counts} />
    ) : (
      <CheckRowView
        check={row.check}
        view={row.view}
        open={opened.has(row.key)}
        running={running.has(row.key)}
        withSubject={withSubject}
        onToggle={() => toggle(row.key)}
        {...actions}
      />
    );

  if (!virtual) {
    return (
      <ol className={classes.rows} aria-label={label} onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <li key={row.key} className={classes.row} data-kind={row.kind}>
            {line(row)}
          </li>
        ))}
      </ol>
    );
  }
  return (
    // Scrolls, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={`All ${label}`}>
      <ol
        className={classes.rows}
        aria-label={label}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className={classes.row}
              data-kind={row.kind}
              data-placed
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
            >
              {line(row)}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
