import { IconAlertTriangle, IconCircleMinus, IconPlus } from '@tabler/icons-react';
import type { EntryPreview, EntryRow } from '../../../shared/contract/quick-entry.ts';
import { Lines, PlainTable } from '../../ui/plain-table.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './quick-entry.module.css';

const columns = [{ title: 'Device' }, { title: 'What' }, { title: 'Place' }, { title: 'Says' }];

/** What each device would be, what is wrong first. */
export function EntryRows({ preview }: { readonly preview: EntryPreview }) {
  const { rows, total } = preview;
  if (rows.length === 0) return null;
  const more = total - rows.length;
  return (
    <>
      <PlainTable
        label="What would be added"
        columns={columns}
        rows={rows.map((row) => [
          <Device key="device" row={row} />,
          <What key="what" row={row} />,
          row.place === null ? '' : <bdi key="place">{row.place}</bdi>,
          <Says key="says" row={row} />,
        ])}
      />
      {more > 0 && <p className={classes.more}>{`and ${more.toLocaleString('en')} more alike`}</p>}
    </>
  );
}

function Device({ row }: { readonly row: EntryRow }) {
  return (
    <span className={classes.device}>
      <bdi className={classes.name}>{row.name || 'no name'}</bdi>
      {row.type !== null && <bdi className={classes.quiet}>{row.type}</bdi>}
    </span>
  );
}

function What({ row }: { readonly row: EntryRow }) {
  if (row.what.length === 0) return null;
  return (
    <span className="rh-mono">
      <Lines>
        {row.what.map((line) => (
          <bdi key={line}>{line}</bdi>
        ))}
      </Lines>
    </span>
  );
}

function Says({ row }: { readonly row: EntryRow }) {
  return (
    <div className={classes.says}>
      {row.state === 'new' && row.warnings.length === 0 && (
        <StatusBadge tone="ok" icon={IconPlus} plain>
          New
        </StatusBadge>
      )}
      {row.state === 'exists' && (
        <StatusBadge tone="neutral" icon={IconCircleMinus} plain>
          In the inventory already
        </StatusBadge>
      )}
      {row.state === 'faulty' &&
        row.problems.map(({ text }) => (
          <StatusBadge key={text} tone="danger" icon={IconAlertTriangle} plain>
            {text}
          </StatusBadge>
        ))}
      {row.warnings.map((text) => (
        <StatusBadge key={text} tone="warn" icon={IconAlertTriangle} plain>
          {text}
        </StatusBadge>
      ))}
    </div>
  );
}
