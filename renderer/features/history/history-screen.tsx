import { IconHistory, IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect } from 'react';
import { useStore } from 'zustand';
import type { HistoryEntry, HistoryFilter } from '../../../shared/model/history.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useAction } from '../../app/actions/use-action.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import classes from './history.module.css';
import { ConflictNote } from './history-entry.tsx';
import { formatHistoryFilter, parseHistoryFilter } from './history-filter.ts';
import { HistoryFilterBar } from './history-filter-bar.tsx';
import { HistoryList } from './history-list.tsx';

/** Who changed what and when; anything can be taken back, also after a restart. */
export function HistoryScreen({ query }: { readonly query: string }) {
  const { history, router } = useApp();
  const filter = parseHistoryFilter(query);
  // The filter first: what is read then is read once.
  useEffect(() => history.setFilter(parseHistoryFilter(query)), [history, query]);
  const state = useResource(history.list);
  const conflict = useStore(history.conflict);
  const setFilter = (next: HistoryFilter) =>
    router.replace({ screen: 'history', query: formatHistoryFilter(next) });
  const narrowed = query !== '';
  const newest = state.status === 'ready' ? state.data.entries[0] : undefined;
  return (
    <>
      <PageHeader
        title="History"
        note="Every change, newest first"
        actions={
          <>
            <ActionButton id="undo" />
            <ActionButton id="redo" />
          </>
        }
      />
      <HistoryFilterBar filter={filter} onChange={setFilter} />
      {!narrowed && <NextSteps newest={newest} />}
      {conflict.failure !== null && conflict.of === null && (
        <div className={classes.conflict}>
          <ConflictNote conflict={conflict} />
        </div>
      )}
      <HistoryBody narrowed={narrowed} />
    </>
  );
}

function HistoryBody({ narrowed }: { readonly narrowed: boolean }) {
  const { history, router } = useApp();
  const state = useResource(history.list);
  const readMore = useCallback(() => {
    const now = history.list.store.getState();
    if (now.status === 'ready' && history.hasMore(now.data.entries)) void history.readMore();
  }, [history]);
  if (state.status === 'loading') return <Skeleton label="Reading the history" lines={8} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void history.list.reload()} />;
  }
  if (state.data.entries.length > 0) return <HistoryList page={state.data} onEnd={readMore} />;
  if (!narrowed) {
    return (
      <EmptyState icon={IconHistory} title="Nothing has changed yet">
        Every change to the inventory is kept here, and can be taken back.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconSearch}
      title="No change matches"
      actions={
        <Button onClick={() => router.replace({ screen: 'history' })}>Clear the filter</Button>
      }
    >
      Nothing fits the search and the filters above.
    </EmptyState>
  );
}

/** What Undo and Redo would do now, in words. */
function NextSteps({ newest }: { readonly newest: HistoryEntry | undefined }) {
  const undo = useAction('undo').status.detail;
  const redo = useAction('redo').status.detail;
  if (undo === null && redo === null && newest?.source !== 'facts') return null;
  return (
    <p className={classes.next}>
      {undo !== null && (
        <span>
          Undo takes back{' '}
          <strong>
            <bdi>{undo}</bdi>
          </strong>
        </span>
      )}
      {newest?.source === 'facts' && <span>Undo passes over readings of facts</span>}
      {redo !== null && (
        <span>
          Redo brings back{' '}
          <strong>
            <bdi>{redo}</bdi>
          </strong>
        </span>
      )}
    </p>
  );
}
