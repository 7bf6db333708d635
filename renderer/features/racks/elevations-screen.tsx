import { IconStack2 } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type Carry, createCarry } from './carry.ts';
import { CarryGhost, CarryTold } from './carry-ghost.tsx';
import { ElevationContext, type ElevationTools, type FreeUnit } from './elevation-context.ts';
import { ElevationsToolbar } from './elevations-toolbar.tsx';
import { GapMenu } from './gap-menu.tsx';
import { HeatLegend } from './heat-legend.tsx';
import { KeyboardCarry, pickUp } from './keyboard-carry.tsx';
import { PickedBar } from './picked-bar.tsx';
import { followPointer } from './pointer-carry.ts';
import { RackPlace } from './rack-place.tsx';
import { RackStrip, type StripHandle } from './rack-strip.tsx';
import classes from './racks.module.css';
import { SidePanel } from './side-panel.tsx';

/** Racks as one stands before them: to look at, to move things in, to put new ones in. */
export function ElevationsScreen({ thing }: { readonly thing: string | null }) {
  const { racks } = useApp();
  const state = useResource(racks.racks);
  return (
    <>
      <PageHeader
        title="Racks"
        note={state.status === 'ready' && formatCount(state.data.length, 'rack')}
        actions={<ActionButton id="add-rack" tone="primary" />}
      />
      {state.status === 'loading' && <Skeleton label="Reading the racks" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void racks.racks.reload()} />
      )}
      {state.status === 'ready' && state.data.length === 0 && (
        <EmptyState
          icon={IconStack2}
          title="No rack yet"
          actions={<ActionButton id="add-rack" tone="primary" />}
        >
          Add a rack, then put your devices into it: drag them, or pick them up with the space bar.
        </EmptyState>
      )}
      {state.status === 'ready' && state.data.length > 0 && (
        <Elevations racks={state.data} shown={thing} />
      )}
    </>
  );
}

interface ElevationsProps {
  readonly racks: readonly RackRow[];
  /** The rack that the address names; null: none. */
  readonly shown: string | null;
}

function Elevations({ racks: list, shown }: ElevationsProps) {
  const { racks } = useApp();
  const view = useStore(racks.view.store);
  const [carry] = useState(() => createCarry(racks));
  const [gap, setGap] = useState<FreeUnit | null>(null);
  const strip = useRef<StripHandle>(null);
  const rackIds = useMemo(() => list.map(({ id }) => id), [list]);
  const show = useCallback(
    (rackId: string) => strip.current?.show(rackIds.indexOf(rackId)),
    [rackIds],
  );
  const tools = useTools(carry, setGap);
  useEffect(() => {
    if (shown !== null && rackIds.includes(shown)) strip.current?.show(rackIds.indexOf(shown));
  }, [shown, rackIds]);
  useEffect(() => () => racks.clearPicked(), [racks]);
  const faces = useMemo(
    () => (view.faces === 'both' ? (['front', 'rear'] as const) : [view.faces]),
    [view.faces],
  );
  return (
    <ElevationContext value={tools}>
      <ElevationsToolbar racks={list} />
      <div className={classes.body}>
        <div className={classes.stage}>
          <RackStrip ref={strip} racks={list} view={view}>
            {(rack) => <RackPlace rack={rack} faces={faces} />}
          </RackStrip>
          <HeatLegend mode={view.heat} />
          <PickedBar carry={carry} />
        </div>
        <SidePanel carry={carry} firstRack={rackIds[0]} />
      </div>
      {gap && <GapMenu unit={gap} onClose={() => setGap(null)} />}
      <KeyboardCarry carry={carry} racks={racks} rackIds={rackIds} show={show} />
      <CarryGhost carry={carry} />
      <CarryTold carry={carry} />
    </ElevationContext>
  );
}

function useTools(carry: Carry, openGap: (unit: FreeUnit) => void): ElevationTools {
  const { racks, layout, router } = useApp();
  const view = useStore(racks.view.store);
  const { devices: picked } = useStore(racks.picked);
  return useMemo(() => {
    const ids = new Set(picked.map(({ id }) => id));
    return {
      view,
      now: Date.now(),
      isSelected: (id) => ids.has(id),
      select(device, more) {
        racks.pick(device, more);
        layout.inspect({ kind: 'device', id: device.id });
      },
      open: (id) => router.go({ screen: 'device', id, tab: 'details' }),
      edit: {
        carry,
        grab(event, device) {
          followPointer(event, { devices: racks.together(device), type: null, carry, racks });
        },
        pickUp(device, face) {
          const what = { devices: racks.together(device), type: null };
          const first = racks.racks.store.getState();
          const rackId =
            device.rackId ?? (first.status === 'ready' ? first.data[0]?.id : undefined);
          pickUp(what, { carry, racks, rackId, face });
        },
        openGap,
      },
    };
  }, [racks, layout, router, view, picked, carry, openGap]);
}
