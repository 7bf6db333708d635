import type { ReactNode } from 'react';
import type { ObjectPage, RelatedObject } from '../../../../shared/cluster/object-page.ts';
import type { ClusterColumn } from '../../../../shared/cluster/row.ts';
import { formatRoute } from '../../../app/routes.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Field, FieldList } from '../../../ui/field-list.tsx';
import { FoldedSection } from '../../../ui/folded-section.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { ObjectLink, objectRoute } from '../cluster-links.tsx';
import { ClusterStatusBadge } from '../cluster-status.tsx';
import { sentence } from '../status-look.ts';
import { CellValue } from '../table/cell-value.tsx';
import { allOfIt, formatClusterQuery } from '../table/cluster-query.ts';
import { EventTable } from './events-tab.tsx';
import { KeyList } from './key-list.tsx';
import { NodeDevice } from './node-device.tsx';
import classes from './object.module.css';
import type { ObjectTabProps } from './object-tab-props.ts';
import { RelatedList } from './related-list.tsx';
import { TroubledPods } from './troubled-pods.tsx';

/** Of the newest; their own tab has all. */
const eventsShown = 5;

const nameOfObject = ({ kind, namespace, name }: RelatedObject) =>
  `${kind} ${namespace ?? ''} ${name}`;

/** How it stands and why, and what it hangs together with. */
export function OverviewTab({ context, page }: ObjectTabProps) {
  const { owners, owned, events } = page;
  const told = new Set([...owners, ...owned].map(nameOfObject));
  const related = page.related.filter((each) => !told.has(nameOfObject(each)));
  return (
    <div className={classes.scrolls}>
      <Why context={context} page={page} />
      <TroubledPods context={context} page={page} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Details context={context} page={page} />
          {page.containers.length > 0 && <Containers page={page} />}
          {page.keys.length > 0 && (
            <Section title="Keys">
              <KeyList context={context} page={page} />
            </Section>
          )}
          {page.conditions.length > 0 && <Conditions page={page} />}
          {events.length > 0 && (
            <Section title="Newest events">
              <EventTable events={events.slice(0, eventsShown)} />
            </Section>
          )}
        </div>
        <div className={classes.column}>
          {owners.length > 0 && (
            <Section title="Belongs to">
              <RelatedList context={context} objects={owners} />
            </Section>
          )}
          {owned.length > 0 && (
            <Section title="Made by it">
              <RelatedList context={context} objects={owned} total={page.ownedTotal} />
            </Section>
          )}
          {related.length > 0 && (
            <Section title="Hangs together with">
              <RelatedList
                context={context}
                objects={related}
                total={page.relatedTotal - (page.related.length - related.length)}
              />
            </Section>
          )}
          <Texts title="Labels" texts={page.labels} />
          <Texts title="Annotations" texts={page.annotations} />
        </div>
      </div>
    </div>
  );
}

/** The state of it in one sentence, the first thing to be read. */
function Why({ context, page }: ObjectTabProps) {
  const { row, one } = page;
  const { status, leavingSince } = row;
  return (
    <section className={classes.why} data-level={status.level} aria-label={`How the ${one} stands`}>
      <strong>{status.label}.</strong> {status.why !== null && <bdi>{sentence(status.why)}</bdi>}
      <span className={classes.quiet}>
        {status.since !== null && (
          <>
            {' '}
            Since <Ago at={status.since} />.
          </>
        )}
        {leavingSince !== null && (
          <>
            {' '}
            It is being deleted, begun <Ago at={leavingSince} />.
          </>
        )}
      </span>
      {saidWhy(page) && (
        <>
          {' '}
          <a className={classes.toLog} href={formatRoute(logOf(context, page))}>
            Read what it said
          </a>
        </>
      )}
    </section>
  );
}

/** Of what ended by an error of its own, only its log knows more. */
function saidWhy({ kind, row, containers }: ObjectPage): boolean {
  const isTroubled = row.status.level === 'bad' || row.status.level === 'warn';
  return kind === 'pods' && isTroubled && containers.some(({ restarts }) => restarts > 0);
}

function logOf(context: string, { kind, row: { namespace, name } }: ObjectPage) {
  return { ...objectRoute({ context, kind, namespace, name }), tab: 'logs' };
}

