import { createContext, type PointerEvent, useContext } from 'react';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import type { Face, Side } from '../../../shared/topology/placement.ts';
import type { Carry } from './carry.ts';
import type { RacksView } from './racks-view.ts';

/** A free unit that a person pointed at. */
export interface FreeUnit {
  readonly rackId: string;
  readonly position: number;
  readonly face: Face;
  /** Where a part of the unit is taken: which part is free. */
  readonly side: Side | null;
  /** What a menu is put beside. */
  readonly element: HTMLElement;
}

/** What can be done in a drawing; where it only shows, there is nothing to carry. */
export interface ElevationTools {
  readonly view: Pick<RacksView, 'label' | 'heat'>;
  readonly now: number;
  isSelected(id: string): boolean;
  select(device: ElevationDevice, more: boolean): void;
  open(id: string): void;
  readonly edit: {
    readonly carry: Carry;
    grab(event: PointerEvent<HTMLElement>, device: ElevationDevice): void;
    pickUp(device: ElevationDevice, face: Face): void;
    openGap(unit: FreeUnit): void;
  } | null;
}

export const ElevationContext = createContext<ElevationTools | null>(null);

export function useElevation(): ElevationTools {
  const tools = useContext(ElevationContext);
  if (tools === null) throw new Error('An elevation needs its tools around it.');
  return tools;
}
