import type { InventoryRecord } from '../../../../shared/contract/records.ts';
import { type Field, type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../../shared/model/kinds/typed.ts';
import { useApp } from '../../../app/app-context.ts';
import { besideField } from '../../../app/field-failure.ts';
import { useFieldRequest } from '../../../app/field-request.ts';
import { EditableField } from '../../../ui/editable-field.tsx';
import { readDraft } from '../forms/field-draft.ts';
import { isMono, shownValue } from '../record-value.tsx';
import { optionLabel } from '../record-words.ts';
import { ReferenceField } from './reference-field.tsx';

interface RecordFieldProps {
  readonly kind: KindName;
  readonly record: InventoryRecord;
  readonly name: string;
}

/** One field of a thing, edited in place. */
export function RecordField({ kind, record, name }: RecordFieldProps) {
  const { records } = useApp();
  const openRequest = useFieldRequest(record.id, name);
  const field = kindOf(kind).fields[name];
  if (field === undefined) return null;
  const value = record.values[name] ?? null;

  async function save(next: typeof value): Promise<string | null> {
    const outcome = await records.edit(kind, record.id, { [name]: next });
    return outcome.ok ? null : besideField(outcome.failure);
  }
  if (field.type === 'reference') {
    return (
      <ReferenceField
        field={field}
        value={typeof value === 'string' ? value : null}
        called={record.names[name] ?? ''}
        openRequest={openRequest}
        onSave={save}
      />
    );
  }
  const options = optionsOf(field);
  return (
    <EditableField
      label={field.label}
      value={formatTyped(field, value)}
      display={shownValue(field, value)}
      openRequest={openRequest}
      mono={isMono(field)}
      multiline={field.type === 'long-text'}
      validate={(text) => problemOf(field, text)}
      onSave={async (text) => {
        const typed = readDraft(field, { text });
        return 'problem' in typed ? typed.problem : save(typed.value);
      }}
      {...(field.help === undefined ? {} : { placeholder: field.help })}
      {...(options === null ? {} : { options })}
    />
  );
}

function problemOf(field: Field, text: string): string | null {
  const typed = readDraft(field, { text });
  return 'problem' in typed ? typed.problem : null;
}

function optionsOf(field: Field) {
  if (field.type !== 'choice' && field.type !== 'boolean') return null;
  const values = field.type === 'boolean' ? ['yes', 'no'] : field.options;
  const options = values.map((value) => ({ value, label: optionLabel(value) }));
  return field.required ? options : [...options, { value: '', label: 'Not declared' }];
}
