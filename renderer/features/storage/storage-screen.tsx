import { IconDatabase } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PoolSection } from './pool-section.tsx';
import classes from './storage.module.css';
import { poolsShown } from './storage-store.ts';

/** Where data lies: pools, their volumes, what lies on these, and which services use it. */
export function StorageScreen() {
  const { storage, layout, dialogs } = useApp();
  const [page, setPage] = useState(0);
  const resource = storage.tree(page);
  const state = useResource(resource);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  const tree = state.status === 'ready' ? state.data : null;
  const add = (record: 'storage-pool' | 'volume') =>
    dialogs.setState({ kind: 'add-record', record }, true);
  return (
    <>
      <PageHeader
        title="Where data lies"
        note={tree && tree.total > 0 && formatCount(poolsIn(tree), 'pool')}
        actions={
          tree !== null &&
          tree.total > 0 && (
            <>
              <Button onClick={() => add('volume')}>Add volume</Button>
              <Button tone="primary" onClick={() => add('storage-pool')}>
                Add storage pool
              </Button>
            </>
          )
        }
      />
      {state.status === 'loading' && <Skeleton label="Reading the storage" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {tree?.total === 0 && (
        <EmptyState
          icon={IconDatabase}
          title="No storage yet"
          actions={
            <Button tone="primary" onClick={() => add('storage-pool')}>
              Add storage pool
            </Button>
          }
        >
          A pool is what disks are put together to: a ZFS pool, a volume group, a folder. Volumes
          lie in pools, databases and buckets on volumes, and services use them.
        </EmptyState>
      )}
      {tree !== null && tree.groups.length > 0 && (
        <PageBody>
          <div className={classes.groups}>
            {tree.groups.map((group) => (
              <PoolSection key={group.pool?.id ?? 'none'} group={group} />
            ))}
          </div>
          {tree.total > poolsShown && <Pages page={page} total={tree.total} onChange={setPage} />}
        </PageBody>
      )}
    </>
  );
}

const poolsIn = (tree: { readonly total: number; readonly groups: readonly { pool: unknown }[] }) =>
  tree.total - tree.groups.filter(({ pool }) => pool === null).length;

interface PagesProps {
  readonly page: number;
  readonly total: number;
  readonly onChange: (page: number) => void;
}

function Pages({ page, total, onChange }: PagesProps) {
  const last = Math.min(total, (page + 1) * poolsShown);
  return (
    <div className={classes.pages}>
      <span>{`${page * poolsShown + 1} to ${last} of ${total.toLocaleString('en')}`}</span>
      <Button disabled={page === 0} onClick={() => onChange(page - 1)}>
        Previous
      </Button>
      <Button disabled={last >= total} onClick={() => onChange(page + 1)}>
        Next
      </Button>
    </div>
  );
}
