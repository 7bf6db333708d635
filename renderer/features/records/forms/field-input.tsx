import { Select, Textarea, TextInput } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Field } from '../../../../shared/model/kinds/index.ts';
import { isMono } from '../record-value.tsx';
import { optionLabel } from '../record-words.ts';
import classes from '../records.module.css';
import type { FieldDraft } from './field-draft.ts';
import { ReferencePicker } from './reference-picker.tsx';

export interface FieldInputProps {
  readonly field: Field;
  readonly draft: FieldDraft;
  readonly onChange: (draft: FieldDraft) => void;
  /** The sentence at the field, else null. */
  readonly error?: string | null;
  /** Named for assistive technology only: the label stands elsewhere. */
  readonly bare?: boolean;
  readonly autoFocus?: boolean;
  readonly placeholder?: string | undefined;
  readonly onBlur?: (() => void) | undefined;
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
}

const examples: Partial<Readonly<Record<Field['type'], string>>> = {
  address: '10.0.20.1',
  'host-address': '10.0.20.11/24',
  prefix: '10.0.20.0/24',
  range: '10.0.20.100-10.0.20.199',
  mac: 'aa:bb:cc:dd:ee:ff',
  url: 'https://…',
  colour: 'blue, #3257cf',
  bytes: '16 GiB',
  speed: '1G, 2.5 GbE',
  watts: '65 W',
  'watt-hours': '400 Wh',
  amperes: '16 A',
  volts: '230 V',
  length: '2 m, 30 cm',
  minutes: '15 min',
};

/** Any field of any kind, taking what a person would type; what it means is read by `readDraft`. */
export function FieldInput(props: FieldInputProps) {
  const { field, draft, onChange, error = null, autoFocus = false } = props;
  const shared = {
    ...(props.bare
      ? { 'aria-label': field.label }
      : { label: field.label, description: field.help, withAsterisk: field.required === true }),
    error,
    autoFocus,
    'data-autofocus': autoFocus || undefined,
    onBlur: props.onBlur,
    onKeyDown: props.onKeyDown,
  };
  const placeholder = props.placeholder ?? examples[field.type];
  const setText = (text: string) => onChange({ text });
  switch (field.type) {
    case 'reference':
      return (
        <ReferencePicker
          {...shared}
          field={field}
          draft={draft}
          onChange={onChange}
          placeholder={props.placeholder}
        />
      );
    case 'choice':
      return (
        <ChoiceSelect
          {...shared}
          options={field.options.map((value) => ({ value, label: optionLabel(value) }))}
          {...{ field, draft, setText, placeholder }}
        />
      );
    case 'boolean':
      return (
        <ChoiceSelect {...shared} options={yesNo} {...{ field, draft, setText, placeholder }} />
      );
    case 'long-text':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxRows={10}
          placeholder={placeholder}
          value={draft.text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          placeholder={placeholder}
          classNames={isMono(field) ? { input: 'rh-mono' } : {}}
          leftSection={field.type === 'colour' ? <Sample text={draft.text} /> : undefined}
          value={draft.text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      );
  }
}

const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

interface ChoiceSelectProps {
  readonly field: Field;
  readonly draft: FieldDraft;
  readonly setText: (text: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder: string | undefined;
  readonly label?: string;
  readonly description?: ReactNode;
  readonly withAsterisk?: boolean;
  readonly error: string | null;
}

/** More than so many are found by typing. */
const searchableFrom = 8;

function ChoiceSelect({ field, draft, setText, options, description, ...rest }: ChoiceSelectProps) {
  return (
    <Select
      {...rest}
      {...(description === undefined ? {} : { description })}
      placeholder={rest.placeholder ?? (field.required ? 'Choose' : 'Not declared')}
      data={[...options]}
      searchable={options.length >= searchableFrom}
      clearable={field.required !== true}
      allowDeselect={false}
      value={draft.text === '' ? null : draft.text}
      onChange={(value) => setText(value ?? '')}
    />
  );
}

function Sample({ text }: { readonly text: string }) {
  const known = text !== '' && CSS.supports('color', text);
  return <span className={classes.sample} style={known ? { background: text } : {}} />;
}
