import { IconArrowRight, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { Change } from '../../../shared/model/history.ts';
import { kinds } from '../../../shared/model/kinds/index.ts';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import {
  declaredFirst,
  type FieldChange,
  fieldChanges,
  type RowNames,
  rowName,
  tableWord,
} from './change-words.ts';
import classes from './history.module.css';
import { formatHistoryFilter, noHistoryFilter } from './history-filter.ts';

const operations = {
  insert: { label: 'Added', icon: IconPlus, tone: 'ok' },
  update: { label: 'Changed', icon: IconPencil, tone: 'info' },
  delete: { label: 'Deleted', icon: IconMinus, tone: 'danger' },
} as const;

/** The set that a change belongs to, for whoever wants to see how the thing was then. */
interface Then {
  readonly changeSet: string;
  readonly at: number;
}

/** The rows of one change set, field by field. */
export function ChangeList({ id, at }: { readonly id: string; readonly at: number }) {
  const { history } = useApp();
  const resource = history.changes(id);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Reading the changes" lines={3} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  const { changes, names, total } = state.data;
  return (
    <ul className={classes.changes}>
      {declaredFirst(changes).map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a change set is written once; a row may change twice in it
        <ChangeEntry key={index} change={change} names={names} then={{ changeSet: id, at }} />
      ))}
      {total > changes.length && (
        <li className={classes.rest}>and {formatCount(total - changes.length, 'more change')}</li>
      )}
    </ul>
  );
}

interface ChangeEntryProps {
  readonly change: Change;
  readonly names: RowNames;
  readonly then?: Then;
  /** It is not done: a preview. */
  readonly would?: boolean;
}

export function ChangeEntry({ change, names, then, would = false }: ChangeEntryProps) {
  const { label, icon, tone } = operations[change.operation];
  return (
    <li className={classes.change}>
      <div className={classes.changeHead}>
        <StatusBadge tone={tone} icon={icon}>
          {would ? `Would be ${label.toLowerCase()}` : label}
        </StatusBadge>
        <span className={classes.table}>{tableWord(change.table)}</span>
        <strong className={classes.row}>
          <bdi>{rowName(change, names)}</bdi>
        </strong>
        {!would && <ThingHistory change={change} names={names} />}
        {then && <ThingThen change={change} names={names} then={then} />}
      </div>
      <dl className={classes.fields} data-operation={change.operation}>
        {fieldChanges(change, names).map((field) => (
          <FieldDiff key={field.field} {...field} operation={change.operation} />
        ))}
      </dl>
    </li>
  );
}

/** Things that have a history of their own. */
const things: ReadonlySet<string> = new Set(kinds.map(({ table }) => table));

function ThingHistory({ change, names }: { readonly change: Change; readonly names: RowNames }) {
  if (!things.has(change.table)) return null;
  const query = formatHistoryFilter({ ...noHistoryFilter, thing: change.rowId });
  return (
    <a href={formatRoute({ screen: 'history', query })} className={classes.own}>
      Its history<span className="rh-hidden">: {rowName(change, names)}</span>
    </a>
  );
}

interface ThingThenProps {
  readonly change: Change;
  readonly names: RowNames;
  readonly then: Then;
}

/** Right after that change; of what it deleted, right before. */
function ThingThen({ change, names, then: { changeSet, at } }: ThingThenProps) {
  const { dialogs } = useApp();
  if (!things.has(change.table)) return null;
  const gone = change.operation === 'delete';
  const from = gone ? { moment: { at: at - 1 }, at: at - 1 } : { moment: { changeSet }, at };
  const name = rowName(change, names);
  return (
    <button
      type="button"
      className={classes.own}
      onClick={() => dialogs.setState({ kind: 'as-it-was', id: change.rowId, name, from }, true)}
    >
      {gone ? 'As it was before' : 'As it was then'}
      <span className="rh-hidden">: {name}</span>
    </button>
  );
}

function FieldDiff(props: FieldChange & { readonly operation: Change['operation'] }) {
  const { field, before, after, operation } = props;
  return (
    <div className={classes.field}>
      <dt>{field}</dt>
      <dd>
        {operation !== 'insert' && <Side as="del" text={before} />}
        {operation === 'update' && <IconArrowRight aria-label="became" className={classes.arrow} />}
        {operation !== 'delete' && <Side as="ins" text={after} />}
      </dd>
    </div>
  );
}

/** What was there before or is there after; nothing is neither taken away nor new. */
function Side({ as: Tag, text }: { readonly as: 'del' | 'ins'; readonly text: string | null }) {
  if (text === null) return <span className={classes.nothing}>nothing</span>;
  return (
    <Tag className={Tag === 'del' ? classes.before : classes.after}>
      <bdi>{text}</bdi>
    </Tag>
  );
}
