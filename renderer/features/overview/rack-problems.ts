/** What a person types of a rack. */
export interface RackDraft {
  readonly name: string;
  /** Empty while nothing is typed. */
  readonly heightUnits: number | string;
}

const longestName = 200;
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
    name:
      name === ''
        ? 'Give the rack a name.'
        : name.length > longestName
          ? `A name has ${longestName} characters at most; this one has ${name.length}.`
          : null,
    heightUnits: fits ? null : `A whole number from 1 to ${tallest}.`,
  };
}
