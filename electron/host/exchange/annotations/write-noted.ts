import { customFieldKind } from '../../../../shared/model/custom-field-kind.ts';
import type { CustomField } from '../../../../shared/model/custom-fields.ts';
import type { BareRow } from '../../db/index.ts';
import type { InventoryRows } from '../inventory-rows.ts';
import type { ReferenceWords } from '../reference-words.ts';
import { definitionOf, definitionsByKind } from './definitions.ts';
import { annotationKey, attachmentOf, noteOf } from './keys.ts';

/** What is noted of a thing, in the order of files. */
export interface Noted {
  readonly tags: readonly string[];
  readonly custom: readonly (readonly [name: string, value: string | number | boolean])[];
  readonly notes: readonly NotedItem[];
  readonly attachments: readonly NotedItem[];
}

export type NotedItem = readonly (readonly [word: string, value: string | number])[];

const nothing: Noted = { tags: [], custom: [], notes: [], attachments: [] };

export function createNoted(rows: InventoryRows, words: ReferenceWords) {
  const definitions = (rows.byKind.get(customFieldKind.name) ?? []).map(({ id, values }) =>
    definitionOf(id, values),
  );
  const fields = definitionsByKind(definitions);
  return (kindName: string, { values }: BareRow): Noted => {
    const found = Object.entries(values).flatMap(([field, value]) => {
      const key = value === null ? undefined : annotationKey(field);
      return key === undefined ? [] : [{ ...key, value }];
    });
    if (found.length === 0) return nothing;
    const of = (type: string) => found.filter((one) => one.type === type);
    const notes = of('note').map(({ id, value }) => noteOf(id, value));
    const attachments = of('attachment').map(({ id, value }) => attachmentOf(id, value));
    return {
      tags: of('tag')
        .sort((a, b) => compare(a.id, b.id))
        .map(({ value }) => String(value)),
      custom: (fields.get(kindName) ?? []).flatMap((field) => {
        const value = values[`custom:${field.id}`] ?? null;
        return value === null ? [] : [[field.name, written(field, String(value), words)] as const];
      }),
      notes: notes
        .sort((a, b) => a.at - b.at || compare(a.id, b.id))
        .map(({ id, text, at, editedAt }) => [
          ['text', text],
          ['when', moment(at)],
          ...(editedAt === null ? [] : [['edited', moment(editedAt)] as const]),
          ['id', id],
        ]),
      attachments: attachments
        .sort((a, b) => a.addedAt - b.addedAt || compare(a.id, b.id))
        .map(({ id, name, sha256, sizeBytes, mediaType, width, height, addedAt }) => [
          ['name', name],
          ['sha256', sha256],
          ['size', sizeBytes],
          ['type', mediaType],
          ...(width === null ? [] : [['width', width] as const]),
          ...(height === null ? [] : [['height', height] as const]),
          ['added', moment(addedAt)],
          ['id', id],
        ]),
    };
  };
}

const moment = (time: number) => new Date(time).toISOString();

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function written(field: CustomField, value: string, words: ReferenceWords) {
  if (field.target !== null) return words.of(field.target, value);
  if (field.type === 'number') return Number(value);
  return field.type === 'boolean' ? value === 'true' : value;
}
