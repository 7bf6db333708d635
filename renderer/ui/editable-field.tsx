import { useRef, useState } from 'react';
import classes from './editable-field.module.css';
import { FieldEditor, type FieldEditorProps } from './field-editor.tsx';
import { isolated } from './isolate.ts';

interface EditableFieldProps extends Omit<FieldEditorProps, 'onClose'> {
  /** What shows while not edited, where it differs from the value. */
  readonly display?: string;
}

/** More than this of a long text in a button's name helps nobody. */
const longestName = 80;

function nameOf(label: string, shown: string): string {
  const text = shown.length > longestName ? `${shown.slice(0, longestName)}…` : shown;
  return `Edit ${label.toLowerCase()}: ${isolated(text) || 'not declared'}`;
}

/**
 * A value that becomes a field when pressed. Enter keeps, Escape drops, leaving it keeps. What could
 * not be kept stays in the field with the reason.
 */
export function EditableField(props: EditableFieldProps) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const shown = props.display ?? props.value;

  function close(returnFocus: boolean): void {
    setEditing(false);
    // The button exists again only after the next render.
    if (returnFocus) requestAnimationFrame(() => button.current?.focus());
  }

  return (
    <div className={classes.field}>
      <dt className={classes.label}>{props.label}</dt>
      <dd className={classes.value}>
        {editing ? (
          <FieldEditor {...props} onClose={close} />
        ) : (
          <button
            ref={button}
            type="button"
            className={classes.button}
            data-mono={props.mono || undefined}
            data-multiline={props.multiline || undefined}
            aria-label={nameOf(props.label, shown)}
            onClick={() => setEditing(true)}
          >
            {shown ? <bdi>{shown}</bdi> : <span className={classes.missing}>not declared</span>}
          </button>
        )}
      </dd>
    </div>
  );
}