function Details({ context, page }: ObjectTabProps) {
  const { row, columns, kind } = page;
  return (
    <Section title="Details">
      <FieldList>
        {row.namespace !== null && (
          <Field label="Namespace">
            <ObjectLink context={context} kind="namespaces" namespace={null} name={row.namespace} />
          </Field>
        )}
        {kind === 'nodes' && (
          <>
            <NodeDevice name={row.name} />
            <Field label="Pods">
              <PodsOfNode context={context} node={row.name} />
            </Field>
          </>
        )}
        {columns
          .filter(({ id }) => !isTold(page, id))
          .map((column) => (
            <Detail key={column.id} context={context} page={page} column={column} />
          ))}
        <Field label="Added">
          {row.createdAt === null ? 'unknown' : <Ago at={row.createdAt} />}
        </Field>
        <Field label="UID" mono>
          {row.uid}
        </Field>
      </FieldList>
    </Section>
  );
}

/** It stands on the page already, and better. */
function isTold({ owners, containers }: ObjectPage, column: string): boolean {
  if (column === 'owner') return owners.length > 0;
  return column === 'images' && containers.length > 0;
}

function PodsOfNode({ context, node }: { readonly context: string; readonly node: string }) {
  const query = formatClusterQuery({ ...allOfIt, where: [{ column: 'node', is: node }] });
  return (
    <a
      className={classes.link}
      href={formatRoute({ screen: 'cluster', context, kind: 'pods', query })}
    >
      Pods on this node
    </a>
  );
}

interface DetailProps extends ObjectTabProps {
  readonly column: ClusterColumn;
}

/** What nobody knows of it takes no line. */
function Detail({ context, page, column }: DetailProps) {
  const value = page.row.cells[column.id] ?? null;
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return null;
  // What is referred to stands with its namespace among what it hangs together with.
  const target =
    column.refers === null
      ? undefined
      : [...page.owners, ...page.related].find(
          (each) => each.kind === column.refers && each.name === value,
        );
  return (
    <Field label={column.label}>
      {target === undefined || target.presence === 'missing' ? (
        <CellValue value={value} column={column} />
      ) : (
        <ObjectLink context={context} {...target} />
      )}
    </Field>
  );
}

function Containers({ page }: { readonly page: ObjectPage }) {
  const roles = { main: 'main', init: 'before it', sidecar: 'beside it' } as const;
  return (
    <Section title="Containers">
      <ul className={classes.containers}>
        {page.containers.map(({ name, image, role, status, restarts }) => (
          <li key={name} className={classes.container}>
            <div className={classes.containerHead}>
              <bdi className={classes.containerName}>{name}</bdi>
              {role !== 'main' && <span className={classes.quiet}>{roles[role]}</span>}
              <ClusterStatusBadge status={status} plain />
              {restarts > 0 && (
                <span className={classes.quiet}>{`restarted ${times(restarts)}`}</span>
              )}
            </div>
            <bdi className={`${classes.image} rh-mono`}>{image}</bdi>
            {status.why !== null && (
              <p className={classes.whyText}>
                <bdi>{sentence(status.why)}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const times = (count: number) => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`);

const conditionColumns = [
  { title: 'Condition' },
  { title: 'Is' },
  { title: 'Since' },
  { title: 'Why' },
] as const;

function Conditions({ page }: { readonly page: ObjectPage }) {
  return (
    <Section title="Conditions">
      <PlainTable
        label="Conditions"
        columns={conditionColumns}
        rows={page.conditions.map(({ type, status, reason, message, lastTransitionTime }) => [
          <bdi key="type">{type}</bdi>,
          <bdi key="status">{status}</bdi>,
          <span key="since" className={classes.whole}>
            {lastTransitionTime === null ? '' : <Ago at={lastTransitionTime} short />}
          </span>,
          <bdi key="why" className={classes.message}>
            {message === '' ? reason : message}
          </bdi>,
        ])}
      />
    </Section>
  );
}

/** Labels and the like: seldom read, and often many. */
function Texts({
  title,
  texts,
}: {
  readonly title: string;
  readonly texts: Readonly<Record<string, string>>;
}): ReactNode {
  const entries = Object.entries(texts);
  if (entries.length === 0) return null;
  return (
    <FoldedSection title={title} note={entries.length.toLocaleString('en')}>
      <dl className={classes.texts}>
        {entries.slice(0, 200).map(([key, value]) => (
          <div key={key} className={classes.textItem}>
            <dt>
              <bdi className="rh-mono">{key}</bdi>
            </dt>
            <dd>
              <bdi className="rh-mono">{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </FoldedSection>
  );
}
