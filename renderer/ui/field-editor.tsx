import { Select, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import classes from './editable-field.module.css';
import { changedElsewhere, type EditStep, editStep } from './field-edit.ts';

export interface FieldEditorProps {
  readonly label: string;
  /** What is stored, as text; empty: nothing. */
  readonly value: string;
  readonly mono?: boolean;
  /** Of several lines: Enter makes a new one, Control or Command with it keeps. */
  readonly multiline?: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder?: string;
  /** A sentence where the text cannot be taken, else null. It may be empty. */
  readonly validate?: (text: string) => string | null;
  /** Called only with a valid and changed text; gives a sentence where it could not be kept. */
  readonly onSave: (text: string) => Promise<string | null>;
  /** `returnFocus`: unless the person went on elsewhere. */
  readonly onClose: (returnFocus: boolean) => void;
}

/** The field that an `EditableField` becomes. */
export function FieldEditor(props: FieldEditorProps) {
  const { label, value, validate, options, multiline = false } = props;
  const [text, setText] = useState(value);
  // The value may change while the field is open: in another window, or by a reading.
  const [base, setBase] = useState(value);
  const [opened] = useState(value);
  const [error, setError] = useState<string | null>(null);
  // Closing takes the field away, which is one more blur; and one save at a time is enough.
  const settled = useRef(false);

  const optionOf = (each: string) => options?.find((option) => option.value === each);
  const keepKeys =
    options !== undefined ? 'Choosing it again' : multiline ? 'Control-Enter' : 'Enter';

  /** What is to be corrected or decided first; else null. */
  function obstacle(next: string, step: EditStep): string | null {
    if (step === 'unchanged') return null;
    const problem = validate?.(next) ?? null;
    if (problem !== null || step === 'save') return problem;
    setBase(value);
    return changedElsewhere(optionOf(value)?.label ?? value, keepKeys);
  }

  async function keep(typed: string, returnFocus: boolean): Promise<void> {
    if (settled.current) return;
    const next = typed.trim();
    const step = editStep({ typed, base, live: value });
    const problem = obstacle(next, step);
    setError(problem);
    if (problem !== null) return;
    settled.current = true;
    const refused = step === 'unchanged' ? null : await props.onSave(next);
    if (refused === null) return props.onClose(returnFocus);
    settled.current = false;
    setError(refused);
  }

  function drop(returnFocus: boolean): void {
    settled.current = true;
    props.onClose(returnFocus);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      drop(true);
    } else if (event.key === 'Enter' && options === undefined) {
      if (!multiline || event.ctrlKey || event.metaKey) void keep(text, true);
    }
  }

  const shared = { 'aria-label': label, autoFocus: true, error, onKeyDown };
  if (options !== undefined) {
    return (
      <Select
        {...shared}
        data={[...options]}
        value={value || null}
        defaultDropdownOpened
        onChange={(next) => void keep(next ?? '', true)}
        // With a reason in it, it stays until it is dropped or another is chosen.
        onBlur={() => settled.current || error !== null || drop(false)}
        classNames={{ input: classes.input }}
      />
    );
  }
  const typing = {
    ...shared,
    value: text,
    placeholder: props.placeholder ?? '',
    // Who was told of another's change decides by a key; going elsewhere is no decision.
    onBlur: () => base === opened && void keep(text, false),
    classNames: { input: props.mono ? `${classes.input} rh-mono` : classes.input },
  };
  if (multiline) {
    return (
      <Textarea
        {...typing}
        autosize
        maxRows={12}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...typing}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
