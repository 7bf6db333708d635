/**
 * Thrown instead of waiting for SQLite's lock while another thread of this process writes, which
 * would hold up the event loop. Nothing was done; try again after `until`.
 */
export class WriterAway extends Error {
  readonly until: Promise<void>;

  constructor(until: Promise<void>) {
    super('Another change is being written.');
    this.name = 'WriterAway';
    this.until = until;
  }
}

/** Who may write: this thread, or another one that it was lent to. */
export interface Pen {
  lend<T>(work: Promise<T>): Promise<T>;
  /** Throws WriterAway while it is lent. */
  check(): void;
  free(): Promise<void>;
  isAway(): boolean;
}

/** `onReturn` is called each time that it comes back. */
export function createPen(onReturn: () => void): Pen {
  let lent = 0;
  let away: Promise<void> = Promise.resolve();
  const free = async () => {
    while (lent > 0) await away;
  };
  return {
    free,
    isAway: () => lent > 0,
    check() {
      if (lent > 0) throw new WriterAway(free());
    },
    lend(work) {
      lent += 1;
      const ended = work.finally(() => {
        lent -= 1;
        onReturn();
      });
      away = Promise.allSettled([away, ended]).then(() => {});
      return ended;
    },
  };
}
