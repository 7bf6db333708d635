import type { DataColumn } from '../../ui/data-table/columns.ts';
import { LinkList, RecordLink } from '../links/thing-links.tsx';
import classes from './lint.module.css';
import type { FindingRow } from './lint-store.ts';
import { SeverityBadge } from './severity-badge.tsx';

/** Things that are named in a row; its page tells of all. */
const named = 3;

export const findingColumns: readonly DataColumn<FindingRow>[] = [
  {
    id: 'severity',
    header: 'Severity',
    size: 104,
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  {
    id: 'message',
    header: 'What',
    size: 420,
    grow: true,
    cell: ({ message }) => <bdi>{message}</bdi>,
  },
  {
    id: 'subjects',
    header: 'Where',
    size: 260,
    cell: ({ subjects, more }) => (
      <LinkList>
        {[
          ...subjects
            .slice(0, named)
            .map(({ kind, id, name }) => <RecordLink key={id} kind={kind} id={id} name={name} />),
          ...(subjects.length + more > named
            ? [<span key="more">{`${subjects.length + more - named} more`}</span>]
            : []),
        ]}
      </LinkList>
    ),
  },
  {
    id: 'hint',
    header: 'What to do',
    size: 380,
    cell: ({ hint, silenced }) => (
      <span className={classes.quiet}>
        <bdi>{silenced === null ? hint : `Silenced: ${silenced.reason}`}</bdi>
      </span>
    ),
  },
];
