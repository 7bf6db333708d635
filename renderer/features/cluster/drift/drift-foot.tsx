import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { PagesBar, SelectionBar } from '../../../ui/foot-bar.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { type DriftPage, pageSize } from './drift-store.ts';
import type { DriftView } from './drift-view.ts';

interface FootProps {
  readonly context: string;
  readonly page: DriftPage;
  readonly view: DriftView;
  readonly onChange: (view: DriftView) => void;
}

/** Below the rows: what can be done with the selected ones, and the other pages. */
export function DriftFoot({ context, page, view, onChange }: FootProps) {
  const { drift } = useApp().cluster;
  const { selected, follows } = useStore(drift.selection);
  const chosen = [...selected.values()];
  if (chosen.length === 0)
    return (
      <PagesBar
        offset={view.offset}
        shown={page.rows.length}
        total={page.total}
        pageSize={pageSize}
        onOffset={(offset) => onChange({ ...view, offset })}
      />
    );
  const acceptable = chosen.filter(({ fix }) => fix !== null);
  const text =
    follows && chosen[0] !== undefined ? (
      <bdi>{`${chosen[0].label} of ${chosen[0].subject}`}</bdi>
    ) : (
      `${formatCount(chosen.length, 'difference')} selected`
    );
  return (
    <SelectionBar text={text} onClear={drift.clearSelection}>
      {view.state === 'open' ? (
        <>
          <Button
            disabled={acceptable.length === 0}
            onClick={() => void drift.change('accept', context, acceptable)}
          >
            {acceptable.length === chosen.length || acceptable.length === 0
              ? 'Accept'
              : `Accept ${acceptable.length}`}
          </Button>
          <Button onClick={() => void drift.change('dismiss', context, chosen)}>Dismiss</Button>
        </>
      ) : (
        <Button onClick={() => void drift.change('restore', context, chosen)}>Bring back</Button>
      )}
      {page.total > page.rows.length && <span>of this page</span>}
    </SelectionBar>
  );
}
