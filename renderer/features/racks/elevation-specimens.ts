import type { ElevationDevice } from '../../../shared/model/racks.ts';
import type { RackContent } from './spot.ts';

/** A device for a test, of which only what matters is said. */
export function specimen(name: string, extra: Partial<ElevationDevice> = {}): ElevationDevice {
  return {
    id: name,
    name,
    kind: 'server',
    status: 'active',
    rackId: 'A',
    position: null,
    heightUnits: 1,
    face: null,
    side: null,
    parentId: null,
    bay: null,
    width: null,
    fullDepth: null,
    depth: null,
    holder: false,
    bays: [],
    model: null,
    hostname: null,
    assetTag: null,
    primaryAddress: null,
    watts: null,
    wattsFrom: 'nameplate',
    observedAt: null,
    differences: 0,
    failed: false,
    ...extra,
  };
}

/** Rack A of 12 units and 19 inches, rack B of 6 units and 10 inches. */
export function racksWith(
  devices: readonly ElevationDevice[],
): (rackId: string) => RackContent | undefined {
  const racks = [
    { id: 'A', name: 'Rack A', heightUnits: 12, width: '19', depth: 600 },
    { id: 'B', name: 'Rack B', heightUnits: 6, width: '10', depth: null },
  ];
  return (rackId) => {
    const rack = racks.find(({ id }) => id === rackId);
    return rack && { rack, devices: devices.filter((device) => device.rackId === rackId) };
  };
}
