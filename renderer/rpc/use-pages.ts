import { useEffect, useMemo, useRef, useState } from 'react';
import type { Failure } from './failure.ts';
import type { Resource } from './resource.ts';

/** The part of a long list that is in view, read in pages. */
export interface Pages<P> {
  /** Undefined while that page is still being read. */
  page(number: number): P | undefined;
  /** Any page that is there, for what all of them tell alike. */
  readonly first: P | undefined;
  readonly failure: Failure | null;
  reload(): void;
}

/**
 * Shows the pages from `from` to `to`, each a resource of its own that is read again when the
 * inventory changes. `resourceOf` must be the same function as long as it means the same list.
 */
export function usePages<P>(
  resourceOf: (page: number) => Resource<P>,
  [from, to]: readonly [number, number],
): Pages<P> {
  const [, redraw] = useState({});
  const shown = useMemo(
    () => Array.from({ length: to - from + 1 }, (_, n) => resourceOf(from + n)),
    [resourceOf, from, to],
  );
  useEffect(() => {
    const leave = shown.flatMap((resource) => [
      resource.store.subscribe(() => redraw({})),
      resource.retain(),
    ]);
    // What came between drawing and listening.
    redraw({});
    return () => {
      for (const end of leave) end();
    };
  }, [shown]);

  const states = shown.map(({ store }) => store.getState());
  const ready = states.find((state) => state.status === 'ready');
  // Scrolled to where nothing was read yet: what all pages tell alike is known still.
  const known = useRef<{ readonly of: unknown; readonly page: P | undefined }>(null);
  const before = known.current?.of === resourceOf ? known.current.page : undefined;
  const first = ready?.status === 'ready' ? ready.data : before;
  useEffect(() => {
    known.current = { of: resourceOf, page: first };
  }, [resourceOf, first]);
  const failed = states.find((state) => state.status === 'failed');
  return {
    page(number) {
      const state = states[number - from];
      return state?.status === 'ready' ? state.data : undefined;
    },
    first,
    failure: failed?.status === 'failed' ? failed.failure : null,
    reload() {
      for (const resource of shown) void resource.reload();
    },
  };
}
