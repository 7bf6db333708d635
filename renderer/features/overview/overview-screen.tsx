import { useEffect } from 'react';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { formatRoute, type Route } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { formatFilter, noFilter } from '../devices/device-filter.ts';
import type { Summary } from '../inventory/inventory-store.ts';
import { ProposalBadge } from '../proposals/proposal-badge.tsx';
import { Attention } from './attention.tsx';
import { FirstRun } from './first-run.tsx';
import classes from './overview.module.css';
import { Racks } from './racks.tsx';

/** What is there, at a glance, and what wants attention. */
export function OverviewScreen() {
  const { inventory, layout } = useApp();
  const state = useResource(inventory.summary);
  // What is picked in the table of devices is not what is picked here.
  useEffect(() => {
    if (layout.store.getState().inspected.kind === 'selection') layout.inspect({ kind: 'none' });
  }, [layout]);
  if (state.status === 'ready' && state.data.empty) return <FirstRun />;
  return (
    <>
      <PageHeader
        title="Overview"
        actions={
          <>
            <ProposalBadge />
            {state.status === 'ready' && state.data.sample && (
              <ActionButton id="delete-sample" tone="quiet" />
            )}
            <ActionButton id="add-machine" />
            <ActionButton id="onboard" tone="primary" />
          </>
        }
      />
      {state.status === 'loading' && <Skeleton label="Reading the overview" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void inventory.summary.reload()} />
      )}
      {state.status === 'ready' && (
        <PageBody>
          <Counts summary={state.data} />
          <div className={classes.columns} data-racks={state.data.racks > 1 ? 'many' : undefined}>
            <div className={classes.places}>
              <Racks />
              <WithoutRack />
            </div>
            <Attention summary={state.data} />
          </div>
        </PageBody>
      )}
    </>
  );
}

function Counts({ summary }: { readonly summary: Summary }) {
  const devices: Route = { screen: 'devices', query: '' };
  const entries = [
    { label: summary.devices === 1 ? 'device' : 'devices', n: summary.devices, route: devices },
    { label: summary.racks === 1 ? 'rack' : 'racks', n: summary.racks, route: null },
    {
      label: summary.services === 1 ? 'service' : 'services',
      n: summary.services,
      route: { screen: 'services' } as const,
    },
    {
      label: summary.vlans === 1 ? 'VLAN' : 'VLANs',
      n: summary.vlans,
      route: { screen: 'networks' } as const,
    },
  ];
  return (
    <ul className={classes.counts} aria-label="Counts">
      {entries.map(({ label, n, route }) => (
        <li key={label}>
          {route === null ? (
            <span className={classes.count}>
              <strong>{n.toLocaleString('en')}</strong> {label}
            </span>
          ) : (
            <a className={classes.count} href={formatRoute(route)}>
              <strong>{n.toLocaleString('en')}</strong> {label}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Those that no drawing shows, so that nothing is overlooked. */
function WithoutRack() {
  const state = useResource(useApp().overview.withoutRack);
  // Beside the racks: its failure is told by the list itself when it is opened.
  if (state.status !== 'ready' || state.data === 0) return null;
  const query = formatFilter({ ...noFilter, onlyWithoutRack: true });
  return (
    <p className={classes.withoutRack}>
      Without a rack: {state.data.toLocaleString('en')}{' '}
      <a className={classes.all} href={formatRoute({ screen: 'devices', query })}>
        Show in the list
      </a>
    </p>
  );
}
