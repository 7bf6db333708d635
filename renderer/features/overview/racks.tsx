import { IconStack2 } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ElevationContext } from '../racks/elevation-context.ts';
import { RackCard } from '../racks/rack-card.tsx';
import { RackMenu } from '../racks/rack-menu.tsx';
import { RackPlace as StandingRack } from '../racks/rack-place.tsx';
import { useShowTools } from '../racks/show-tools.ts';
import classes from './overview.module.css';

/** Every rack, side by side; what stands in one is read as it comes near. */
export function Racks() {
  const { inventory } = useApp();
  const state = useResource(inventory.racks);
  const tools = useShowTools();
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
    <ElevationContext value={tools}>
      <section className={classes.racks} aria-label="Racks">
        {state.data.map((rack) => (
          <RackPlace key={rack.id} rack={rack} />
        ))}
      </section>
    </ElevationContext>
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
      {seen ? <StandingRack rack={rack} faces={front} /> : <EmptyRack rack={rack} />}
    </div>
  );
}

const front = ['front'] as const;

/** As high as it is, before anybody knows what stands in it. */
function EmptyRack({ rack }: { readonly rack: RackRow }) {
  return <RackCard rack={rack} devices={[]} faces={front} busy tools={<RackMenu rack={rack} />} />;
}
