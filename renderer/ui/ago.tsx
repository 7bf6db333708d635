import { useSyncExternalStore } from 'react';
import classes from './ago.module.css';
import { formatAgo, formatDateTime, formatShortAgo } from './formatting.ts';

const minute = 60_000;

/** One clock for all ages on the screen: tables hold many, and come and go as they scroll. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, minute);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

interface AgoProps {
  readonly at: number | null;
  /** For lists: units in short. */
  readonly short?: boolean;
}

/** How long ago; it goes on counting while it is shown. Null: never. */
export function Ago({ at, short = false }: AgoProps) {
  // Drawn anew each minute: an age that stands still would soon be a lie.
  useSyncExternalStore(subscribe, () => Math.floor(Date.now() / minute));
  if (at === null) return <span className={classes.never}>never</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={formatDateTime(at)}>
      {(short ? formatShortAgo : formatAgo)(at, Date.now())}
    </time>
  );
}
