import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Meter } from '../../ui/meter.tsx';
import { PageBody, Toolbar } from '../../ui/page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import { optionLabel } from '../records/record-words.ts';
import classes from './cables.module.css';
import { freePageSize } from './cables-store.ts';

const columns = [
  { title: 'Device' },
  { title: 'Kind' },
  { title: 'With a cable' },
  { title: 'Free', align: 'end' as const },
  { title: 'Actions', quiet: true },
];

/** Devices that still have ports without a cable. */
export function FreePorts() {
  const { cables, dialogs } = useApp();
  const [page, setPage] = useState(0);
  const resource = cables.freeDevices(page);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Counting ports" lines={8} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  const { rows, total } = state.data;
  if (total === 0) {
    return (
      <EmptyState icon={IconCircleCheck} title="No port is without a cable">
        Interfaces and panel ports that nothing is plugged into are counted here, device by device.
      </EmptyState>
    );
  }
  const cells = rows.map(({ deviceId, deviceName, kind, sockets, free }) => [
    <DeviceLink key="device" id={deviceId} name={deviceName} />,
    optionLabel(kind),
    <div key="used" className={classes.used}>
      <Meter
        label={`Ports of ${deviceName} with a cable`}
        calm
        share={(sockets - free) / sockets}
        text={`${sockets - free} of ${sockets}`}
      />
    </div>,
    free.toLocaleString('en'),
    <span key="add" className={classes.inRow}>
      <Button
        tone="quiet"
        onClick={() => dialogs.setState({ kind: 'connect', deviceId, deviceName }, true)}
      >
        Add cable
      </Button>
    </span>,
  ]);
  return (
    <>
      {total > freePageSize && (
        <Toolbar label="Pages">
          <span className={classes.quiet}>
            {`${page * freePageSize + 1} to ${page * freePageSize + rows.length} of ${total.toLocaleString('en')}`}
          </span>
          <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </Button>
          <Button disabled={(page + 1) * freePageSize >= total} onClick={() => setPage(page + 1)}>
            Next
          </Button>
        </Toolbar>
      )}
      <PageBody>
        <div className={classes.padded}>
          <PlainTable label="Ports without a cable" columns={columns} rows={cells} />
        </div>
      </PageBody>
    </>
  );
}
