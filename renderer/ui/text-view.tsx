import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import classes from './text-view.module.css';

interface TextViewProps {
  readonly label: string;
  readonly text: string;
}

const lineHeight = 20;

/** A text of any length, of which only the lines in view exist. */
export function TextView({ label, text }: TextViewProps) {
  const scroller = useRef<HTMLElement>(null);
  const lines = useMemo(() => text.split('\n'), [text]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 30,
  });
  return (
    // Scrolls, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
    <section ref={scroller} className={classes.text} aria-label={label} tabIndex={0}>
      <div className={classes.lines} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div key={index} className={classes.line} style={{ transform: `translateY(${start}px)` }}>
            <bdi>{lines[index] === '' ? ' ' : lines[index]}</bdi>
          </div>
        ))}
      </div>
    </section>
  );
}
