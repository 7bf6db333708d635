import { useEffect, useState } from 'react';
import type { EntryPreview } from '../../../shared/contract/quick-entry.ts';
import { useApp } from '../../app/app-context.ts';
import { type Failure, isAbort, toFailure } from '../../rpc/failure.ts';
import type { Entry } from './quick-entry-store.ts';

/** What an entry would do. `of`: the one that it was told of, which may be typed on meanwhile. */
export interface PreviewState {
  readonly of: Entry | null;
  readonly preview: EntryPreview | null;
  readonly failure: Failure | null;
}

/** A person types several signs a second; each is worth no question of its own. */
const restMs = 160;

const nothing: PreviewState = { of: null, preview: null, failure: null };

/** Null: there is nothing to look at. The entry must be the same object while it says the same. */
export function useEntryPreview(entry: Entry | null): PreviewState {
  const { quickEntry } = useApp();
  const [state, setState] = useState(nothing);
  useEffect(() => {
    if (entry === null) {
      setState(nothing);
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const preview = await quickEntry.preview(entry, control.signal);
        setState({ of: entry, preview, failure: null });
      } catch (error) {
        if (control.signal.aborted || isAbort(error)) return;
        setState({ of: entry, preview: null, failure: toFailure(error) });
      }
    }, restMs);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [quickEntry, entry]);
  return state;
}
