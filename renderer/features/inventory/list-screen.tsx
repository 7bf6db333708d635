import type { Icon } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import type { Resource } from '../../rpc/resource.ts';
import { useResource } from '../../rpc/use-resource.ts';
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
  /** What one row is, as a word: `service`, `VLAN`. */
  readonly noun: string;
  /** How the inspector calls it. */
  readonly kind: 'service' | 'vlan';
  readonly icon: Icon;
  readonly resource: Resource<T[]>;
  readonly columns: readonly DataColumn<T>[];
  /** What a sortable column is ordered by, as text; digits in it count as numbers. */
  readonly sortText: Readonly<Record<string, (row: T) => string>>;
  /** Where there is none yet: what it is, and where it comes from. */
  readonly children: ReactNode;
}

/** A short list of one kind of thing, each shown in the inspector when picked. */
export function ListScreen<T extends Listed>(props: ListScreenProps<T>) {
  const { title, noun, kind, resource } = props;
  const { layout } = useApp();
  const state = useResource(resource);
  const inspected = useStore(layout.store, (all) => all.inspected);
  const selected = inspected.kind === kind ? inspected.id : null;
  const things = `${noun}s`;

  // What was picked on another screen is not what is picked here.
  useEffect(() => {
    if (layout.store.getState().inspected.kind !== kind) layout.inspect({ kind: 'none' });
  }, [layout, kind]);

  return (
    <>
      <PageHeader
        title={title}
        note={state.status === 'ready' ? formatCount(state.data.length, noun) : null}
      />
      {state.status === 'loading' && <Skeleton label={`Reading the ${things}`} lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && state.data.length === 0 && (
        <EmptyState
          icon={props.icon}
          title={`No ${things} yet`}
          actions={<ActionButton id="open-sample" />}
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
          selected={selected}
          onSelect={(id) => layout.inspect(id === null ? { kind: 'none' } : { kind, id })}
        />
      )}
    </>
  );
}
