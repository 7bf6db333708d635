import { IconChevronLeft, IconChevronRight, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { InventoryRecord, RecordDependents } from '../../../../shared/contract/records.ts';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { type Relation, relationsTo } from '../../../../shared/model/kinds/relations.ts';
import { inSentence } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import { formatRoute, routeOfKind } from '../../../app/routes.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { formatFilter, noFilter } from '../record-filter.ts';
import { relatedPageSize } from '../records-store.ts';
import { isShownByPart } from './page-parts.ts';
import classes from './record-page.module.css';
import { relatedCells, relatedColumns } from './related-columns.tsx';

interface RelatedProps {
  readonly kind: KindName;
  readonly id: string;
  readonly dependents: readonly RecordDependents[];
  /** Relations that the page shows in a way of its own: `interface.device`. */
  readonly without?: readonly string[];
}

const keyOf = ({ kind, field }: Relation) => `${kind.name}.${field}`;

/** Everything that refers to a thing, a table for each way; and what could be added to it. */
export function Related({ kind, id, dependents, without = [] }: RelatedProps) {
  const relations = relationsTo(kind).filter(
    (relation) => !without.includes(keyOf(relation)) && !isShownByPart(kind, keyOf(relation)),
  );
  const countOf = (relation: Relation) =>
    dependents.find((each) => each.kind === relation.kind.name && each.field === relation.field)
      ?.count ?? 0;
  const there = relations.filter((relation) => countOf(relation) > 0);
  const empty = relations.filter((relation) => countOf(relation) === 0);
  return (
    <>
      {there.map((relation) => (
        <RelatedSection
          key={keyOf(relation)}
          relation={relation}
          id={id}
          count={countOf(relation)}
        />
      ))}
      {empty.length > 0 && <NoneYet relations={empty} id={id} />}
    </>
  );
}

/** `Interfaces`; where a kind may refer in several ways, also by which: `Interfaces, member of`. */
function titleOf({ kind, field }: Relation): string {
  const target = kind.fields[field];
  const ways = Object.values(kind.fields).filter(
    (each) => each.type === 'reference' && target?.type === 'reference' && each.to === target.to,
  );
  const label = inSentence(target?.label ?? field);
  return ways.length > 1 ? `${kind.plural}: ${label}` : kind.plural;
}

interface RelatedSectionProps {
  readonly relation: Relation;
  readonly id: string;
  readonly count: number;
}

function RelatedSection({ relation, id, count }: RelatedSectionProps) {
  const { dialogs } = useApp();
  const name = relation.kind.name as KindName; // every kind has a name of the list
  const [page, setPage] = useState(0);
  const pages = Math.ceil(count / relatedPageSize);
  const at = Math.min(page, Math.max(0, pages - 1));
  const all = name === 'device' ? null : allHref(name, relation.field, id);
  return (
    <Section
      title={titleOf(relation)}
      note={count.toLocaleString('en')}
      actions={
        <>
          {pages > 1 && <Pager page={at} pages={pages} onChange={setPage} />}
          {pages > 1 && all !== null && (
            <a className={classes.all} href={all}>
              Show as table
            </a>
          )}
          <Button
            icon={IconPlus}
            onClick={() =>
              dialogs.setState(
                { kind: 'add-record', record: name, values: { [relation.field]: id } },
                true,
              )
            }
          >
            {`Add ${inSentence(relation.kind.label)}`}
          </Button>
        </>
      }
    >
      <RelatedRows relation={relation} id={id} page={at} />
    </Section>
  );
}

function allHref(kind: Exclude<KindName, 'device'>, field: string, id: string): string {
  const filter = { ...noFilter(kind), where: [{ field, any: [id] }] };
  return formatRoute(routeOfKind(kind, formatFilter(filter)));
}

interface RelatedRowsProps {
  readonly relation: Relation;
  readonly id: string;
  readonly page: number;
}

function RelatedRows({ relation, id, page }: RelatedRowsProps) {
  const { records } = useApp();
  const name = relation.kind.name as KindName; // see above
  const state = useResource(records.related({ kind: name, field: relation.field, id }, page));
  if (state.status === 'loading') return <Skeleton label="Reading them" lines={3} />;
  if (state.status === 'failed') return <p>{state.failure.message}</p>;
  const columns = relatedColumns(relation);
  return (
    <PlainTable
      label={titleOf(relation)}
      columns={[
        ...columns.map(({ title }) => ({ title })),
        { title: 'Delete', align: 'end' as const, quiet: true },
      ]}
      rows={state.data.rows.map((row) => [
        ...relatedCells(name, columns, row),
        <DeleteButton key="delete" kind={name} row={row} />,
      ])}
    />
  );
}

function DeleteButton({ kind, row }: { readonly kind: KindName; readonly row: InventoryRecord }) {
  const { dialogs } = useApp();
  return (
    <span className={classes.rowAction}>
      <IconButton
        label={`Delete ${isolated(row.name)}`}
        icon={IconTrash}
        onClick={() =>
          dialogs.setState({ kind: 'delete-records', record: kind, ids: [row.id] }, true)
        }
      />
    </span>
  );
}

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly onChange: (page: number) => void;
}

function Pager({ page, pages, onChange }: PagerProps) {
  return (
    <span className={classes.pager}>
      <IconButton
        label="Page before"
        icon={IconChevronLeft}
        disabled={page === 0}
        onClick={() => onChange(page - 1)}
      />
      {page + 1} of {pages.toLocaleString('en')}
      <IconButton
        label="Next page"
        icon={IconChevronRight}
        disabled={page === pages - 1}
        onClick={() => onChange(page + 1)}
      />
    </span>
  );
}

/** One line for all that nothing refers by: what could be added. */
function NoneYet({
  relations,
  id,
}: {
  readonly relations: readonly Relation[];
  readonly id: string;
}) {
  const { dialogs } = useApp();
  return (
    <Section title="Not declared yet">
      <div className={classes.noneYet}>
        {relations.map((relation) => (
          <Button
            key={keyOf(relation)}
            icon={IconPlus}
            onClick={() =>
              dialogs.setState(
                {
                  kind: 'add-record',
                  record: relation.kind.name as KindName, // see above
                  values: { [relation.field]: id },
                },
                true,
              )
            }
          >
            {addTitle(relation)}
          </Button>
        ))}
      </div>
    </Section>
  );
}

function addTitle(relation: Relation): string {
  const own = titleOf(relation);
  const { label, plural } = kindOf(relation.kind.name);
  return own === plural ? label : own.replace(plural, label);
}
