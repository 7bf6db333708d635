import type { Field, FieldValue } from '../../../../shared/model/kinds/index.ts';
import { formatTyped, parseTyped, type Typed } from '../../../../shared/model/kinds/typed.ts';

/** What a person has typed or chosen for a field. */
export interface FieldDraft {
  readonly text: string;
  /** Of a reference: what was chosen; `text` is what it is called. */
  readonly id?: string | null;
}

export const blank: FieldDraft = { text: '' };

/** What is stored, as a person would have typed it. `called`: what the reference is called. */
export function draftOf(field: Field, value: FieldValue, called = ''): FieldDraft {
  if (field.type === 'reference') {
    return value === null ? blank : { text: called, id: String(value) };
  }
  return { text: formatTyped(field, value) };
}

/** The value that the field then has, or what is wrong with it in a sentence. */
export function readDraft(field: Field, draft: FieldDraft): Typed {
  const typed = field.type === 'reference' ? readReference(draft) : parseTyped(field, draft.text);
  if (field.required && 'value' in typed && typed.value === null) {
    return { problem: `${field.label} is needed.` };
  }
  return typed;
}

function readReference({ text, id }: FieldDraft): Typed {
  if (id !== undefined && id !== null) return { value: id };
  return text.trim() === '' ? { value: null } : { problem: 'Choose one from the list, or add it.' };
}

/** What a field begins with where nothing else is said. */
export function firstDraft(field: Field): FieldDraft {
  return field.standard === undefined ? blank : draftOf(field, field.standard);
}
