import { nameFault } from '../../../shared/model/name.ts';

/** What a person types of a rack. */
export interface RackDraft {
  readonly name: string;
  /** Empty while nothing is typed. */
  readonly heightUnits: number | string;
}

const tallest = 100;

/** Why the rack cannot be written yet, by field. */
export function rackProblems(draft: RackDraft): {
  name: string | null;
  heightUnits: string | null;
} {
  const { heightUnits } = draft;
  const name = draft.name.trim();
  const whole = typeof heightUnits === 'number' && Number.isInteger(heightUnits);
  const fits = whole && heightUnits >= 1 && heightUnits <= tallest;
  return {
    name: name === '' ? 'Give the rack a name.' : nameFault(name),
    heightUnits: fits ? null : `A whole number from 1 to ${tallest}.`,
  };
}
