import type { Subject } from '../../../shared/model/annotations.ts';
import { type CustomField, parseCustom } from '../../../shared/model/custom-fields.ts';
import type { FieldValue } from '../../../shared/model/kinds/index.ts';
import { useApp } from '../../app/app-context.ts';
import { EditableField } from '../../ui/editable-field.tsx';
import { ReferenceField } from '../records/page/reference-field.tsx';
import classes from './annotations.module.css';
import type { Annotated } from './annotations-store.ts';

interface CustomValuesProps {
  readonly subject: Subject;
  readonly annotated: Annotated;
}

/** The values of a thing in the fields that a person gave its kind, edited in place. */
export function CustomValues({ subject, annotated: { fields, values } }: CustomValuesProps) {
  if (fields.length === 0) {
    return <p className={classes.quiet}>Things of this kind have no fields of your own yet.</p>;
  }
  return (
    <dl className={classes.values}>
      {fields.map((field) => {
        const found = values.find((each) => each.field === field.id);
        return (
          <CustomValue
            key={field.id}
            subject={subject}
            field={field}
            value={found?.value ?? null}
            called={found?.name ?? ''}
          />
        );
      })}
    </dl>
  );
}

interface CustomValueProps {
  readonly subject: Subject;
  readonly field: CustomField;
  readonly value: FieldValue;
  /** What a reference refers to is called so. */
  readonly called: string;
}

function CustomValue({ subject, field, value, called }: CustomValueProps) {
  const { annotations } = useApp();
  const label = field.required ? `${field.name} (required)` : field.name;
  async function save(next: FieldValue): Promise<string | null> {
    const outcome = await annotations.setValue(subject, field.id, next);
    return outcome.ok ? null : `${outcome.failure.message} ${outcome.failure.hint}`;
  }
  if (field.target !== null) {
    return (
      <ReferenceField
        field={{ type: 'reference', to: field.target, label }}
        value={typeof value === 'string' ? value : null}
        called={called}
        openRequest={0}
        onSave={save}
      />
    );
  }
  const options = optionsOf(field);
  return (
    <EditableField
      label={label}
      value={textOf(value)}
      validate={(text) => problemOf(field, text)}
      onSave={async (text) => {
        const typed = parseCustom(field, text);
        return 'problem' in typed ? typed.problem : save(typed.value);
      }}
      {...(field.help === null ? {} : { placeholder: field.help })}
      {...(options === null ? {} : { options })}
    />
  );
}

function textOf(value: FieldValue): string {
  if (value === null) return '';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function problemOf(field: CustomField, text: string): string | null {
  const typed = parseCustom(field, text);
  if ('problem' in typed) return typed.problem;
  return field.required && typed.value === null ? `${field.name} is required.` : null;
}

function optionsOf({ type, options, required }: CustomField) {
  if (type !== 'choice' && type !== 'boolean') return null;
  const values = (type === 'boolean' ? ['yes', 'no'] : (options ?? [])).map((value) => ({
    value,
    label: value,
  }));
  return required ? values : [...values, { value: '', label: 'Not declared' }];
}
