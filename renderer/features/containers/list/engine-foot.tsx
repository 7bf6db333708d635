import { useMemo } from 'react';
import { useStore } from 'zustand';
import { usePageActions } from '../../../app/actions/use-page-actions.ts';
import { useApp } from '../../../app/app-context.ts';
import { SelectionBar } from '../../../ui/foot-bar.tsx';
import { ContainerActBar } from '../container/container-act-bar.tsx';
import { containerActs } from '../container/container-acts.ts';

/** Below the rows: what can be done with the picked ones. */
export function EngineFoot({ engineId }: { readonly engineId: string }) {
  const { containers } = useApp();
  const { table } = containers;
  const { selected, follows } = useStore(table.store, (state) => state.picked);
  const live = useStore(table.store, ({ window }) => window?.standing.state === 'live');
  const rows = useMemo(() => (live ? [...selected.values()] : []), [selected, live]);
  const acts = useMemo(
    () => containerActs({ containers, engineId, rows }),
    [containers, engineId, rows],
  );
  usePageActions(acts);
  const [first] = selected.values();
  if (first === undefined || acts.length === 0) return null;
  const many = selected.size > 1 || !follows;
  const text = many
    ? `${selected.size} ${selected.size === 1 ? 'container' : 'containers'} selected`
    : null;
  return (
    <SelectionBar text={text ?? <bdi>{first.name}</bdi>} onClear={table.clear}>
      <ContainerActBar {...{ acts, engineId, rows }} />
    </SelectionBar>
  );
}
