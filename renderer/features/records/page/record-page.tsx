import { IconCalendar, IconCopy, IconHistory, IconTrash } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { InventoryRecord } from '../../../../shared/contract/records.ts';
import { id as recordId } from '../../../../shared/model/inventory.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { inSentence } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import { ListCrumb } from '../../../app/list-crumb.tsx';
import { type ListedKind, routeOfThing } from '../../../app/routes.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import layout from '../../../ui/columns.module.css';
import { Crumbs } from '../../../ui/crumbs.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { MoreMenu, MoreMenuItem } from '../../../ui/more-menu.tsx';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { FindingsOf } from '../../lint/finding-list.tsx';
import { kindIcons } from '../kind-icons.ts';
import { RecordValue } from '../record-value.tsx';
import type { RecordDetails } from '../records-store.ts';
import { partsOf } from './page-parts.ts';
import { RecordFields } from './record-fields.tsx';
import classes from './record-page.module.css';
import { Related } from './related.tsx';

interface RecordPageProps {
  readonly kind: ListedKind;
  readonly id: string;
}

/** One thing of any kind: what is declared of it. */
export function RecordPage({ kind, id }: RecordPageProps) {
  // Anybody may type an address; what is no id is that of nothing.
  return recordId.safeParse(id).success ? <Known kind={kind} id={id} /> : <NotThere kind={kind} />;
}

function NotThere({ kind: name }: { readonly kind: ListedKind }) {
  const { router } = useApp();
  const kind = kindOf(name);
  return (
    <EmptyState
      icon={kindIcons[name]}
      title={`This ${inSentence(kind.label)} is not in the inventory`}
      actions={
        <Button
          onClick={() => router.up(`kinds/${name}`)}
        >{`All ${inSentence(kind.plural)}`}</Button>
      }
    >
      It may have been deleted. Undo brings it back.
    </EmptyState>
  );
}

function Known({ kind, id }: RecordPageProps) {
  const { records } = useApp();
  const resource = records.one(kind, id);
  const state = useResource(resource);
  if (state.status === 'failed' && state.failure.code === 'NOT_FOUND') {
    return <NotThere kind={kind} />;
  }
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  if (state.status === 'loading') {
    return (
      <>
        <PageHeader title={kindOf(kind).plural} />
        <PageBody>
          <Skeleton label="Reading it" lines={10} />
        </PageBody>
      </>
    );
  }
  return <Page kind={kind} details={state.data} />;
}

interface PageProps {
  readonly kind: ListedKind;
  readonly details: RecordDetails;
}

function Page({ kind, details: { record, dependents } }: PageProps) {
  const { fields } = kindOf(kind);
  const names = Object.keys(fields);
  return (
    <>
      <RecordHeader kind={kind} record={record} />
      <PageBody>
        <RecordHead kind={kind} record={record} />
        <div className={classes.body}>
          <FindingsOf id={record.id} />
          <RecordFields kind={kind} record={record} names={names} />
          <div className={layout.stack}>
            {partsOf(kind, 'above').map(({ id, component: Part }) => (
              <Part key={id} kind={kind} record={record} />
            ))}
            <Related kind={kind} id={record.id} dependents={dependents} />
            {partsOf(kind, 'below').map(({ id, component: Part }) => (
              <Part key={id} kind={kind} record={record} />
            ))}
          </div>
        </div>
      </PageBody>
    </>
  );
}

interface RecordOfKind {
  readonly kind: ListedKind;
  readonly record: InventoryRecord;
}

function RecordHeader({ kind: name, record }: RecordOfKind) {
  const { dialogs, records, router } = useApp();
  const { id } = record;
  const kind = kindOf(name);
  async function duplicate(): Promise<void> {
    const copy = await records.duplicate(name, id);
    if (copy !== null) router.go(routeOfThing(name, copy));
  }
  return (
    <PageHeader
      takesFocus
      windowTitle={record.name}
      title={
        <Crumbs
          above={[
            {
              id: name,
              link: <ListCrumb screen={`kinds/${name}`}>{kind.plural}</ListCrumb>,
            },
          ]}
          here={record.name}
        />
      }
      actions={
        <>
          <Button icon={IconCopy} onClick={() => void duplicate()}>
            Duplicate
          </Button>
          <MoreMenu label="More actions">
            <MoreMenuItem
              icon={IconHistory}
              onClick={() => router.go({ screen: 'history', query: `thing=${id}` })}
            >
              {`History of this ${inSentence(kind.label)}`}
            </MoreMenuItem>
            <MoreMenuItem
              icon={IconCalendar}
              onClick={() => dialogs.setState({ kind: 'as-it-was', id, name: record.name }, true)}
            >
              As it was on …
            </MoreMenuItem>
            <MoreMenuItem
              icon={IconTrash}
              onClick={() =>
                dialogs.setState({ kind: 'delete-records', record: name, ids: [id] }, true)
              }
            >
              {`Delete ${inSentence(kind.label)}`}
            </MoreMenuItem>
          </MoreMenu>
        </>
      }
    />
  );
}

function RecordHead({ kind: name, record }: RecordOfKind) {
  const kind = kindOf(name);
  const KindShape = kindIcons[name];
  const lead = kind.key.findLast((field) => kind.fields[field]?.type !== 'reference');
  const called = lead === undefined ? record.name : String(record.values[lead] ?? record.name);
  const owners = kind.key.filter((field) => kind.fields[field]?.type === 'reference');
  return (
    <div className={classes.head}>
      <span className={classes.tile} aria-hidden>
        <KindShape />
      </span>
      <div className={classes.headText}>
        <bdi className={classes.name} title={called}>
          {called}
        </bdi>
        <span className={classes.subline}>
          {kind.label}
          {owners.map((field) => {
            const description = kind.fields[field];
            return (
              description &&
              record.values[field] !== null && (
                <Fragment key={field}>
                  {' · '}
                  <RecordValue record={record} name={field} field={description} />
                </Fragment>
              )
            );
          })}
        </span>
      </div>
    </div>
  );
}
