import type { Kind } from '../../../shared/model/kinds/index.ts';

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

/** A label inside a sentence; `VLAN`, `MTU` and `MAC address` stay as they are. */
export function inSentence(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
