import { memo, useDeferredValue } from 'react';
import type { RackRow } from '../../../shared/model/inventory.ts';
import type { Face } from '../../../shared/topology/placement.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { RackCard } from './rack-card.tsx';
import { RackMenu } from './rack-menu.tsx';

interface RackPlaceProps {
  readonly rack: RackRow;
  readonly faces: readonly Face[];
}

const nothing: never[] = [];
const undrawn = { devices: nothing, total: 0 };

/** A rack with its devices as they are read; it stands there as high as it is before they come. */
export const RackPlace = memo(function RackPlace({ rack, faces }: RackPlaceProps) {
  const { racks } = useApp();
  const resource = racks.elevation(rack.id);
  const state = useResource(resource);
  const drawn = state.status === 'ready' ? state.data : undrawn;
  // The empty rack first: one that only scrolls past is never filled.
  const devices = useDeferredValue(drawn.devices, nothing);
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return (
    <RackCard
      rack={rack}
      devices={devices}
      faces={faces}
      busy={state.status === 'loading'}
      more={drawn.total - drawn.devices.length}
      tools={<RackMenu rack={rack} />}
    />
  );
});
