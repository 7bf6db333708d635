import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { extentOf } from '../../../shared/topology/placement.ts';
import { formatShortAgo } from '../../ui/formatting.ts';

/** What the drawing is coloured by. */
export const heatModes = ['none', 'power', 'space', 'age'] as const;
export type HeatMode = (typeof heatModes)[number];

/** From 0, little or new, to 4; null: not known. The text says the same as the colour. */
export interface Heat {
  readonly level: 0 | 1 | 2 | 3 | 4 | null;
  readonly text: string;
}

const day = 86_400_000;

interface Scale {
  readonly label: string;
  /** What each level begins with, but for the first. */
  readonly from: readonly [number, number, number, number];
  readonly words: readonly [string, string, string, string, string];
  readonly unknown: string;
}

export const scales: Readonly<Record<Exclude<HeatMode, 'none'>, Scale>> = {
  power: {
    label: 'Watts for each unit',
    from: [25, 75, 150, 300],
    words: ['under 25', '25 to 75', '75 to 150', '150 to 300', 'over 300'],
    unknown: 'not known',
  },
  space: {
    label: 'How full the rack is',
    from: [0.25, 0.5, 0.75, 0.9],
    words: ['under 25 %', '25 to 50 %', '50 to 75 %', '75 to 90 %', 'over 90 %'],
    unknown: 'not known',
  },
  age: {
    label: 'When it was last read',
    from: [day, 7 * day, 30 * day, 90 * day],
    words: ['today', 'this week', 'this month', 'under 90 days', 'longer ago'],
    unknown: 'never',
  },
};

function levelOf(mode: Exclude<HeatMode, 'none'>, value: number): Heat['level'] {
  const above = scales[mode].from.filter((from) => value >= from).length;
  return Math.min(4, above) as 0 | 1 | 2 | 3 | 4; // there are four thresholds
}

/** Null where nothing is to be coloured. `fullness`: of its rack, from 0 to 1. */
export function heatOf(
  mode: HeatMode,
  device: Pick<ElevationDevice, 'watts' | 'heightUnits' | 'observedAt'>,
  { fullness, now }: { readonly fullness: number; readonly now: number },
): Heat | null {
  switch (mode) {
    case 'none':
      return null;
    case 'space':
      return { level: levelOf('space', fullness), text: `${Math.round(fullness * 100)} %` };
    case 'power': {
      const { watts } = device;
      if (watts === null) return { level: null, text: '? W' };
      return { level: levelOf('power', watts / extentOf(device)), text: `${watts} W` };
    }
    case 'age': {
      if (device.observedAt === null) return { level: null, text: 'never' };
      const age = Math.max(0, now - device.observedAt);
      return { level: levelOf('age', age), text: formatShortAgo(device.observedAt, now) };
    }
  }
}

/** The load of a rack: what is known, and of how many devices it is not. */
export function powerOf(devices: readonly Pick<ElevationDevice, 'watts'>[]): {
  readonly watts: number;
  readonly unknown: number;
} {
  return {
    watts: devices.reduce((sum, { watts }) => sum + (watts ?? 0), 0),
    unknown: devices.filter(({ watts }) => watts === null).length,
  };
}
