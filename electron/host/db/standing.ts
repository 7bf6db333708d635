import type Sqlite from 'better-sqlite3';
import { formatCount } from '../../../shared/model/amounts.ts';
import type { StandingChange } from '../../../shared/model/history.ts';
import { evidenceLayouts } from './change-log.ts';
import { packedSql } from './row-id.ts';

/** Change sets that were made later and changed one of these rows, newest first; a few of them. */
export type FindStanding = (request: {
  readonly after: number;
  /** The set that is being written and does not count. */
  readonly setSeq: number;
  readonly rowIds: readonly string[];
}) => StandingChange[];

/** As many as a person would look at. */
const shown = 10;

/** Reads all later changes, which takes tens of milliseconds for 100,000; asked at a conflict only. */
export function createFindStanding(sqlite: Sqlite.Database): FindStanding {
  const find = sqlite.prepare<[Record<string, unknown>], StandingChange>(
    // What was taken back stands on nothing, and neither does the taking back.
    `SELECT id, title, at, who FROM change_set s
     WHERE s.state = 'done' AND s.source NOT IN ('undo', 'redo') AND s.seq IN (
       SELECT c.set_seq FROM change c
       WHERE c.seq > @after AND c.set_seq <> @setSeq AND c.layout NOT IN ${evidenceLayouts}
         AND c.row_id IN (SELECT ${packedSql('value')} FROM json_each(@rows)))
     ORDER BY s.seq DESC LIMIT ${shown}`,
  );
  return ({ after, setSeq, rowIds }) => find.all({ after, setSeq, rows: JSON.stringify(rowIds) });
}

/** What is in the way, as the end of a sentence. */
export function standingText([first, ...others]: readonly StandingChange[]): string {
  if (first === undefined) return 'something that it needs is taken or was changed since';
  const more = formatCount(others.length, 'more change');
  return others.length === 0
    ? `“${first.title}” stands on it`
    : `“${first.title}” and ${more} stand on it`;
}
