import { MultiSelect, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { RecordCondition } from '../../../../shared/contract/records.ts';
import { type Field, kindOf } from '../../../../shared/model/kinds/index.ts';
import { Button } from '../../../ui/button.tsx';
import type { FieldDraft } from '../forms/field-draft.ts';
import { ReferencePicker } from '../forms/reference-picker.tsx';
import { type RecordFilter, withCondition } from '../record-filter.ts';
import { optionLabel } from '../record-words.ts';
import classes from './record-table.module.css';

interface ConditionFormProps {
  readonly filter: RecordFilter;
  /** What is changed; null: another one is added. */
  readonly condition: RecordCondition | null;
  readonly onApply: (filter: RecordFilter) => void;
}

type Way = 'is' | 'holds' | 'declared' | 'not-declared';

const wayWords: Readonly<Record<Way, string>> = {
  is: 'is',
  holds: 'holds',
  declared: 'is declared',
  'not-declared': 'is not declared',
};

function waysOf(field: Field | undefined): readonly Way[] {
  const listed = field?.type === 'choice' || field?.type === 'boolean';
  if (listed) return ['is', 'declared', 'not-declared'];
  return field?.type === 'reference'
    ? ['is', 'holds', 'declared', 'not-declared']
    : ['holds', 'declared', 'not-declared'];
}

function wayOf(condition: RecordCondition | null): Way {
  if (condition === null) return 'is';
  if ('contains' in condition) return 'holds';
  if ('declared' in condition) return condition.declared ? 'declared' : 'not-declared';
  return 'is';
}

interface Draft {
  readonly field: string | null;
  readonly way: Way;
  readonly text: string;
  readonly any: readonly string[];
  readonly referred: FieldDraft;
}

function draftOf(condition: RecordCondition | null): Draft {
  const any = condition !== null && 'any' in condition ? condition.any : [];
  const words = any.map((value) =>
    typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value),
  );
  return {
    field: condition?.field ?? null,
    way: wayOf(condition),
    text: condition !== null && 'contains' in condition ? condition.contains : '',
    any: words,
    referred: { text: '' },
  };
}

/** Null: nothing is asked yet. */
function conditionFrom(field: Field | undefined, draft: Draft): RecordCondition | null {
  if (field === undefined || draft.field === null) return null;
  const name = draft.field;
  if (draft.way === 'declared' || draft.way === 'not-declared') {
    return { field: name, declared: draft.way === 'declared' };
  }
  if (draft.way === 'holds') {
    const contains = draft.text.trim();
    return contains === '' ? null : { field: name, contains };
  }
  if (field.type === 'reference') {
    const { id } = draft.referred;
    return id === undefined || id === null ? null : { field: name, any: [id] };
  }
  const any = draft.any.map((word) => (field.type === 'boolean' ? word === 'yes' : word));
  return any.length === 0 ? null : { field: name, any };
}

/** One condition on one field. */
export function ConditionForm({ filter, condition, onApply }: ConditionFormProps) {
  const { fields } = kindOf(filter.kind);
  const [draft, setDraft] = useState(() => draftOf(condition));
  const field = draft.field === null ? undefined : fields[draft.field];
  const ways = waysOf(field);
  const way = ways.includes(draft.way) ? draft.way : (ways[0] ?? 'holds');
  const next = conditionFrom(field, { ...draft, way });
  const set = (part: Partial<Draft>) => setDraft({ ...draft, way, ...part });

  function apply(event: FormEvent): void {
    event.preventDefault();
    if (next !== null) onApply(withCondition(filter, next.field, next));
  }

  return (
    <form className={classes.conditionForm} onSubmit={apply}>
      <Select
        label="Field"
        placeholder="Choose"
        searchable
        data-autofocus={condition === null || undefined}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={Object.entries(fields).map(([value, { label }]) => ({ value, label }))}
        value={draft.field}
        onChange={(value) => set({ field: value, way: 'is', text: '', any: [] })}
      />
      {field !== undefined && (
        <Select
          label="Rows where it"
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          data={ways.map((value) => ({ value, label: wayWords[value] }))}
          value={way}
          onChange={(value) => set({ way: ways.find((each) => each === value) ?? way })}
        />
      )}
      {way === 'holds' && field !== undefined && (
        <TextInput
          label="These letters"
          maxLength={200}
          value={draft.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
      )}
      {way === 'is' && field?.type === 'reference' && (
        <ReferencePicker
          field={field}
          label="This one"
          inPlace
          draft={draft.referred}
          onChange={(referred) => set({ referred })}
        />
      )}
      {way === 'is' && (field?.type === 'choice' || field?.type === 'boolean') && (
        <MultiSelect
          label="One of these"
          comboboxProps={{ withinPortal: false }}
          data={optionsOf(field)}
          value={[...draft.any]}
          onChange={(any) => set({ any })}
        />
      )}
      <Button type="submit" tone="primary" disabled={next === null}>
        Filter
      </Button>
    </form>
  );
}

function optionsOf(field: Field) {
  const values = field.type === 'choice' ? field.options : ['yes', 'no'];
  return values.map((value) => ({ value, label: optionLabel(value) }));
}
