interface Ordered {
  readonly lane: string;
  readonly after: readonly string[];
}

export interface WalkOptions {
  readonly atOnce: number;
  /** Resolves with whether lanes that come after it may begin. Must not reject. */
  readonly run: (lane: string) => Promise<boolean>;
}

/**
 * Runs lanes side by side, so many at once, each after those that it names. One whose turn can never
 * come, since one before it did not get to its end or they wait for each other, is left out.
 */
export async function walkLanes(lanes: readonly Ordered[], options: WalkOptions): Promise<void> {
  const { atOnce, run } = options;
  const names = new Set(lanes.map(({ lane }) => lane));
  const waiting = [...lanes];
  const through = new Set<string>();
  const running = new Set<Promise<void>>();
  const isNext = ({ after }: Ordered) =>
    after.every((name) => through.has(name) || !names.has(name));

  for (;;) {
    const next = running.size < atOnce ? waiting.findIndex(isNext) : -1;
    const [lane] = next === -1 ? [] : waiting.splice(next, 1);
    if (lane !== undefined) {
      const work: Promise<void> = run(lane.lane).then((ended) => {
        if (ended) through.add(lane.lane);
        running.delete(work);
      });
      running.add(work);
    } else if (running.size > 0) await Promise.race(running);
    else return;
  }
}
