import type { PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import { topUnitOf } from '../../../../shared/topology/placement.ts';
import { isolated, isolatedList } from '../../../ui/isolate.ts';
import classes from './place.module.css';

type OfferedRack = PlacementOffer['racks'][number];

interface RackUnitsProps {
  readonly rack: OfferedRack;
  readonly height: number;
  readonly chosen: number | null;
  readonly onChoose: (unit: number) => void;
}

/** A rack drawn small, the highest unit on top: what stands in it, and where the machine fits. */
export function RackUnits({ rack, height, chosen, onChoose }: RackUnitsProps) {
  if (rack.units.length === 0) {
    return <p className={classes.quiet}>Nothing of this height fits in this rack any more.</p>;
  }
  const fits = new Set(rack.units);
  const top = chosen === null ? null : topUnitOf(chosen, { heightUnits: height });
  const units = Array.from({ length: Math.ceil(rack.heightUnits) }, (_, at) => at + 1).reverse();
  return (
    <div className={classes.units}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn as a frame */}
      <div className={classes.frame} role="group" aria-label={`Free in ${isolated(rack.rackName)}`}>
        {units.map((unit) => {
          const mine = chosen !== null && top !== null && unit >= chosen && unit <= top;
          return fits.has(unit) ? (
            <button
              key={unit}
              type="button"
              className={classes.unit}
              data-mine={mine || undefined}
              aria-pressed={unit === chosen}
              aria-label={height > 1 ? `From unit ${unit}` : `Unit ${unit}`}
              onClick={() => onChoose(unit)}
            >
              <span className={classes.number}>{unit}</span>
              {unit === chosen ? 'here' : !mine && 'free'}
              <span className={classes.holder}>{besideWords(rack, unit)}</span>
            </button>
          ) : (
            <Taken key={unit} rack={rack} unit={unit} mine={mine} />
          );
        })}
      </div>
      <p className={classes.quiet}>
        {chosen === null ? 'Press the unit that it stands on.' : 'Press another unit to move it.'}
      </p>
    </div>
  );
}

/** What lies there without taking the unit: boards on a shelf. */
function besideWords({ standing }: OfferedRack, unit: number): string {
  const names = standing.filter((one) => one.heightUnits === 0 && one.position === unit);
  return names.length === 0 ? '' : `beside ${isolatedList(names.map(({ name }) => name))}`;
}

interface TakenProps {
  readonly rack: OfferedRack;
  readonly unit: number;
  readonly mine: boolean;
}

/** A unit on which it cannot stand; what is there is named once, on top. */
function Taken({ rack, unit, mine }: TakenProps) {
  const holders = rack.standing.filter(
    (one) => one.heightUnits > 0 && unit >= one.position && unit <= topUnitOf(one.position, one),
  );
  const named = holders.filter((one) => unit === topUnitOf(one.position, one));
  return (
    <div
      className={classes.taken}
      data-held={holders.length > 0 || undefined}
      data-goes-on={(holders.length > 0 && named.length === 0) || undefined}
      data-mine={mine || undefined}
    >
      <span className={classes.number}>{unit}</span>
      {named.length > 0 && (
        <span className={classes.holder}>{isolatedList(named.map(({ name }) => name))}</span>
      )}
    </div>
  );
}
