import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import classes from './drift.module.css';
import { type DriftPage, pageSize } from './drift-store.ts';
import type { DriftView } from './drift-view.ts';

interface FootProps {
  readonly context: string;
  readonly page: DriftPage;
  readonly view: DriftView;
  readonly onChange: (view: DriftView) => void;
}

/** Below the rows: what can be done with the selected ones, and the other pages. */
export function DriftFoot(props: FootProps) {
  const { drift } = useApp().cluster;
  const { selected, follows } = useStore(drift.selection);
  const { context, page, view } = props;
  const chosen = [...selected.values()];
  if (chosen.length === 0) return <Pages {...props} />;
  const acceptable = chosen.filter(({ fix }) => fix !== null);
  return (
    <section className={classes.bar} data-selected aria-label="Selection">
      <span className={classes.barText}>
        {follows && chosen[0] !== undefined ? (
          <bdi>{`${chosen[0].label} of ${chosen[0].subject}`}</bdi>
        ) : (
          `${formatCount(chosen.length, 'difference')} selected`
        )}
      </span>
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
      <Button tone="quiet" onClick={drift.clearSelection}>
        Clear selection
      </Button>
      {page.total > page.rows.length && <span>of this page</span>}
    </section>
  );
}

function Pages({ page, view, onChange }: FootProps) {
  const { rows, total } = page;
  const { offset } = view;
  const last = offset + rows.length;
  if (total <= rows.length) return null;
  return (
    <section className={classes.bar} aria-label="Pages">
      <span className={classes.barText}>
        {`${(offset + 1).toLocaleString('en')} to ${last.toLocaleString('en')} of ${total.toLocaleString('en')}`}
      </span>
      <Button
        disabled={offset === 0}
        onClick={() => onChange({ ...view, offset: Math.max(0, offset - pageSize) })}
      >
        Previous
      </Button>
      <Button
        disabled={last >= total}
        onClick={() => onChange({ ...view, offset: offset + pageSize })}
      >
        Next
      </Button>
    </section>
  );
}
