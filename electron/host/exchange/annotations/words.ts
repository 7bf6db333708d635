import { fileKindOf } from '../../../../shared/model/custom-field-kind.ts';
import type { FieldValue } from '../../../../shared/model/kinds/index.ts';
import type { Names } from '../inventory-rows.ts';
import { annotationKey, attachmentOf, noteOf } from './keys.ts';

const labels = { tag: 'Tag', note: 'Note', attachment: 'Attachment' } as const;

type ValuesOf = (id: string) => Readonly<Record<string, FieldValue>> | undefined;

/** How something noted is called and said in a preview; undefined for a field of the kind's own. */
export function notedWords(field: string, valuesOf: ValuesOf) {
  const key = annotationKey(field);
  if (key === undefined) return undefined;
  const { type, id } = key;
  const definition = type === 'custom' ? valuesOf(id) : undefined;
  const label = type === 'custom' ? String(definition?.name ?? 'Custom field') : labels[type];
  const text = (value: Exclude<FieldValue, null>, names: Names): string => {
    if (type === 'note') return noteOf(id, value).text;
    if (type === 'attachment') {
      const { name, sizeBytes } = attachmentOf(id, value);
      return `${name} (${sizeBytes.toLocaleString('en')} bytes)`;
    }
    if (definition?.type === 'boolean') return value === 'true' ? 'yes' : 'no';
    const { target } = definition ?? {};
    return typeof target === 'string' ? names.of(fileKindOf(target), String(value)) : String(value);
  };
  return { label, text };
}
