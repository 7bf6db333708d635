import { IconBinaryTree2, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { TreeRow } from '../../../shared/model/networks.ts';
import { useApp } from '../../app/app-context.ts';
import { usePages } from '../../rpc/use-pages.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { type TreeView, treePageSize } from './networks-store.ts';
import { treeColumns } from './prefix-tree-columns.tsx';

/** Rows that fill a window. */
const shapes = 24;

const idOf = (row: TreeRow) => (row.type === 'free' ? `free ${row.first}` : row.id);
const nameOf = (row: TreeRow) =>
  row.type === 'free' ? `free from ${row.first} to ${row.last}` : row.prefix;

/** What can be opened and closed. */
function prefixOf(row: TreeRow | undefined): { id: string; open: boolean } | null {
  return row?.type === 'prefix' && row.children > 0 ? row : null;
}

/** The lines of the tree, of which only those in view are read. Arrows right and left open and close. */
export function PrefixTree({ view }: { readonly view: TreeView }) {
  const { networks, router, dialogs } = useApp();
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const pages = usePages(networks.tree(view), range);
  const [active, setActive] = useState<number | null>(null);
  const moved = useRef<{ at: number; id: string; open: boolean } | null>(null);
  const toggle = (id: string) =>
    networks.treeView.setState(({ closed }) => {
      const next = new Set(closed);
      if (!next.delete(id)) next.add(id);
      return { closed: next };
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads the store at each press
  const columns = useMemo(() => treeColumns({ toggle, dialogs }), [dialogs, networks]);
  const total = pages.first?.total ?? 0;
  const rowAt = (index: number) =>
    pages.page(Math.floor(index / treePageSize))?.rows[index % treePageSize];

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    if (active === null || view.search !== '') return;
    const row = rowAt(active);
    // While the tree is read anew, what was opened or closed here is known from before.
    const known = row === undefined && moved.current?.at === active ? moved.current : prefixOf(row);
    const open = event.key === 'ArrowRight';
    if (known === null || known.open === open) return;
    event.preventDefault();
    moved.current = { at: active, id: known.id, open };
    toggle(known.id);
  }

  if (pages.failure !== null) return <ErrorState error={pages.failure} onRetry={pages.reload} />;
  if (pages.first !== undefined && total === 0) return <NoPrefixes searched={view.search !== ''} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the grid inside has the focus; these keys are more of its own
    <div style={{ display: 'contents' }} onKeyDown={onKeyDown}>
      <DataTable
        label="Prefixes"
        columns={columns}
        count={pages.first === undefined ? shapes : total}
        rowAt={rowAt}
        rowId={idOf}
        rowName={nameOf}
        onRange={(first, last) =>
          setRange((before) => {
            const next = [
              Math.floor(first / treePageSize),
              Math.floor(last / treePageSize),
            ] as const;
            return before[0] === next[0] && before[1] === next[1] ? before : next;
          })
        }
        onOpen={(row) => {
          if (row.type === 'prefix') {
            router.go({ screen: 'networks', view: 'prefixes', thing: row.prefix });
          } else {
            const { within, first, widest } = row;
            dialogs.setState(
              { kind: 'take-prefix', within: within.prefix, from: first, widest },
              true,
            );
          }
        }}
        selection={{
          selected: new Set(active === null ? [] : [idOf(rowAt(active) ?? noRow)]),
          follows: true,
          active,
          onPick: setActive,
          onClear: () => setActive(null),
        }}
      />
    </div>
  );
}

const noRow = { type: 'free', first: '' } as TreeRow; // stands for one that is still being read

function NoPrefixes({ searched }: { readonly searched: boolean }) {
  const { networks, dialogs } = useApp();
  if (searched) {
    return (
      <EmptyState
        icon={IconSearch}
        title="No prefix matches"
        actions={
          <Button onClick={() => networks.treeView.setState({ search: '' })}>
            Clear the search
          </Button>
        }
      >
        Nothing is called so: not a prefix, its VLAN, its site or its purpose.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconBinaryTree2}
      title="No prefixes yet"
      actions={
        <Button
          tone="primary"
          onClick={() => dialogs.setState({ kind: 'add-record', record: 'prefix' }, true)}
        >
          Add prefix
        </Button>
      }
    >
      Write the large network first, such as 10.0.0.0/16: the smaller ones find their place in it by
      themselves, and what is free between them is offered.
    </EmptyState>
  );
}
