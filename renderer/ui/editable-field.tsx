import { useEffect, useRef, useState } from 'react';
import classes from './editable-field.module.css';
import { FieldEditor, type FieldEditorProps } from './field-editor.tsx';

interface EditableFieldProps extends Omit<FieldEditorProps, 'onClose'> {
  /** What shows while not edited, where it differs from the value. */
  readonly display?: string;
  /** Counts how often it was asked for from elsewhere: each time it opens. */
  readonly openRequest?: number;
}

/**
 * A value that becomes a field when pressed. Enter keeps, Escape drops, leaving it keeps. What could
 * not be kept stays in the field with the reason.
 */
export function EditableField(props: EditableFieldProps) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const shown = props.display ?? props.value;

  const returning = useRef(false);
  const { openRequest = 0 } = props;

  useEffect(() => {
    if (openRequest > 0) setEditing(true);
  }, [openRequest]);

  // The button exists again only once the field has gone.
  useEffect(() => {
    if (!editing && returning.current) button.current?.focus();
    returning.current = false;
  }, [editing]);

  function close(returnFocus: boolean): void {
    returning.current = returnFocus;
    setEditing(false);
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
            onClick={() => setEditing(true)}
          >
            <span className="rh-hidden">{`Edit ${props.label.toLowerCase()}: `}</span>
            {shown ? <bdi>{shown}</bdi> : <span className={classes.missing}>not declared</span>}
          </button>
        )}
      </dd>
    </div>
  );
}
