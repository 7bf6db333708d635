import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { type Kind, type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Values } from '../../../../shared/model/kinds/schema.ts';
import { countOf } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import { useFieldFailure } from '../../../app/field-failure.ts';
import type { Failure } from '../../../rpc/failure.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useReason } from '../../history/use-reason.tsx';
import classes from '../records.module.css';
import { blank, type FieldDraft, readDraft } from './field-draft.ts';
import { FieldInput } from './field-input.tsx';

interface EditRecordsDialogProps {
  readonly record: KindName;
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Stands in each field that is not ticked. */
const unticked = 'As it is';

/** What only one of them may have is no field for many: they would be called alike. */
function fieldsForMany(kind: Kind, count: number): readonly string[] {
  const last = kind.key.findLast((name) => kind.fields[name]?.type !== 'reference');
  const unique: readonly (string | undefined)[] = kind.name === 'vlan' ? [last, 'number'] : [last];
  return Object.keys(kind.fields).filter((name) => count === 1 || !unique.includes(name));
}

/** Sets chosen fields of many; what is not ticked stays as it is. */
export function EditRecordsDialog({ record, ids, onClose }: EditRecordsDialogProps) {
  const { records } = useApp();
  const kind = kindOf(record);
  const names = fieldsForMany(kind, ids.length);
  const [chosen, setChosen] = useState<Readonly<Record<string, FieldDraft>>>({});
  const [tried, setTried] = useState(false);
  const refused = useFieldFailure(names);
  const { values, problems } = readChosen(kind, chosen);

  const reason = useReason(ids.length);

  async function save(): Promise<Failure | null> {
    setTried(true);
    if (Object.keys(problems).length > 0) return null;
    const outcome = await records.update(record, ids, values);
    if (!outcome.ok) return refused.take(outcome.failure);
    void reason.keep(outcome.value.changeSetId);
    onClose();
    return null;
  }

  function choose(name: string, draft: FieldDraft | null): void {
    refused.forget();
    const { [name]: _, ...others } = chosen;
    setChosen(draft === null ? others : { ...others, [name]: draft });
  }

  const many = countOf(kind, ids.length);
  return (
    <FormDialog
      title={`Edit ${many}`}
      submit={`Change ${many}`}
      disabled={Object.keys(chosen).length === 0}
      onSubmit={save}
      onClose={onClose}
    >
      <p className={classes.hint}>
        Tick the fields to set. The rest stays as it is. A ticked field that is empty is emptied.
      </p>
      <div className={classes.pickList}>
        {names.map((name, index) => {
          const field = kind.fields[name];
          return (
            field && (
              <div key={name} className={classes.pickRow}>
                <Checkbox
                  label={field.label}
                  aria-label={`Set ${field.label.toLowerCase()}`}
                  data-autofocus={index === 0 || undefined}
                  checked={chosen[name] !== undefined}
                  onChange={(event) => choose(name, event.currentTarget.checked ? blank : null)}
                />
                {/* Typing into a field ticks it too. */}
                <FieldInput
                  field={field}
                  bare
                  draft={chosen[name] ?? blank}
                  onChange={(draft) => choose(name, draft)}
                  placeholder={chosen[name] === undefined ? unticked : undefined}
                  error={(tried ? problems[name] : undefined) ?? refused.errorOf(name)}
                />
              </div>
            )
          );
        })}
      </div>
      {reason.field}
    </FormDialog>
  );
}

function readChosen(kind: Kind, chosen: Readonly<Record<string, FieldDraft>>) {
  const values: Record<string, Values[string]> = {};
  const problems: Record<string, string> = {};
  for (const [name, draft] of Object.entries(chosen)) {
    const field = kind.fields[name];
    if (field === undefined) continue;
    const typed = readDraft(field, draft);
    if ('problem' in typed) problems[name] = typed.problem;
    else values[name] = typed.value;
  }
  return { values, problems };
}
