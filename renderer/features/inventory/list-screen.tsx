import type { Icon } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import type { Inspected } from '../../app/layout-store.ts';
import type { Loadable } from '../../rpc/resource.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { ListTable } from '../../ui/data-table/list-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

interface Listed {
  readonly id: string;
  readonly name: string;
}

interface ListScreenProps<T extends Listed> {
  readonly title: string;
  /** What one row is, as a word: `service`, `network`. */
  readonly noun: string;
  readonly icon: Icon;
  readonly state: Loadable<readonly T[]>;
  readonly onRetry: () => void;
  readonly columns: readonly DataColumn<T>[];
  /** What a sortable column is ordered by, as text; digits in it count as numbers. */
  readonly sortText: Readonly<Record<string, (row: T) => string>>;
  /** The row that the address names. */
  readonly selected: T | null;
  readonly onSelect: (row: T | null) => void;
  readonly inspected: (row: T) => Inspected;
  /** The action that adds one. */
  readonly add: string;
  /** Small things beside the title. */
  readonly actions?: ReactNode;
  /** Where there is none yet: what it is, and where it comes from. */
  readonly children: ReactNode;
}

/** A short list of one kind of thing; the address says which is shown in the inspector. */
export function ListScreen<T extends Listed>(props: ListScreenProps<T>) {
  const { title, noun, state, selected, onSelect, inspected } = props;
  const { layout } = useApp();
  const things = `${noun}s`;
  const id = selected?.id ?? null;
  /** Picked here: whoever closed the inspector wants it closed. A link from elsewhere opens it. */
  const picked = useRef<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is another object at each reading
  useEffect(() => {
    if (selected === null) layout.inspect({ kind: 'none' });
    else if (picked.current === id) layout.inspect(inspected(selected));
    else layout.reveal(inspected(selected));
  }, [layout, id]);

  return (
    <>
      <PageHeader
        title={title}
        note={state.status === 'ready' ? formatCount(state.data.length, noun) : null}
        actions={props.actions}
      />
      {state.status === 'loading' && <Skeleton label={`Reading the ${things}`} lines={8} />}
      {state.status === 'failed' && <ErrorState error={state.failure} onRetry={props.onRetry} />}
      {state.status === 'ready' && state.data.length === 0 && (
        <EmptyState
          icon={props.icon}
          title={`No ${things} yet`}
          actions={
            <>
              <ActionButton id={props.add} tone="primary" />
              <ActionButton id="open-sample" />
            </>
          }
        >
          {props.children}
        </EmptyState>
      )}
      {state.status === 'ready' && state.data.length > 0 && (
        <ListTable
          label={title}
          rows={state.data}
          columns={props.columns}
          sortText={props.sortText}
          rowId={(row) => row.id}
          rowName={(row) => row.name}
          selected={id}
          onSelect={(chosen) => {
            picked.current = chosen;
            onSelect(state.data.find((row) => row.id === chosen) ?? null);
          }}
        />
      )}
    </>
  );
}
