import { useEffect, useState } from 'react';
import classes from './ago.module.css';
import { formatAgo, formatDateTime } from './formatting.ts';

const minute = 60_000;

/** How long ago; it goes on counting while it is shown. Null: never. */
export function Ago({ at }: { readonly at: number | null }) {
  const now = useMinutes();
  if (at === null) return <span className={classes.never}>never</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={formatDateTime(at)}>
      {formatAgo(at, now)}
    </time>
  );
}

/** The time, anew every minute: an age that stands still would soon be a lie. */
function useMinutes(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minute);
    return () => clearInterval(timer);
  }, []);
  // A row that is drawn again tells of another time than the one it was first drawn at.
  return Math.max(now, Date.now());
}
