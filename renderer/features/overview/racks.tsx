import { IconStack2 } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import classes from './overview.module.css';
import { RackDrawing } from './rack-drawing.tsx';
import { RackMenu } from './rack-menu.tsx';

/** Every rack, side by side; what stands in one is read as it comes near. */
export function Racks() {
  const { inventory } = useApp();
  const state = useResource(inventory.racks);
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
      {state.data.map((rack) => (
        <RackPlace key={rack.id} rack={rack} />
      ))}
    </section>
  );
}

/** So far beside the window a rack is read already. */
const near = '400px 800px';

function RackPlace({ rack }: { readonly rack: RackRow }) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || place.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: near },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [seen]);
  return (
    <div ref={place} className={classes.rackPlace}>
      {seen ? <Rack rack={rack} /> : <EmptyRack rack={rack} />}
    </div>
  );
}

const nothing = () => undefined;

/** As high as it is, before anybody knows what stands in it. */
function EmptyRack({ rack }: { readonly rack: RackRow }) {
  return (
    <RackDrawing
      rack={rack}
      devices={[]}
      selected={null}
      onSelect={nothing}
      onOpen={nothing}
      busy
      tools={<RackMenu rack={rack} />}
    />
  );
}

function Rack({ rack }: { readonly rack: RackRow }) {
  const { overview, layout, router } = useApp();
  const resource = overview.rackDevices(rack.id);
  const state = useResource(resource);
  const inspected = useStore(layout.store, ({ inspected: what }) => what);
  if (state.status === 'loading') return <EmptyRack rack={rack} />;
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
