import { Select, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import classes from './editable-field.module.css';

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
  const [error, setError] = useState<string | null>(null);
  // Closing takes the field away, which is one more blur; and one save at a time is enough.
  const settled = useRef(false);

  async function keep(typed: string, returnFocus: boolean): Promise<void> {
    if (settled.current) return;
    const next = typed.trim();
    const problem = next === value ? null : (validate?.(next) ?? null);
    setError(problem);
    if (problem !== null) return;
    settled.current = true;
    const refused = next === value ? null : await props.onSave(next);
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
    onBlur: () => void keep(text, false),
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
