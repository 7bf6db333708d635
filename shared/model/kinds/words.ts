import { formatCount } from '../amounts.ts';
import type { Kind } from './kind.ts';

/** A label inside a sentence; `VLAN`, `MTU`, `CI runner` and `MAC address` stay as they are. */
export function inSentence(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** `1 VLAN`, `12 address ranges`. */
export function countOf(kind: Kind, count: number): string {
  return formatCount(count, inSentence(kind.label), inSentence(kind.plural));
}

/** `a VLAN`, `an interface`. */
export function oneOf(kind: Kind): string {
  const word = inSentence(kind.label);
  return `${/^[aeio]/.test(word) ? 'an' : 'a'} ${word}`;
}
