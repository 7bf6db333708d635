import { IconArrowDown } from '@tabler/icons-react';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { visibleText } from '../../../shared/visible-text.ts';
import { Button } from '../button.tsx';
import { formatClock } from '../formatting.ts';
import type { LogEntry } from './log-entries.ts';
import classes from './log-view.module.css';
import { isAtEnd, windowOf } from './log-window.ts';

/** One of several that speak in one log. */
export interface LogTag {
  readonly label: string;
  /** Which of the colours of tags, from 1 to 8. */
  readonly hue: number;
}

interface LogViewProps {
  readonly label: string;
  readonly entries: readonly LogEntry[];
  /** What stands above the first line: that there are earlier ones. */
  readonly head?: ReactNode;
  /** Whether more may come: then the end is followed until somebody scrolls up. */
  readonly live: boolean;
  /** Whether each line has its time before it; default true. */
  readonly times?: boolean;
  /** Of several that speak here, by what entries call them. */
  readonly tags?: ReadonlyMap<number, LogTag>;
}

/** As the style sheet has it; a test of the look holds both together. */
const rowHeight = 20;

const streamWords: Readonly<Record<LogEntry['stream'], string>> = {
  app: 'Rackhelm: ',
  out: '',
  err: 'Error output: ',
  gap: '',
};

/**
 * Lines as they come, of which only those in view exist. It stays at the end while it is there, and stays
 * where it is once somebody scrolled up.
 */
export function LogView({ label, entries, head, live, times = true, tags }: LogViewProps) {
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
  /** The first row in view, by its key, and how far it is scrolled past. */
  const anchor = useRef({ key: 0, offset: 0 });
  const [view, setView] = useState({ top: 0, height: 400 });
  const [follows, setFollows] = useState(true);
  const following = useRef(true);
  following.current = follows;
  /** Rows for which the end was scrolled to. */
  const endOf = useRef(0);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setView((before) => ({ ...before, height: element.clientHeight }));
      if (following.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const [element, lines] = [scroller.current, list.current];
    if (element === null || lines === null) return;
    if (follows) {
      // As long as the oldest go for each that comes, the end stays where it is: nothing is laid out anew.
      if (endOf.current !== entries.length) element.scrollTop = element.scrollHeight;
      endOf.current = entries.length;
      return;
    }
    endOf.current = 0;
    // Earlier ones came, or the oldest went: what is read stays under the eye.
    const { key, offset } = anchor.current;
    const row = entries.findIndex((entry) => entry.key >= key);
    if (row !== -1) element.scrollTop = lines.offsetTop + row * rowHeight + offset;
  }, [entries, follows]);

  function onScroll(): void {
    const [element, lines] = [scroller.current, list.current];
    if (element === null || lines === null) return;
    const top = Math.max(0, element.scrollTop - lines.offsetTop);
    const row = Math.floor(top / rowHeight);
    anchor.current = { key: entries[row]?.key ?? 0, offset: top - row * rowHeight };
    const atEnd = isAtEnd(element, rowHeight);
    // At the end the place follows from how many there are; drawing again would be for nothing.
    if (!atEnd) setView({ top, height: element.clientHeight });
    setFollows(atEnd);
  }

  const top = follows ? Math.max(0, entries.length * rowHeight - view.height) : view.top;
  const shown = windowOf(entries.length, top, view.height, rowHeight);
  return (
    <div className={classes.frame}>
      <section
        ref={scroller}
        className={classes.scroll}
        // Scrolls, so it must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
        tabIndex={0}
        aria-label={label}
        onScroll={onScroll}
      >
        {head}
        {/* Not a live region: nobody can listen to ten lines a second. */}
        <ol ref={list} className={classes.lines} style={{ height: entries.length * rowHeight }}>
          {entries.slice(shown.first, shown.end).map((entry, index) => (
            <li
              // By its place: a row that is drawn already only gets other words.
              // biome-ignore lint/suspicious/noArrayIndexKey: rows hold no state, and many change at once
              key={index}
              className={classes.line}
              data-stream={entry.stream}
              style={{ transform: `translateY(${(shown.first + index) * rowHeight}px)` }}
              aria-setsize={entries.length}
              aria-posinset={shown.first + index + 1}
            >
              {times && entry.stream !== 'gap' && (
                <time className={classes.clock}>{formatClock(entry.at)}</time>
              )}
              <Tag tag={tags?.get(entry.source ?? -1)} />
              {streamWords[entry.stream] !== '' && (
                <span className="rh-hidden">{streamWords[entry.stream]}</span>
              )}
              <span className={classes.text} dir="auto">
                {visibleText(entry.text)}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {!follows && live && (
        <div className={classes.end}>
          <Button icon={IconArrowDown} onClick={() => setFollows(true)}>
            Follow the end
          </Button>
        </div>
      )}
    </div>
  );
}

function Tag({ tag }: { readonly tag: LogTag | undefined }) {
  if (tag === undefined) return null;
  return (
    <bdi className={classes.tag} data-hue={tag.hue}>
      {tag.label}
    </bdi>
  );
}
