import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { useFieldFailure } from '../../app/field-failure.ts';
import type { Failure } from '../../rpc/failure.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './rack-dialog.module.css';
import { type RackDraft, rackProblems } from './rack-problems.ts';
import { rackTitle } from './rack-title.ts';

interface EditRackDialogProps {
  readonly rack: RackRow;
  readonly onClose: () => void;
}

/** Renames a rack or makes it higher or lower. */
export function EditRackDialog({ rack, onClose }: EditRackDialogProps) {
  const { inventory } = useApp();
  const [draft, setDraft] = useState<RackDraft>(rack);
  const refused = useFieldFailure(['name', 'heightUnits', 'position']);
  const problems = rackProblems(draft);
  const name = draft.name.trim();
  const heightUnits = Number(draft.heightUnits);

  function change(part: Partial<RackDraft>): void {
    refused.forget();
    setDraft({ ...draft, ...part });
  }

  async function submit(): Promise<Failure | null> {
    if (problems.name !== null || problems.heightUnits !== null) return null;
    const patch = {
      // Only what was changed: another window may have changed the rest.
      ...(name === rack.name ? {} : { name }),
      ...(heightUnits === rack.heightUnits ? {} : { heightUnits }),
    };
    if (Object.keys(patch).length > 0) {
      const outcome = await inventory.updateRack({ id: rack.id, ...patch }, name);
      if (!outcome.ok) return refused.take(outcome.failure);
    }
    onClose();
    return null;
  }

  return (
    <FormDialog
      title={`Edit ${rackTitle(rack.name)}`}
      size="sm"
      submit="Change rack"
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.form}>
        <TextInput
          label="Name"
          data-autofocus
          value={draft.name}
          error={problems.name ?? refused.errorOf('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NumberInput
          label="Height in units"
          min={1}
          max={100}
          value={draft.heightUnits}
          error={problems.heightUnits ?? refused.errorOf('heightUnits', 'position')}
          onChange={(value) => change({ heightUnits: value })}
        />
      </div>
    </FormDialog>
  );
}
