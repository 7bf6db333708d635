import type { Kind } from '../../../shared/model/kinds/index.ts';
import { inSentence } from '../../../shared/model/kinds/words.ts';

/** `pi-1`, `pi-1 and pi-2`, `12 devices`. */
export function whichRecords(
  kind: Kind,
  ids: readonly string[],
  nameOf: (id: string) => string,
): string {
  const names = ids.slice(0, 2).map(nameOf);
  if (ids.length > 2) return `${ids.length} ${inSentence(kind.plural)}`;
  return `${inSentence(ids.length === 1 ? kind.label : kind.plural)} ${names.join(' and ')}`;
}

/** `speed`, `speed and MTU`, `4 fields`. */
export function fieldsText(kind: Kind, fields: readonly string[]): string {
  if (fields.length > 2) return `${fields.length} fields`;
  return fields.map((name) => inSentence(kind.fields[name]?.label ?? name)).join(' and ');
}
