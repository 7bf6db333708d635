import type { Attachment, Subject } from '../../../shared/model/annotations.ts';
import type { CustomField } from '../../../shared/model/custom-fields.ts';
import type { FieldValue } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import { type Attachments, createAttachments } from './attachments.ts';
import { type CustomFields, createCustomFields } from './custom-fields.ts';
import { createNotes, type Notes } from './notes.ts';
import { type Changed, type Source, subjectName } from './subjects.ts';
import { type TagInput, tagThings } from './tags.ts';

export type { Attachments } from './attachments.ts';
export { checkFieldName } from './custom-fields.ts';
export { type CustomValues, checkedValues } from './custom-values.ts';
export { createNotes } from './notes.ts';

/** What is noted of one thing beside its own fields. */
export interface Annotated {
  readonly tags: string[];
  readonly notes: number;
  readonly fields: CustomField[];
  readonly values: { field: string; value: FieldValue; name: string | null }[];
  readonly attachments: Attachment[];
}

/** Tags, notes, custom fields and attachments of anything. Every change is one change set. */
export interface Annotations {
  readonly notes: Notes;
  readonly customFields: CustomFields;
  readonly attachments: Attachments;
  of(subject: Subject): Annotated;
  tag(input: TagInput, source?: Source): Changed;
}

export function createAnnotations(db: Database): Annotations {
  const { tags, notes, customFields, attachments } = db.tables;
  return {
    notes: createNotes(db),
    customFields: createCustomFields(db),
    attachments: createAttachments(db),
    of(subject) {
      subjectName(db, subject);
      const { kind, id } = subject;
      return {
        tags: [...(tags.of([id]).get(id) ?? [])],
        notes: notes.count(id),
        fields: customFields.list(kind),
        values: (customFields.valuesOf([id]).get(id) ?? []).map(({ fieldId, value, name }) => ({
          field: fieldId,
          value,
          name,
        })),
        attachments: attachments.of(id),
      };
    },
    tag: (input, source = 'app') => tagThings(db, input, source),
  };
}
