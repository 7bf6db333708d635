import { useMemo } from 'react';
import { useStore } from 'zustand';
import { usePageActions } from '../../../app/actions/use-page-actions.ts';
import { useApp } from '../../../app/app-context.ts';
import { SelectionBar } from '../../../ui/foot-bar.tsx';
import { ActBar } from '../acting/act-bar.tsx';
import { actsOn } from '../acting/object-acts.ts';
import type { ListedKind } from '../cluster-store.ts';
import { mostPicked } from './picked-rows.ts';

interface ListFootProps {
  readonly context: string;
  readonly kind: ListedKind;
}

/** Below the rows: what can be done with the picked ones. */
export function ListFoot({ context, kind }: ListFootProps) {
  const { router, dialogs, cluster } = useApp();
  const { table } = cluster;
  const { selected, follows } = useStore(table.store, (state) => state.picked);
  const live = useStore(table.store, ({ window }) => window?.standing.state === 'live');
  const { id, title, one } = kind;
  const acts = useMemo(() => {
    const rows = live ? [...selected.values()] : [];
    return actsOn({ router, dialogs, cluster }, { contextId: context, kind: id, title, rows });
  }, [router, dialogs, cluster, context, id, title, selected, live]);
  usePageActions(acts);
  const [first] = selected.values();
  if (first === undefined || acts.length === 0) return null;
  const what = title.toLowerCase();
  const most = selected.size === mostPicked ? ', as many as at once' : '';
  const text =
    selected.size > 1 || !follows
      ? `${selected.size} ${selected.size === 1 ? one : what} selected${most}`
      : null;
  return (
    <SelectionBar text={text ?? <bdi>{first.name}</bdi>} onClear={table.clear}>
      <ActBar acts={acts} of={what} flat />
    </SelectionBar>
  );
}
