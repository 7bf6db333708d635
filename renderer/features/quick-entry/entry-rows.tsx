import { IconAlertTriangle, IconCircleMinus, IconPlus } from '@tabler/icons-react';
import type { EntryPreview, EntryRow } from '../../../shared/contract/quick-entry.ts';
import { Lines, PlainTable } from '../../ui/plain-table.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './quick-entry.module.css';

const columns = [
  { title: 'Device' },
  { title: 'Interfaces' },
  { title: 'Place' },
  { title: 'State' },
];

/** What each device would be, what is wrong first. */
export function EntryRows({ preview }: { readonly preview: EntryPreview }) {
  const { rows, total } = preview;
  if (rows.length === 0) return null;
  const more = total - rows.length;
  // A column in which nothing stands is no column.
  const shown = columns.filter(
    ({ title }) =>
      (title !== 'Place' || rows.some(({ place }) => place !== null)) &&
      (title !== 'Interfaces' || rows.some(({ what }) => what.length > 0)),
  );
  return (
    <>
      <PlainTable
        label="What would be added"
        columns={shown}
        rows={rows.map((row) => shown.map(({ title }) => cellOf(title, row)))}
      />
      {more > 0 && <p className={classes.more}>{`and ${more.toLocaleString('en')} more alike`}</p>}
    </>
  );
}

function cellOf(title: string, row: EntryRow) {
  if (title === 'Device') return <Device row={row} />;
  if (title === 'Interfaces') return <What row={row} />;
  return title === 'Place' ? <bdi>{row.place}</bdi> : <Says row={row} />;
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
