import type { ReactNode } from 'react';
import type { InventoryRecord } from '../../../../shared/contract/records.ts';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Relation } from '../../../../shared/model/kinds/relations.ts';
import { RecordLink } from '../../links/thing-links.tsx';
import { isMono, RecordValue, shownValue } from '../record-value.tsx';

/** A column of such a table; `lead` leads to the page of its row. */
interface RelatedColumn {
  readonly name: string;
  readonly title: string;
  readonly lead: boolean;
}

const shownAtMost = 6;
const seldom: ReadonlySet<string> = new Set(['ordinal', 'comment', 'slug']);

/** The key without what all of them have in common, then what is most telling. */
export function relatedColumns({ kind, field }: Relation): readonly RelatedColumn[] {
  const { key, fields } = kind;
  const lead = key.findLast((name) => name !== field && fields[name]?.type !== 'reference');
  const names = [
    ...(lead === undefined ? [] : [lead]),
    ...key.filter((name) => name !== lead && name !== field),
    ...Object.keys(fields).filter(
      (name) => name !== field && !key.includes(name) && !seldom.has(name),
    ),
  ].slice(0, shownAtMost);
  return names.map((name) => ({
    name,
    title: fields[name]?.label ?? name,
    lead: name === lead,
  }));
}

export function relatedCells(
  kind: KindName,
  columns: readonly RelatedColumn[],
  row: InventoryRecord,
): ReactNode[] {
  const { fields } = kindOf(kind);
  return columns.map(({ name, lead }) => {
    const field = fields[name];
    if (field === undefined) return null;
    if (!lead) return <RecordValue key={name} record={row} name={name} field={field} />;
    const own = shownValue(field, row.values[name] ?? null);
    return (
      <span key={name} className={isMono(field) ? 'rh-mono' : undefined}>
        <RecordLink kind={kind} id={row.id} name={own || row.name || 'unnamed'} />
      </span>
    );
  });
}
