import type { InventoryRecord } from '../../../../shared/contract/records.ts';
import { type Field, type Kind, kindOf } from '../../../../shared/model/kinds/index.ts';
import { formatRoute, type ListedKind } from '../../../app/routes.ts';
import type { ColumnsOffered } from '../../../ui/data-table/column-choice.ts';
import type { DataColumn } from '../../../ui/data-table/columns.ts';
import { isMono, RecordValue, shownValue } from '../record-value.tsx';
import classes from '../records.module.css';

/** Stands for what a row is called where no single field says it. */
const nameColumn = ':name';

/** The field that tells a row from its like: of `pi-1 eth0` the name `eth0`. */
export function leadField({ key, fields }: Kind): string | null {
  return key.findLast((name) => fields[name]?.type !== 'reference') ?? null;
}

const widths: Partial<Readonly<Record<Field['type'], number>>> = {
  text: 150,
  'long-text': 220,
  url: 220,
  choice: 120,
  reference: 170,
  'host-address': 180,
  address: 150,
  prefix: 170,
  range: 260,
  mac: 150,
};
const otherWidth = 104;

const isAmount = ({ type }: Field) =>
  widths[type] === undefined && type !== 'boolean' && type !== 'colour';

/** Every column that the table of a kind may have, the one that names the row first. */
export function columnsOf(name: ListedKind): readonly DataColumn<InventoryRecord>[] {
  const kind = kindOf(name);
  const lead = leadField(kind);
  const others = [
    ...kind.key.filter((each) => each !== lead),
    ...Object.keys(kind.fields).filter((each) => !kind.key.includes(each)),
  ];
  return [leadColumn(name, lead), ...others.flatMap((each) => columnOf(kind, each))];
}

function leadColumn(name: ListedKind, lead: string | null): DataColumn<InventoryRecord> {
  const field = lead === null ? undefined : kindOf(name).fields[lead];
  return {
    id: lead ?? nameColumn,
    header: field?.label ?? 'Name',
    size: 210,
    sortable: true,
    cell: (row) => {
      const own = field && lead !== null ? shownValue(field, row.values[lead] ?? null) : '';
      return (
        <a
          className={field && isMono(field) ? `${classes.lead} rh-mono` : classes.lead}
          href={formatRoute({ screen: 'thing', kind: name, id: row.id })}
          onClick={(event) => event.stopPropagation()}
        >
          <bdi>{own || row.name || 'unnamed'}</bdi>
        </a>
      );
    },
  };
}

function columnOf(kind: Kind, name: string): DataColumn<InventoryRecord>[] {
  const field = kind.fields[name];
  if (field === undefined) return [];
  return [
    {
      id: name,
      header: field.label,
      size: widths[field.type] ?? otherWidth,
      sortable: true,
      ...((name === 'purpose' || field.type === 'long-text') && { grow: true }),
      ...(isAmount(field) && { align: 'end' as const }),
      cell: (row) => <RecordValue record={row} name={name} field={field} />,
    },
  ];
}

/** What a sortable column is sorted by; null: by what the row is called. */
export const sortOf = (columnId: string) => (columnId === nameColumn ? null : columnId);
export const columnOfSort = (field: string | null, kind: Kind) =>
  field ?? (leadField(kind) === null ? nameColumn : (kind.key[0] ?? nameColumn));

/** Those that were chosen, in their own order; the last takes the room that is left. */
export function shownColumns(
  name: ListedKind,
  chosen: readonly string[],
): readonly DataColumn<InventoryRecord>[] {
  const shown = columnsOf(name).filter(({ id }, index) => index === 0 || chosen.includes(id));
  if (shown.some(({ grow }) => grow)) return shown;
  const last = shown.findLastIndex(({ align }) => align === undefined);
  return shown.map((column, index) => (index === last ? { ...column, grow: true } : column));
}

const firstByKind = new Map<ListedKind, ColumnsOffered>();

/** The same object for a kind each time. */
export function columnsOffered(name: ListedKind): ColumnsOffered {
  const known = firstByKind.get(name) ?? {
    storageKey: `rackhelm-shown-${name}`,
    known: columnsOf(name).map(({ id }) => id),
    first: firstColumns(name),
  };
  firstByKind.set(name, known);
  return known;
}

/** So many fit a window of 1440 pixels. */
const shownAtFirst = 7;
const seldom: ReadonlySet<string> = new Set(['ordinal', 'slug', 'weight', 'airflow']);

/** What is seen until a person chooses, beside the name: the key, then what is most telling. */
function firstColumns(name: ListedKind): readonly string[] {
  const { fields } = kindOf(name);
  return columnsOf(name)
    .slice(1)
    .map(({ id }) => id)
    .filter((id) => !seldom.has(id) && fields[id]?.type !== 'long-text')
    .slice(0, shownAtFirst - 1);
}
