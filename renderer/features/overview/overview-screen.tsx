import { IconStack2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { formatRoute, type Route } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { formatFilter, noFilter } from '../devices/device-filter.ts';
import type { Summary } from '../inventory/inventory-store.ts';
import { ProposalBadge } from '../proposals/proposal-badge.tsx';
import { Attention } from './attention.tsx';
import { FirstRun } from './first-run.tsx';
import classes from './overview.module.css';
import { RackDrawing } from './rack-drawing.tsx';
import { RackMenu } from './rack-menu.tsx';

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
            <ActionButton id="add-machine" tone="primary" />
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
          <div className={classes.columns}>
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

/** Drawings are heavy in number: the first few, the rest when asked for. */
const shownAtFirst = 4;

function Racks() {
  const { inventory } = useApp();
  const state = useResource(inventory.racks);
  const [shown, setShown] = useState(shownAtFirst);
  if (state.status === 'loading') return <Skeleton label="Reading the racks" lines={8} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void inventory.racks.reload()} />;
  }
  if (state.data.length === 0) {
    return (
      <EmptyState icon={IconStack2} title="No rack yet" actions={<ActionButton id="add-rack" />}>
        Add a rack, then give your devices their units; the drawing appears here.
      </EmptyState>
    );
  }
  return (
    <section className={classes.racks} aria-label="Racks">
      {state.data.slice(0, shown).map((rack) => (
        <Rack key={rack.id} rack={rack} />
      ))}
      {state.data.length > shown && (
        <Button onClick={() => setShown(shown + 8)}>
          {`Show ${Math.min(8, state.data.length - shown)} more racks`}
        </Button>
      )}
    </section>
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

function Rack({ rack }: { readonly rack: RackRow }) {
  const { overview, layout, router } = useApp();
  const resource = overview.rackDevices(rack.id);
  const state = useResource(resource);
  const inspected = useStore(layout.store, ({ inspected: what }) => what);
  if (state.status === 'loading')
    return <Skeleton label={`Reading ${isolated(rack.name)}`} lines={6} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return (
    <RackDrawing
      rack={rack}
      devices={state.data}
      selected={inspected.kind === 'device' ? inspected.id : null}
      onSelect={(id) => layout.inspect({ kind: 'device', id })}
      onOpen={(id) => router.go({ screen: 'device', id, tab: 'details' })}
      tools={<RackMenu rack={rack} />}
    />
  );
}
