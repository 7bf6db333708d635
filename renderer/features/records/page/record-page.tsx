import { id as recordId } from '../../../../shared/model/inventory.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { inSentence } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import { ListCrumb } from '../../../app/list-crumb.tsx';
import type { ListedKind } from '../../../app/routes.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Field, FieldList } from '../../../ui/field-list.tsx';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { FindingsOf } from '../../lint/finding-list.tsx';
import { kindIcons } from '../kind-icons.ts';
import { RecordValue } from '../record-value.tsx';
import type { RecordDetails } from '../records-store.ts';
import classes from './record-page.module.css';

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

function Page({ kind: name, details: { record } }: PageProps) {
  const kind = kindOf(name);
  return (
    <>
      <PageHeader
        takesFocus
        windowTitle={record.name}
        title={
          <span className={classes.crumbs}>
            <ListCrumb screen={`kinds/${name}`} className={classes.crumb}>
              {kind.plural}
            </ListCrumb>
            <span className={classes.slash} aria-hidden>
              /
            </span>
            <bdi className={classes.crumbName} title={record.name}>
              {record.name}
            </bdi>
          </span>
        }
      />
      <PageBody>
        <div className={classes.body}>
          <FindingsOf id={record.id} />
          <FieldList>
            {Object.entries(kind.fields).map(([field, description]) => (
              <Field key={field} label={description.label}>
                {record.values[field] !== null && (
                  <RecordValue record={record} name={field} field={description} />
                )}
              </Field>
            ))}
          </FieldList>
        </div>
      </PageBody>
    </>
  );
}
