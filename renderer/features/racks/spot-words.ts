import type { ElevationDevice } from '../../../shared/model/racks.ts';
import type { RackFrame } from '../../../shared/topology/placement.ts';
import { unitsText } from '../../../shared/topology/placement-words.ts';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { rackTitle } from './rack-title.ts';
import type { RackContent, Spot } from './spot.ts';

/** Where it would be put, as a sentence: `Units 3 to 4 of Rack A, left, at the rear.` */
export function spotText(
  spot: Spot,
  devices: readonly Pick<ElevationDevice, 'heightUnits'>[],
  content: RackContent | undefined,
): string {
  const many = devices.length > 1 ? `${formatCount(devices.length, 'device')}: ` : '';
  if (spot.kind === 'nowhere') return `${many}Out of the racks.`;
  const rack = content === undefined ? 'the rack' : rackTitle(content.rack.name);
  if (spot.kind === 'beside') return `${many}Beside ${rack}.`;
  if (spot.kind === 'on') {
    const holder = content?.devices.find(({ id }) => id === spot.parentId);
    const place = spot.bay === null ? '' : `, place ${isolated(spot.bay)}`;
    return `${many}On ${isolated(holder?.name ?? 'it')}${place}.`;
  }
  const units = unitsText(spot.position, devices[0]?.heightUnits ?? 1);
  const side =
    spot.side === null ? '' : spot.side === 'middle' ? ', in the middle' : `, ${spot.side}`;
  const face = spot.face === 'rear' ? ', at the rear' : '';
  const begun = units.charAt(0).toUpperCase() + units.slice(1);
  return `${many}${begun} of ${rack}${side}${face}.`;
}

/** It may stand there, though it sticks out. */
export function doubtText(
  device: { readonly name: string },
  by: { readonly name: string } | null,
  rack: RackFrame,
): string {
  const name = isolated(device.name);
  if (by === null) return `${name} is deeper than ${rackTitle(rack.name)}.`;
  return `${name} and ${isolated(by.name)} behind it are deeper together than ${rackTitle(rack.name)}.`;
}

/** After it was done: `Moved nas: units 3 to 4 of Rack A.` */
export function doneText(devices: readonly ElevationDevice[], spot: Spot, where: string): string {
  const [first] = devices;
  const which =
    devices.length === 1 && first ? isolated(first.name) : formatCount(devices.length, 'device');
  if (spot.kind === 'nowhere') return `Took ${which} out of the rack.`;
  const place = where.replace(/^\d+ devices?: /, '');
  return `Moved ${which}: ${place.charAt(0).toLowerCase()}${place.slice(1)}`;
}
