import { extentOf, type RackFrame, type Refusal, type Standing } from './placement.ts';

/** How a name stands within a sentence; the window sets off names that run the other way. */
type NameOf = (name: string) => string;

const plain: NameOf = (name) => name;

/** `unit 3`, `units 3 to 4`, `the upper half of unit 3`; of boards the unit that they lie in. */
export function unitsText(position: number, heightUnits: number): string {
  const height = extentOf({ heightUnits });
  const last = position + height - 1;
  if (height === 0.5) {
    return `the ${Number.isInteger(position) ? 'lower' : 'upper'} half of unit ${Math.floor(position)}`;
  }
  return height === 1 ? `unit ${position}` : `units ${position} to ${last}`;
}

/** Why a device cannot stand there, as a sentence that names what is in the way. */
export function refusalText(
  refused: Refusal,
  device: { readonly name: string },
  { rack, nameOf = plain }: { readonly rack: RackFrame; readonly nameOf?: NameOf },
): string {
  const name = nameOf(device.name);
  const rackName = nameOf(rack.name);
  switch (refused.kind) {
    case 'outside':
      return refused.unit < 1
        ? `${name} would stand below unit 1 of ${rackName}.`
        : `${name} would reach unit ${refused.unit}, but ${rackName} has only ${rack.heightUnits}.`;
    case 'too-wide':
      return `${name} is made for a 19-inch rack and too wide for ${rackName}, which has 10 inches.`;
    case 'in-itself':
      return `${name} cannot stand on itself, nor on what stands on it.`;
    case 'bay-taken':
      return `${name} cannot stand there: ${nameOf(refused.by.name)} has this place already.`;
    case 'taken': {
      const { by } = refused;
      const where = takenText(by);
      return `${name} cannot stand there: ${nameOf(by.name)} takes ${where} of ${rackName}${depthText(by)}.`;
    }
  }
}

function takenText({ position, heightUnits }: Standing): string {
  // As it is written in the inventory: what begins at a half is found by it.
  return extentOf({ heightUnits }) === 0.5 || !Number.isInteger(position ?? 0)
    ? `unit ${position}`
    : unitsText(position ?? 0, heightUnits);
}

function depthText({ face, fullDepth, side, width }: Standing): string {
  if (fullDepth === true) return ', front to rear';
  const depth = face === 'rear' ? ', at the rear' : '';
  return width !== null && width !== 'full' && side === null
    ? `${depth}, and nobody said on which side`
    : depth;
}
