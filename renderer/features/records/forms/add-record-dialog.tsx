import { useEffect, useState } from 'react';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Values } from '../../../../shared/model/kinds/schema.ts';
import { inSentence, oneOf } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import { useFieldFailure } from '../../../app/field-failure.ts';
import type { Failure } from '../../../rpc/failure.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { DraftFindings } from '../../lint/draft-findings.tsx';
import classes from '../records.module.css';
import { blank, type FieldDraft } from './field-draft.ts';
import { FieldInput } from './field-input.tsx';
import { type Drafts, firstDrafts, formFields, nextDrafts, readForm } from './form-fields.ts';

interface AddRecordDialogProps {
  readonly record: KindName;
  /** What is known of it already; references are ids. */
  readonly values?: Values | undefined;
  /** It was added, and the dialog is about to close. Absent: its page is shown where that is no list of its kind. */
  readonly onAdded?: ((id: string, name: string) => void) | undefined;
  readonly onClose: () => void;
}

const noValues: Values = {};

/** Adds one of any kind by hand, or several after one another. */
export function AddRecordDialog(props: AddRecordDialogProps) {
  const { record, values: given = noValues, onAdded, onClose } = props;
  const { records } = useApp();
  const kind = kindOf(record);
  const [drafts, setDrafts] = useState(() => firstDrafts(kind, given));
  const [tried, setTried] = useState(false);
  const refused = useFieldFailure(Object.keys(kind.fields));
  useGivenNames(record, given, setDrafts);
  const { values, problems } = readForm(kind, drafts);

  async function add(): Promise<{ readonly id: string } | { readonly failure: Failure | null }> {
    setTried(true);
    if (Object.keys(problems).length > 0) return { failure: null };
    const outcome = await records.create(record, values);
    return outcome.ok ? outcome.value : { failure: refused.take(outcome.failure) };
  }

  async function submit(): Promise<Failure | null> {
    const added = await add();
    if ('failure' in added) return added.failure;
    onAdded?.(added.id, onAdded === undefined ? '' : await records.nameOf(record, added.id));
    onClose();
    return null;
  }

  async function addAndGoOn(): Promise<Failure | null> {
    const added = await add();
    if ('failure' in added) return added.failure;
    setTried(false);
    setDrafts((before) => nextDrafts(kind, before));
    return null;
  }

  return (
    <FormDialog
      title={`Add ${oneOf(kind)}`}
      submit={`Add ${inSentence(kind.label)}`}
      onSubmit={submit}
      {...(onAdded === undefined && { again: { label: 'Add and go on', onSubmit: addAndGoOn } })}
      onClose={onClose}
    >
      <RecordForm
        record={record}
        given={Object.keys(given)}
        drafts={drafts}
        onChange={(name, draft) => {
          refused.forget();
          setDrafts((before) => ({ ...before, [name]: draft }));
        }}
        errorOf={(name) => (tried ? problems[name] : undefined) ?? refused.errorOf(name)}
      />
      <DraftFindings kind={record} id={null} values={values} />
    </FormDialog>
  );
}

/** What the references that were given are called, once that is known. */
function useGivenNames(
  record: KindName,
  given: Values,
  setDrafts: (change: (before: Drafts) => Drafts) => void,
): void {
  const { records } = useApp();
  useEffect(() => {
    let gone = false;
    for (const [name, field] of Object.entries(kindOf(record).fields)) {
      const id = given[name];
      if (field.type !== 'reference' || typeof id !== 'string') continue;
      void records.nameOf(field.to as KindName, id).then((text) => {
        // kinds refer to kinds
        if (gone) return;
        setDrafts((before) =>
          before[name]?.id === id ? { ...before, [name]: { text, id } } : before,
        );
      });
    }
    return () => {
      gone = true;
    };
  }, [records, record, given, setDrafts]);
}

interface RecordFormProps {
  readonly record: KindName;
  /** Fields that were filled in beforehand. */
  readonly given: readonly string[];
  readonly drafts: Drafts;
  readonly onChange: (name: string, draft: FieldDraft) => void;
  readonly errorOf: (name: string) => string | null;
}

/** The fields that matter first; the others below, opened where one of them is wrong. */
function RecordForm({ record, given, drafts, onChange, errorOf }: RecordFormProps) {
  const kind = kindOf(record);
  const [{ first, rest }] = useState(() => formFields(kind, given));
  const focused = first.find((name) => !given.includes(name));
  const input = (name: string) => {
    const field = kind.fields[name];
    if (field === undefined) return null;
    return (
      <div key={name} className={field.type === 'long-text' ? classes.wide : undefined}>
        <FieldInput
          field={field}
          draft={drafts[name] ?? blank}
          onChange={(draft) => onChange(name, draft)}
          error={errorOf(name)}
          autoFocus={name === focused}
        />
      </div>
    );
  };
  const wrongBelow = rest.some((name) => errorOf(name) !== null);
  return (
    <>
      <div className={classes.form}>{first.map(input)}</div>
      {rest.length > 0 && (
        <details className={classes.more} open={wrongBelow || undefined}>
          <summary>{`More fields (${rest.length})`}</summary>
          <div className={classes.form}>{rest.map(input)}</div>
        </details>
      )}
    </>
  );
}
