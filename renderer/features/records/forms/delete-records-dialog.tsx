import type { RecordConsequences } from '../../../../shared/contract/records.ts';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { countOf, inSentence } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { DeleteDialog } from '../../../ui/delete-dialog.tsx';
import { isolatedList } from '../../../ui/isolate.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useReason } from '../../history/use-reason.tsx';
import removal from '../../inventory/removal-list.module.css';

interface DeleteRecordsDialogProps {
  readonly record: KindName;
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Says what goes along and what only loses its reference, before anything is deleted. */
export function DeleteRecordsDialog({ record, ids, onClose }: DeleteRecordsDialogProps) {
  const { records, router } = useApp();
  const [first = ''] = ids;
  const one = useResource(records.one(record, first));
  const called = one.status === 'ready' ? one.data.record.name : countOf(kindOf(record), 1);
  const name = ids.length === 1 ? called : countOf(kindOf(record), ids.length);

  const reason = useReason(ids.length);

  async function remove() {
    const outcome = await records.remove(record, ids, name);
    if (!outcome.ok) return outcome.failure;
    void reason.keep(outcome.value.changeSetId);
    const route = router.store.getState();
    // The page of what is gone would only say so.
    if (route.screen === 'thing' && ids.includes(route.id)) router.up(`kinds/${route.kind}`);
    if (route.screen === 'device' && ids.includes(route.id)) router.up('devices');
    onClose();
    return null;
  }

  return (
    <DeleteDialog
      name={name}
      onDelete={remove}
      onClose={onClose}
      details={
        <>
          <Consequences record={record} ids={ids} />
          {reason.field}
        </>
      }
    >
      You can undo this, also after a restart.
    </DeleteDialog>
  );
}

function Consequences({ record, ids }: Omit<DeleteRecordsDialogProps, 'onClose'>) {
  const { records } = useApp();
  const state = useResource(records.consequences(record, ids));
  if (state.status === 'loading') return <Skeleton label="Looking what hangs on it" lines={3} />;
  if (state.status === 'failed') {
    return <p>What hangs on it could not be read: {state.failure.message}</p>;
  }
  const { goes, loses } = state.data;
  return (
    <>
      <Part title="Goes along" rows={goes} />
      <Part title="Stays, but loses what it refers to" rows={loses} />
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly rows: RecordConsequences['goes'];
}

function Part({ title, rows }: PartProps) {
  if (rows.length === 0) return null;
  return (
    <section className={removal.part}>
      <h3 className={removal.title}>{title}</h3>
      <ul className={removal.list}>
        {rows.map(({ kind, field, count, names }) => {
          const label = field === null ? undefined : kindOf(kind).fields[field]?.label;
          return (
            <li key={`${kind} ${field}`}>
              {countOf(kindOf(kind), count)}
              {label !== undefined && ` (${inSentence(label)})`}
              <span className={removal.names}>
                : {isolatedList(names)}
                {count > names.length && ` and ${(count - names.length).toLocaleString('en')} more`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
