import type { PlacementOffer } from '../../../shared/onboarding/offers.ts';
import { isolated } from '../../ui/isolate.ts';
import classes from './place.module.css';

interface RackUnitsProps {
  readonly rack: PlacementOffer['racks'][number];
  readonly height: number;
  readonly chosen: number | null;
  readonly onChoose: (unit: number) => void;
}

/** The units of a rack at which it fits, from below; one is pressed. */
export function RackUnits({ rack, height, chosen, onChoose }: RackUnitsProps) {
  if (rack.units.length === 0) {
    return <p className={classes.quiet}>Nothing of this height fits in this rack any more.</p>;
  }
  const more = rack.free - rack.units.length;
  return (
    <div className={classes.units}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in a row that wraps */}
      <div
        className={classes.unitRow}
        role="group"
        aria-label={`Free in ${isolated(rack.rackName)}`}
      >
        {rack.units.map((unit) => (
          <button
            key={unit}
            type="button"
            className={classes.unit}
            aria-pressed={unit === chosen}
            onClick={() => onChoose(unit)}
          >
            {height > 1 ? `U${unit}–${unit + height - 1}` : `U${unit}`}
          </button>
        ))}
      </div>
      <p className={classes.quiet}>
        {more > 0 ? `and ${more} more above` : 'These are free, from below.'}
      </p>
    </div>
  );
}
