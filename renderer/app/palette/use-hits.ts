import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SearchHit } from '../../../shared/model/search.ts';
import { useApp } from '../app-context.ts';
import { openSelectedRow, paletteQuery, selectFirstRow } from './palette-handle.ts';

export interface Hits {
  readonly hits: readonly SearchHit[];
  /** How many match, shown or not. */
  readonly total: number;
  /** The text that they answer. */
  readonly of: string;
  /** The inventory could not be asked; that is not the same as nothing found. */
  readonly failed: boolean;
}

const noHits = (of: string, failed = false): Hits => ({ hits: [], total: 0, of, failed });

/** Things that match, at most `limit`, read from the host while the person types. */
export function useHits(query: string, limit: number): Hits {
  const { inventory } = useApp();
  const [found, setFound] = useState<Hits>(() => noHits(''));
  useEffect(() => {
    const controller = new AbortController();
    if (query.trim() === '') setFound(noHits(query));
    else {
      inventory
        .search({ text: query.trim().slice(0, 200), limit }, controller.signal)
        .then((result) => setFound({ ...result, of: query, failed: false }))
        // One that was overtaken is no failure. Actions stay usable without a host.
        .catch(() => controller.signal.aborted || setFound(noHits(query, true)));
    }
    return () => controller.abort();
  }, [inventory, query, limit]);
  return found;
}

/** The first row is selected whenever rows arrive. Enter waits for them: it means the first hit. */
export function useFirstRow(answered: boolean, query: string) {
  const wantsToOpen = useRef(false);
  const entered = useStore(paletteQuery, (state) => state.entered);
  useEffect(() => {
    if (query === '') {
      wantsToOpen.current = false;
      return;
    }
    selectFirstRow();
    if (!(wantsToOpen.current || entered) || !answered) return;
    wantsToOpen.current = false;
    paletteQuery.setState({ entered: false });
    openSelectedRow();
  }, [answered, query, entered]);

  return (event: KeyboardEvent) => {
    wantsToOpen.current = event.key === 'Enter' && !answered;
    if (!wantsToOpen.current) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
