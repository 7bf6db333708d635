import { Checkbox, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import {
  type CustomField,
  type CustomType,
  customTypes,
  newCustomField,
} from '../../../shared/model/custom-fields.ts';
import { type KindName, kindNames, kindOf } from '../../../shared/model/kinds/index.ts';
import { inSentence } from '../../../shared/model/kinds/words.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Callout, ErrorState, type ErrorText } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import classes from './annotations.module.css';

const typeLabels: Readonly<Record<CustomType, string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  choice: 'Choice',
  date: 'Date',
  url: 'Web address',
  reference: 'Something in the inventory',
};

const kindOptions = kindNames.map((name) => ({ value: name, label: kindOf(name).plural }));

interface CustomFieldsDialogProps {
  readonly kind: KindName;
  readonly onClose: () => void;
}

/** The fields that a person gave kinds of things: add, rename, require, delete. */
export function CustomFieldsDialog({ kind: first, onClose }: CustomFieldsDialogProps) {
  const [kind, setKind] = useState(first);
  return (
    <Dialog title="Your own fields" size="md" keepOpen onClose={onClose}>
      <Select
        label="Of"
        data={kindOptions}
        value={kind}
        searchable
        allowDeselect={false}
        onChange={(next) => setKind(kindNames.find((name) => name === next) ?? kind)}
      />
      <FieldsOf key={kind} kind={kind} />
    </Dialog>
  );
}

function FieldsOf({ kind }: { readonly kind: KindName }) {
  const { annotations } = useApp();
  const resource = annotations.customFields(kind);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Reading the fields" lines={3} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return (
    <>
      {state.data.length === 0 && (
        <p className={classes.quiet}>{`${kindOf(kind).plural} have none yet.`}</p>
      )}
      <ul aria-label={`Your own fields of ${inSentence(kindOf(kind).plural)}`}>
        {state.data.map((field) => (
          <FieldRow key={field.id} field={field} />
        ))}
      </ul>
      <NewField kind={kind} />
    </>
  );
}

function FieldRow({ field }: { readonly field: CustomField }) {
  const { annotations } = useApp();
  const [name, setName] = useState(field.name);
  const [error, setError] = useState<string | null>(null);
  async function rename(): Promise<void> {
    const next = name.trim();
    if (next === '' || next === field.name) return setName(field.name);
    const outcome = await annotations.updateField(field.id, { name: next });
    setError(outcome.ok ? null : outcome.failure.message);
  }
  return (
    <li className={classes.fieldRow}>
      <TextInput
        aria-label={`Name of the field ${field.name}`}
        value={name}
        error={error}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => void rename()}
        onKeyDown={(event) => event.key === 'Enter' && void rename()}
      />
      <span className={classes.quiet}>{describe(field)}</span>
      <Checkbox
        label="Required"
        checked={field.required}
        onChange={(event) =>
          void annotations.updateField(field.id, { required: event.currentTarget.checked })
        }
      />
      <IconButton
        label={`Delete the field ${field.name}`}
        icon={IconTrash}
        onClick={() => void annotations.removeField(field)}
      />
    </li>
  );
}

function describe({ type, options, target }: CustomField): string {
  if (type === 'choice') return (options ?? []).join(', ');
  return target === null ? typeLabels[type] : kindOf(target).label;
}

function NewField({ kind }: { readonly kind: KindName }) {
  const { annotations } = useApp();
  const [name, setName] = useState('');
  const [type, setType] = useState<CustomType>('text');
  const [options, setOptions] = useState('');
  const [target, setTarget] = useState<KindName>('device');
  const [failure, setFailure] = useState<ErrorText | null>(null);

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    const parsed = newCustomField.safeParse({
      kind,
      name,
      type,
      ...(type === 'choice' ? { options: optionsIn(options) } : {}),
      ...(type === 'reference' ? { target } : {}),
    });
    if (!parsed.success) {
      const hint = type === 'choice' ? 'Separate the options by commas.' : 'Give it a name.';
      return setFailure({ message: 'This is no field yet.', hint });
    }
    const outcome = await annotations.createField(parsed.data);
    setFailure(outcome.ok ? null : outcome.failure);
    if (outcome.ok) setName('');
  }
  return (
    <form onSubmit={(event) => void add(event)}>
      <div className={classes.form}>
        <TextInput
          label="Another field"
          placeholder="Warranty until"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Holds"
          data={customTypes.map((value) => ({ value, label: typeLabels[value] }))}
          value={type}
          allowDeselect={false}
          onChange={(next) => setType(customTypes.find((each) => each === next) ?? type)}
        />
        {type === 'choice' && (
          <TextInput
            label="Options"
            placeholder="new, used, broken"
            value={options}
            onChange={(event) => setOptions(event.currentTarget.value)}
          />
        )}
        {type === 'reference' && (
          <Select
            label="One of the"
            data={kindOptions}
            value={target}
            searchable
            allowDeselect={false}
            onChange={(next) => setTarget(kindNames.find((each) => each === next) ?? target)}
          />
        )}
      </div>
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      <Button type="submit" disabled={name.trim() === ''}>
        Add field
      </Button>
    </form>
  );
}

function optionsIn(text: string): string[] {
  return text
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '');
}
