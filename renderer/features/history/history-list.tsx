import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { HistoryPage } from '../../../shared/model/history.ts';
import { formatDate } from '../../ui/formatting.ts';
import classes from './history.module.css';
import { HistoryEntry } from './history-entry.tsx';
import { byDay, type HistoryLine } from './history-rows.ts';

interface HistoryListProps {
  readonly page: HistoryPage;
  /** Told when the last line comes into view. */
  readonly onEnd: () => void;
}

const dayHeight = 34;
const entryHeight = 44;
/** Lines before the end at which older ones are asked for, so that nobody waits for them. */
const early = 20;

/** The history as far as it was read; of its lines only those in view exist. */
export function HistoryList({ page, onEnd }: HistoryListProps) {
  const scroller = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set());
  const lines = useMemo(() => byDay(page.entries, Date.now()), [page]);
  const keyOf = (line: HistoryLine | undefined, index: number) =>
    line === undefined ? index : line.kind === 'day' ? `day ${line.label}` : line.entry.id;
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'day' ? dayHeight : entryHeight),
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= lines.length - early) onEnd();
  }, [last, lines.length, onEnd]);

  function toggle(id: string): void {
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  return (
    // Scrolls, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label="History">
      <ol
        className={classes.list}
        aria-label="Changes"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, key, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className={line.kind === 'day' ? classes.dayLine : classes.entry}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
            >
              {line.kind === 'day' ? (
                <h2 className={classes.day} title={formatDate(line.at)}>
                  {line.label}
                </h2>
              ) : (
                <HistoryEntry
                  entry={line.entry}
                  names={page.names}
                  open={opened.has(line.entry.id)}
                  onToggle={() => toggle(line.entry.id)}
                />
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
