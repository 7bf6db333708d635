import {
  IconAlertTriangle,
  IconArrowRight,
  IconMinus,
  IconPencil,
  IconPlus,
} from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { ImportSummary, ShownDifference } from '../../../shared/contract/exchange.ts';
import { fileKindOf } from '../../../shared/model/custom-field-kind.ts';
import { useApp } from '../../app/app-context.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import classes from './exchange.module.css';
import { differencesPage } from './exchange-store.ts';

const actions = {
  add: { label: 'Add', icon: IconPlus, tone: 'ok' },
  change: { label: 'Change', icon: IconPencil, tone: 'info' },
  delete: { label: 'Delete', icon: IconMinus, tone: 'danger' },
} as const;

/** Each thing that the file would change, field by field. */
export function DifferenceTable({ summary }: { readonly summary: ImportSummary }) {
  const { exchange } = useApp();
  const pages = useStore(exchange.store, (state) => state.pages);
  const rowAt = (index: number) => {
    const row = pages.get(Math.floor(index / differencesPage))?.[index % differencesPage];
    return row === undefined ? null : <Row difference={row} />;
  };
  return (
    <VirtualTable
      label="What would change"
      className={classes.table}
      columns={4}
      count={summary.total}
      onRange={exchange.ensure}
      rowAt={rowAt}
      head={
        <tr>
          <th scope="col">Change</th>
          <th scope="col">Thing</th>
          <th scope="col">Fields</th>
          <th scope="col" data-align="end">
            Line
          </th>
        </tr>
      }
    />
  );
}

function Row({ difference }: { readonly difference: ShownDifference }) {
  const { action, kind, name, line, conflict } = difference;
  const { label, icon, tone } = actions[action];
  return (
    <tr>
      <td>
        <StatusBadge tone={tone} icon={icon} plain>
          {label}
        </StatusBadge>
        {conflict && (
          <StatusBadge tone="warn" icon={IconAlertTriangle} plain>
            On both sides
          </StatusBadge>
        )}
      </td>
      <td>
        <span className={classes.kind}>{fileKindOf(kind).label}</span>{' '}
        <bdi className={classes.name}>{name}</bdi>
      </td>
      <td>
        <Fields action={action} fields={told(difference)} />
      </td>
      <td data-align="end" className="rh-figures">
        {line ?? ''}
      </td>
    </tr>
  );
}

/** What is not in its name already. */
function told({ action, kind, fields }: ShownDifference): ShownDifference['fields'] {
  const { key } = fileKindOf(kind);
  return action === 'add' ? fields.filter(({ field }) => !key.includes(field)) : fields;
}

/** Of something new, as many as fit into a line or two. */
const fieldsOfNew = 6;

function Fields({ action, fields }: Pick<ShownDifference, 'action' | 'fields'>) {
  if (action === 'add') {
    const shown = fields.slice(0, fieldsOfNew);
    const more = fields.length - shown.length;
    return (
      <span className={classes.fresh}>
        {shown.map(({ field, label, after }) => (
          <span key={field}>
            <span className={classes.label}>{label}</span> <bdi>{after}</bdi>
          </span>
        ))}
        {more > 0 && <span className={classes.label}>{`and ${more} more`}</span>}
      </span>
    );
  }
  return (
    <dl className={classes.fields}>
      {fields.map(({ field, label, before, after, conflict }) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd>
            <Side text={before} /> <IconArrowRight aria-label="becomes" className={classes.arrow} />{' '}
            <Side text={after} />
            {conflict && <span className={classes.clash}>changed on both sides</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Side({ text }: { readonly text: string | null }) {
  return text === null ? <span className={classes.label}>nothing</span> : <bdi>{text}</bdi>;
}
