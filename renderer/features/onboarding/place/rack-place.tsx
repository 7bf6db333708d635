import { Checkbox, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DraftMachine } from '../../../../shared/onboarding/draft.ts';
import type { PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import { isolated } from '../../../ui/isolate.ts';
import classes from './place.module.css';
import { RackUnits } from './rack-units.tsx';

export interface PartProps {
  readonly machine: DraftMachine;
  readonly offer: PlacementOffer;
  readonly onAnswer: (part: Partial<DraftMachine['answers']>) => void;
}

/** The rack and the units of it in which a machine stands, if it can stand in one. */
export function RackPlace(props: PartProps) {
  const { machine, offer, onAnswer } = props;
  const board = madeUpWords(machine);
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>In the rack</legend>
      {board !== null && (
        <Checkbox
          className={classes.physical ?? ''}
          label="It is a machine that stands in the rack"
          description={`Its facts look like ${board}, which stands in none.`}
          checked={machine.answers.physical ?? false}
          onChange={(event) => {
            const physical = event.currentTarget.checked;
            onAnswer({ physical, ...(!physical && { place: null, heightUnits: null }) });
          }}
        />
      )}
      {offer.racks.length > 0 && <ChosenRack {...props} />}
      {offer.racks.length === 0 && (board === null || machine.answers.physical) && (
        <p className={classes.quiet}>
          No rack is declared yet. Add one under Racks, and it is offered here.
        </p>
      )}
    </fieldset>
  );
}

function madeUpWords({ facts }: DraftMachine): string | null {
  if (facts?.board === 'virtual') return 'a virtual machine';
  return facts?.board === 'container' ? 'a container' : null;
}

function ChosenRack({ machine, offer, onAnswer }: PartProps) {
  const { place, heightUnits } = machine.answers;
  const [height, setHeight] = useState(String(offer.heightUnits));
  useEffect(() => setHeight(String(offer.heightUnits)), [offer.heightUnits]);
  const rack = offer.racks.find(({ rackId }) => rackId === place?.rackId) ?? null;
  const saveHeight = () => {
    const value = Number(height);
    if (Number.isFinite(value) && value >= 0 && value <= 50 && value !== heightUnits) {
      onAnswer({ heightUnits: Math.round(value * 2) / 2 });
    }
  };
  return (
    <>
      <div className={classes.row}>
        <Select
          label="Rack"
          placeholder="Nowhere"
          clearable
          data={offer.racks.map(({ rackId, rackName }) => ({
            value: rackId,
            label: isolated(rackName),
          }))}
          value={place?.rackId ?? null}
          onChange={(value) => onAnswer({ place: value === null ? null : placeAt(value, null) })}
        />
        <TextInput
          label="Height in units"
          value={height}
          inputMode="decimal"
          onChange={(event) => setHeight(event.currentTarget.value)}
          onBlur={saveHeight}
        />
      </div>
      {rack && (
        <RackUnits
          rack={rack}
          height={offer.heightUnits}
          chosen={place?.position ?? null}
          onChoose={(unit) => onAnswer({ place: placeAt(rack.rackId, unit) })}
        />
      )}
    </>
  );
}

function placeAt(
  rackId: string,
  position: number | null,
): NonNullable<DraftMachine['answers']['place']> {
  return { rackId, position, face: 'front', side: null, parentId: null, bay: null };
}
