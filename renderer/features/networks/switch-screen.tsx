import { IconServerOff } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import type { PickMode } from '../../ui/data-table/table-selection.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FacePlate } from '../../ui/face-plate/face-plate.tsx';
import { SelectionBar } from '../../ui/foot-bar.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import { FaceLegend } from './face-legend.tsx';
import { facePort, isOnFront } from './face-ports.ts';
import classes from './networks.module.css';
import type { SwitchPortList } from './networks-store.ts';
import { PortTable } from './port-table.tsx';

/** The ports of one device, on its front and as a table; several are set at once. */
export function SwitchScreen({ id }: { readonly id: string }) {
  const { networks, router, layout } = useApp();
  const resource = networks.ports(id);
  const state = useResource(resource);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  if (state.status === 'failed' && state.failure.code === 'NOT_FOUND') {
    return (
      <EmptyState
        icon={IconServerOff}
        title="This device is not in the inventory"
        actions={
          <Button onClick={() => router.go({ screen: 'networks', view: 'switches' })}>
            All switches
          </Button>
        }
      >
        It may have been deleted. Undo brings it back.
      </EmptyState>
    );
  }
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  if (state.status === 'loading') return <Skeleton label="Reading the ports" lines={10} />;
  return <Ports list={state.data} />;
}

interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | null;
  readonly active: string | null;
}

const nothing: Selection = { ids: new Set(), anchor: null, active: null };

function Ports({ list }: { readonly list: SwitchPortList }) {
  const { dialogs } = useApp();
  const { device, rows, total } = list;
  const [selection, setSelection] = useState<Selection>(nothing);
  const front = useMemo(() => rows.filter(isOnFront).map(facePort), [rows]);
  const order = useMemo(() => rows.map(({ id }) => id), [rows]);
  const chosen = rows.filter(({ id }) => selection.ids.has(id));
  const pick = (id: string, mode: PickMode) => setSelection((now) => picked(now, order, id, mode));
  const edit = () => {
    if (chosen.length === 0) return;
    dialogs.setState({ kind: 'port-vlans', ports: chosen }, true);
  };
  return (
    <>
      <PageHeader
        takesFocus
        windowTitle={device.name}
        title={
          <Crumbs
            above={[
              {
                id: 'switches',
                link: (
                  <a href={formatRoute({ screen: 'networks', view: 'switches' })}>Switch ports</a>
                ),
              },
            ]}
            here={device.name}
          />
        }
        note={formatCount(total, 'interface')}
        actions={<DeviceLink id={device.id} name="Device page" />}
      />
      <div className={classes.faceArea}>
        {front.length > 0 && (
          <FacePlate
            label={`Front of ${device.name}`}
            ports={front}
            selected={selection.ids}
            onPick={pick}
            onOpen={(id) => {
              pick(id, 'only');
              const port = rows.find((one) => one.id === id);
              if (port) dialogs.setState({ kind: 'port-vlans', ports: [port] }, true);
            }}
          />
        )}
        <FaceLegend />
      </div>
      <PortTable
        rows={rows}
        selected={selection.ids}
        active={selection.active === null ? null : order.indexOf(selection.active)}
        onPick={(index, mode) => {
          const id = order[index];
          if (id !== undefined) pick(id, mode);
        }}
        onSelectAll={() => setSelection((now) => ({ ...now, ids: new Set(order) }))}
        onClear={() => setSelection(nothing)}
        onOpen={(port) => dialogs.setState({ kind: 'port-vlans', ports: [port] }, true)}
      />
      {chosen.length > 0 && (
        <SelectionBar
          text={`${formatCount(chosen.length, 'port')} selected`}
          onClear={() => setSelection(nothing)}
        >
          <Button tone="primary" onClick={edit}>
            Set VLANs
          </Button>
          <Button
            onClick={() =>
              dialogs.setState(
                { kind: 'edit-records', record: 'interface', ids: chosen.map(({ id }) => id) },
                true,
              )
            }
          >
            Edit fields
          </Button>
        </SelectionBar>
      )}
    </>
  );
}

/** What is chosen after a port was pressed so. */
function picked(now: Selection, order: readonly string[], id: string, mode: PickMode): Selection {
  if (mode === 'move' || mode === 'only') return { ids: new Set([id]), anchor: id, active: id };
  if (mode === 'range' && now.anchor !== null) {
    const [from, to] = [order.indexOf(now.anchor), order.indexOf(id)].toSorted((a, b) => a - b);
    return { ids: new Set(order.slice(from, (to ?? 0) + 1)), anchor: now.anchor, active: id };
  }
  const ids = new Set(now.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id, active: id };
}
