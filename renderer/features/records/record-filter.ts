import type { RecordCondition } from '../../../shared/contract/records.ts';
import { type FieldValue, type Kind, kindOf } from '../../../shared/model/kinds/index.ts';
import type { ListedKind } from '../../app/routes.ts';

/** What the table of a kind is narrowed to and ordered by; it stands in the URL. */
export interface RecordFilter {
  readonly kind: ListedKind;
  readonly search: string;
  /** At most one for each field. */
  readonly where: readonly RecordCondition[];
  /** No field: by what a row is called. */
  readonly sort: { readonly field: string | null; readonly descending: boolean };
}

/** By their numbers; anything else by what it is called, from the outside in. */
const byNumber: Partial<Readonly<Record<ListedKind, string>>> = {
  address: 'address',
  vlan: 'number',
};

const firstSort = (kind: ListedKind): RecordFilter['sort'] => ({
  field: byNumber[kind] ?? null,
  descending: false,
});

export function noFilter(kind: ListedKind): RecordFilter {
  return { kind, search: '', where: [], sort: firstSort(kind) };
}

/** Fields stand apart from what is about the whole table. */
const fieldPrefix = 'f.';
const none = '-';
const something = '*';
const holds = '~';

function parseValue(kind: Kind, name: string, text: string): FieldValue {
  const type = kind.fields[name]?.type;
  if (type === 'boolean') return text === 'yes';
  return text;
}

function parseCondition(kind: Kind, name: string, text: string): RecordCondition | null {
  if (!Object.hasOwn(kind.fields, name) || text === '') return null;
  if (text === none) return { field: name, declared: false };
  if (text === something) return { field: name, declared: true };
  if (text.startsWith(holds)) {
    const contains = text.slice(holds.length, 200);
    return contains === '' ? null : { field: name, contains };
  }
  const any = text
    .split(',')
    .slice(0, 100)
    .map((part) => parseValue(kind, name, part));
  return { field: name, any };
}

/** Reads a hash query; what it does not know it leaves out, so an old link still opens. */
export function parseFilter(name: ListedKind, query: string): RecordFilter {
  const kind = kindOf(name);
  const params = new URLSearchParams(query);
  const sorted = params.get('sort') ?? '';
  const field = sorted.replace(/^-/, '');
  const known = Object.hasOwn(kind.fields, field);
  const descending = sorted.startsWith('-');
  return {
    kind: name,
    search: (params.get('search') ?? '').slice(0, 200),
    where: Object.keys(kind.fields).flatMap((each) => {
      const text = params.get(fieldPrefix + each);
      return text === null ? [] : (parseCondition(kind, each, text) ?? []);
    }),
    sort: known || sorted === '-' ? { field: known ? field : null, descending } : firstSort(name),
  };
}

function formatValue(value: FieldValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function formatCondition(condition: RecordCondition): string {
  if ('declared' in condition) return condition.declared ? something : none;
  if ('contains' in condition) return holds + condition.contains;
  return ('any' in condition ? condition.any : [condition.value]).map(formatValue).join(',');
}

/** The shortest query that `parseFilter` reads back as the same filter. */
export function formatFilter({ kind, search, where, sort }: RecordFilter): string {
  const params = new URLSearchParams();
  if (search !== '') params.set('search', search);
  for (const condition of where) {
    params.set(fieldPrefix + condition.field, formatCondition(condition));
  }
  const key = `${sort.descending ? '-' : ''}${sort.field ?? ''}`;
  if (key !== (firstSort(kind).field ?? '')) params.set('sort', key);
  return params.toString();
}

/** Whether anything is left out by the filter; sorting leaves out nothing. */
export function isNarrowed({ search, where }: RecordFilter): boolean {
  return search !== '' || where.length > 0;
}

/** With that condition in place of what there is for its field; null: without any. */
export function withCondition(
  filter: RecordFilter,
  field: string,
  condition: RecordCondition | null,
): RecordFilter {
  const others = filter.where.filter((each) => each.field !== field);
  return { ...filter, where: condition === null ? others : [...others, condition] };
}

/** A second press on the same column turns it round. */
export function sortedBy(filter: RecordFilter, field: string | null): RecordFilter {
  const same = filter.sort.field === field;
  return { ...filter, sort: { field, descending: same && !filter.sort.descending } };
}
