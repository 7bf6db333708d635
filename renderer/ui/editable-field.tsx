import { Select, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import classes from './editable-field.module.css';

interface EditableFieldProps {
  readonly label: string;
  /** What is stored, as text; empty: nothing. */
  readonly value: string;
  /** What shows while not edited, where it differs from the value. */
  readonly display?: string;
  readonly mono?: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder?: string;
  /** A sentence where the text cannot be taken, else null. */
  readonly validate?: (text: string) => string | null;
  /** Called only with a valid and changed text. */
  readonly onSave: (text: string) => void;
}

/** A value that becomes a field when pressed. Enter keeps, Escape drops, leaving it keeps. */
export function EditableField(props: EditableFieldProps) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const shown = props.display ?? props.value;

  function close(): void {
    setEditing(false);
    // The button exists again only after the next render.
    requestAnimationFrame(() => button.current?.focus());
  }

  return (
    <div className={classes.field}>
      <dt className={classes.label}>{props.label}</dt>
      <dd className={classes.value}>
        {editing ? (
          <Editor {...props} onClose={close} />
        ) : (
          <button
            ref={button}
            type="button"
            className={classes.button}
            data-mono={props.mono || undefined}
            aria-label={`Edit ${props.label.toLowerCase()}: ${shown || 'not declared'}`}
            onClick={() => setEditing(true)}
          >
            {shown || <span className={classes.missing}>not declared</span>}
          </button>
        )}
      </dd>
    </div>
  );
}

function Editor(props: EditableFieldProps & { readonly onClose: () => void }) {
  const { label, value, onSave, onClose, validate, options } = props;
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const dropped = useRef(false);

  function keep(next: string): void {
    if (dropped.current) return;
    const problem = next === '' ? null : (validate?.(next) ?? null);
    setError(problem);
    if (problem !== null) return;
    dropped.current = true;
    if (next.trim() !== value) onSave(next.trim());
    onClose();
  }

  function drop(): void {
    dropped.current = true;
    onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      drop();
    } else if (event.key === 'Enter' && options === undefined) keep(text);
  }

  if (options !== undefined) {
    return (
      <Select
        aria-label={label}
        data={[...options]}
        value={value || null}
        autoFocus
        defaultDropdownOpened
        onChange={(next) => keep(next ?? '')}
        onBlur={drop}
        onKeyDown={onKeyDown}
        classNames={{ input: classes.input }}
      />
    );
  }
  return (
    <TextInput
      aria-label={label}
      value={text}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      placeholder={props.placeholder ?? ''}
      error={error}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => keep(text)}
      onKeyDown={onKeyDown}
      classNames={{ input: props.mono ? `${classes.input} rh-mono` : classes.input }}
    />
  );
}
