import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageBody, Toolbar } from '../../ui/page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import { optionLabel } from '../records/record-words.ts';
import classes from './power.module.css';
import { undocumentedPageSize } from './power-store.ts';

const columns = [
  { title: 'Device' },
  { title: 'Kind' },
  { title: 'What is missing' },
  { title: 'Actions', quiet: true },
];
const words = {
  'no-supply': 'No supply is declared',
  'not-plugged-in': 'Its supply is plugged in nowhere',
} as const;

/** Devices that take power, as far as anybody knows, and of which nothing says from where. */
export function Undocumented() {
  const { power, dialogs } = useApp();
  const [page, setPage] = useState(0);
  const resource = power.undocumented(page);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Looking for them" lines={8} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  const { rows, total } = state.data;
  const back = (
    <a className={classes.link} href={formatRoute({ screen: 'racks', view: 'power' })}>
      Back to the tree
    </a>
  );
  if (total === 0) {
    return (
      <EmptyState icon={IconCircleCheck} title="Every device has documented power" actions={back}>
        Virtual machines, and what is fed by its chassis or over the network cable, need none.
      </EmptyState>
    );
  }
  const cells = rows.map(({ id, name, kind, why }) => [
    <DeviceLink key="device" id={id} name={name} />,
    optionLabel(kind),
    words[why],
    <span key="plug" className={classes.inRow}>
      <Button
        tone="quiet"
        onClick={() => dialogs.setState({ kind: 'plug-in', deviceId: id, deviceName: name }, true)}
      >
        Plug in
      </Button>
    </span>,
  ]);
  return (
    <>
      <Toolbar label="Devices without documented power">
        {back}
        <span className={classes.quiet}>
          {formatCount(total, 'device')} without documented power
        </span>
        {total > undocumentedPageSize && (
          <>
            <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
              Previous
            </Button>
            <Button
              disabled={(page + 1) * undocumentedPageSize >= total}
              onClick={() => setPage(page + 1)}
            >
              Next
            </Button>
          </>
        )}
      </Toolbar>
      <PageBody>
        <div className={classes.padded}>
          <PlainTable label="Devices without documented power" columns={columns} rows={cells} />
        </div>
      </PageBody>
    </>
  );
}
