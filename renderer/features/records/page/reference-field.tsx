import { IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { IconButton } from '../../../ui/button.tsx';
import editable from '../../../ui/editable-field.module.css';
import { changedElsewhere, editStep } from '../../../ui/field-edit.ts';
import { RecordLink } from '../../links/thing-links.tsx';
import { type FieldDraft, readDraft } from '../forms/field-draft.ts';
import { ReferencePicker } from '../forms/reference-picker.tsx';
import classes from './record-page.module.css';

interface ReferenceFieldProps {
  readonly field: {
    readonly type: 'reference';
    readonly to: string;
    readonly label: string;
    readonly required?: true;
  };
  readonly value: string | null;
  /** What it refers to is called so. */
  readonly called: string;
  readonly openRequest: number;
  /** Gives a sentence where it could not be kept. */
  readonly onSave: (id: string | null) => Promise<string | null>;
}

/** A reference that leads to what it refers to, and is chosen anew in place. */
export function ReferenceField(props: ReferenceFieldProps) {
  const { field, value, called, openRequest } = props;
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const returning = useRef(false);
  useEffect(() => {
    if (openRequest > 0) setEditing(true);
  }, [openRequest]);
  // The button exists again only once the field has gone.
  useEffect(() => {
    if (!editing && returning.current) button.current?.focus();
    returning.current = false;
  }, [editing]);
  const label = `Edit ${field.label.toLowerCase()}`;
  return (
    <div className={editable.field}>
      <dt className={editable.label}>{field.label}</dt>
      <dd className={editable.value}>
        {editing ? (
          <ReferenceEditor
            {...props}
            onClose={(returnFocus) => {
              returning.current = returnFocus;
              setEditing(false);
            }}
          />
        ) : value === null ? (
          <button
            ref={button}
            type="button"
            className={editable.button}
            onClick={() => setEditing(true)}
          >
            <span className="rh-hidden">{`${label}: `}</span>
            <span className={editable.missing}>not declared</span>
          </button>
        ) : (
          <span className={classes.reference}>
            <span className={classes.referenceName}>
              <RecordLink kind={field.to as KindName} id={value} name={called} />
            </span>
            <IconButton
              ref={button}
              label={label}
              icon={IconPencil}
              onClick={() => setEditing(true)}
            />
          </span>
        )}
      </dd>
    </div>
  );
}

interface ReferenceEditorProps extends ReferenceFieldProps {
  readonly onClose: (returnFocus: boolean) => void;
}

function ReferenceEditor({ field, value, called, onSave, onClose }: ReferenceEditorProps) {
  const [draft, setDraft] = useState<FieldDraft>(
    value === null ? { text: '' } : { text: called, id: value },
  );
  // It may change while the field is open: in another window, or by a reading.
  const [base, setBase] = useState(value);
  const [error, setError] = useState<string | null>(null);

  async function keep(next: FieldDraft): Promise<void> {
    setDraft(next);
    const typed = readDraft(field, next);
    // Words that name nothing yet are no choice; the field stays for it.
    if ('problem' in typed) return setError(null);
    const id = typeof typed.value === 'string' ? typed.value : null;
    const step = editStep({ typed: id ?? '', base: base ?? '', live: value ?? '' });
    if (step === 'unchanged') return;
    if (step === 'ask') {
      setBase(value);
      return setError(changedElsewhere(called, 'Choosing it again'));
    }
    const refused = await onSave(id);
    if (refused === null) onClose(true);
    else setError(refused);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose(true);
  }

  return (
    <ReferencePicker
      field={field}
      bare
      draft={draft}
      onChange={(next) => void keep(next)}
      error={error}
      autoFocus
      onKeyDown={onKeyDown}
      // With a reason in it, it stays until it is dropped or another is chosen.
      onBlur={() => error !== null || onClose(false)}
    />
  );
}
