import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Field, FieldValue, Kind } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { inSentence } from '../../../shared/model/kinds/words.ts';
import { nextNames } from '../../../shared/model/name-count.ts';
import { bitsOf, formatAddress, parseAddress } from '../../../shared/network/address.ts';
import { formatPrefix, parseHostAddress, parsePrefix } from '../../../shared/network/prefix.ts';
import { countOf, formatRange, parseRange } from '../../../shared/network/range.ts';
import type { Database } from '../db/index.ts';
import { uniqueFields } from './copied-kinds.ts';

interface ToCount {
  readonly values: Values;
  readonly copies: number;
  /** What was counted on already and is not written yet; grows. */
  readonly given: Set<string>;
}

/** No person looks for a free one any further. */
const mostTried = 5_000;

/**
 * What makes `copies` rows like this one others: `pi-2`, `pi-3`; of a VLAN its number, too; of a prefix
 * the next of its size. Throws INVALID_INPUT where nothing can be counted on or none is left.
 */
export function countedOn(db: Database, kind: Kind, { values, copies, given }: ToCount): Values[] {
  const counted: Record<string, FieldValue>[] = Array.from({ length: copies }, () => ({}));
  for (const fields of uniqueFields(kind)) {
    const name = fields.at(-1) ?? '';
    const field = kind.fields[name];
    if (field === undefined || field.type === 'reference') throw notCopied(kind);
    const value = values[name] ?? null;
    // Only of what is not unique is a part of the key left out.
    if (value === null) continue;
    const others = Object.fromEntries(fields.slice(0, -1).map((one) => [one, values[one] ?? null]));
    const keyOf = (next: FieldValue) => JSON.stringify([others, name, lower(next)]);
    const isTaken = (next: FieldValue) =>
      given.has(keyOf(next)) ||
      db.tables.records.list(kind, { ...oneRow, where: conditionsOf({ ...others, [name]: next }) })
        .total > 0;
    // `Raspberry Pi 6` would be another product.
    const from = kind.name === 'device-type' ? `${value} (1)` : value;
    const following = nextValues(field, from, { copies, isTaken });
    for (const next of following) given.add(keyOf(next));
    if (following.length < copies) throw noneLeft(kind, field);
    following.forEach((next, index) => {
      const into = counted[index];
      if (into !== undefined) into[name] = next;
    });
  }
  return counted;
}

/** Rows that hold just these values. */
export const conditionsOf = (values: Values) =>
  Object.entries(values).map(([field, value]) => ({ field, value }));

const lower = (value: FieldValue) => (typeof value === 'string' ? value.toLowerCase() : value);

const oneRow = { words: [], sort: { field: null, descending: false }, offset: 0, limit: 1 };

interface Wanted {
  readonly copies: number;
  readonly isTaken: (value: FieldValue) => boolean;
}

function nextValues(field: Field, value: FieldValue, { copies, isTaken }: Wanted): FieldValue[] {
  if (field.type === 'text' && typeof value === 'string') {
    const names = nextNames(value, copies, isTaken);
    return names.filter((name) => name.length <= field.most);
  }
  const found: FieldValue[] = [];
  let last: FieldValue | undefined = value;
  for (let tries = 0; tries < mostTried && found.length < copies; tries += 1) {
    last = nextOf(field, last);
    if (last === undefined) break;
    if (!isTaken(last)) found.push(last);
  }
  return found;
}

function nextOf(field: Field, value: FieldValue): FieldValue | undefined {
  if (typeof value === 'number') {
    return 'most' in field && value >= field.most ? undefined : value + 1;
  }
  if (typeof value !== 'string') return undefined;
  switch (field.type) {
    case 'address':
      return addressAfter(value);
    case 'host-address': {
      const host = parseHostAddress(value);
      const next = host && addressAfter(formatAddress(host.address));
      return next && `${next}/${host.length}`;
    }
    case 'prefix': {
      const prefix = parsePrefix(value);
      if (prefix === undefined || prefix.last + 1n >= 1n << BigInt(bitsOf(prefix.family))) return;
      return formatPrefix({
        ...prefix,
        first: prefix.last + 1n,
        last: prefix.last + countOf(prefix),
      });
    }
    case 'range': {
      const range = parseRange(value);
      if (range === undefined) return undefined;
      const last = range.last + countOf(range);
      if (last >= 1n << BigInt(bitsOf(range.family))) return undefined;
      return formatRange({ ...range, first: range.last + 1n, last });
    }
    default:
      return undefined;
  }
}

function addressAfter(text: string): string | undefined {
  const address = parseAddress(text);
  if (address === undefined || address.value + 1n >= 1n << BigInt(bitsOf(address.family))) return;
  return formatAddress({ ...address, value: address.value + 1n });
}

function notCopied(kind: Kind): RackhelmError {
  return new RackhelmError('INVALID_INPUT', `A ${inSentence(kind.label)} cannot be duplicated.`, {
    hint: 'It joins two things, and joins them once; add another one instead.',
  });
}

function noneLeft(kind: Kind, field: Field): RackhelmError {
  return new RackhelmError(
    'INVALID_INPUT',
    `No free ${inSentence(field.label)} follows for so many copies.`,
    { hint: `Duplicate fewer, or add a ${inSentence(kind.label)} and say which.` },
  );
}
