import type Sqlite from 'better-sqlite3';
import type { Acceptance, CheckResult, CheckStatus } from '../../../shared/checks/check.ts';

/** One result that is kept, without its evidence. */
export interface PastResult {
  readonly at: number;
  readonly status: CheckStatus;
  readonly found: string;
}

/** One check on one thing; `part` tells several results of it apart. */
export interface NamedCheck {
  readonly subjectId: string;
  readonly check: string;
  readonly part: string;
}

/** What checks found. Outside history: what is undone was still found. */
export interface CheckStore {
  /**
   * Keeps what one run found on a thing of the inventory. A part that a check told of before and does
   * not any more (a disk that was taken out) is only past then. Of each check and part `mostPast` stay,
   * and of those none from before `since`.
   */
  keep(
    subjectId: string,
    results: readonly CheckResult[],
    limits: { readonly mostPast: number; readonly since: number },
  ): void;
  /** The newest of each check and part. */
  newest(subjectIds: readonly string[]): CheckResult[];
  /** The newest first. */
  past(named: NamedCheck, limit: number): PastResult[];
  acceptances(subjectIds: readonly string[]): Acceptance[];
  accept(acceptance: Acceptance): void;
  unaccept(named: NamedCheck): void;
}

interface Row {
  readonly subjectId: string;
  readonly check: string;
  readonly part: string;
}

export function createCheckStore(
  sqlite: Sqlite.Database,
  write: (work: () => void) => void,
): CheckStore {
  const run = statements(sqlite);
  return {
    keep(subjectId, results, { mostPast, since }) {
      write(() => {
        for (const check of new Set(results.map((result) => result.check))) {
          run.outdate.run(subjectId, check);
        }
        for (const result of results) {
          const named = { subjectId, check: result.check, part: result.part };
          const { at, status, found } = result;
          run.insert.run({ ...named, at, status, found, body: JSON.stringify(result) });
          run.trim.run({ ...named, mostPast });
        }
        run.prune.run(since);
      });
    },
    newest: (subjectIds) =>
      run.newest
        .all(JSON.stringify(subjectIds))
        // Written by `keep` alone.
        .map(({ body }) => JSON.parse(body) as CheckResult),
    past: ({ subjectId, check, part }, limit) => run.past.all(subjectId, check, part, limit),
    acceptances: (subjectIds) => run.acceptances.all(JSON.stringify(subjectIds)),
    accept: (acceptance) => write(() => void run.accept.run(acceptance)),
    unaccept: ({ subjectId, check, part }) =>
      write(() => void run.unaccept.run({ subjectId, check, part })),
  };
}

function statements(sqlite: Sqlite.Database) {
  const named = 'subject_id = @subjectId AND check_id = @check AND part = @part';
  return {
    outdate: sqlite.prepare<[string, string]>(
      `UPDATE check_result SET body = NULL
       WHERE subject_id = ? AND check_id = ? AND body IS NOT NULL`,
    ),
    insert: sqlite.prepare<[Row & PastResult & { readonly body: string }]>(
      `INSERT INTO check_result (subject_id, check_id, part, at, status, found, body)
       VALUES (@subjectId, @check, @part, @at, @status, @found, @body)
       ON CONFLICT (subject_id, check_id, part, at)
       DO UPDATE SET status = excluded.status, found = excluded.found, body = excluded.body`,
    ),
    trim: sqlite.prepare<[Row & { readonly mostPast: number }]>(
      `DELETE FROM check_result WHERE ${named} AND body IS NULL AND at < (
         SELECT at FROM check_result WHERE ${named} ORDER BY at DESC LIMIT 1 OFFSET @mostPast)`,
    ),
    prune: sqlite.prepare<[number]>('DELETE FROM check_result WHERE body IS NULL AND at < ?'),
    newest: sqlite.prepare<[string], { body: string }>(
      `SELECT body FROM check_result
       WHERE subject_id IN (SELECT value FROM json_each(?)) AND body IS NOT NULL
       ORDER BY rowid`,
    ),
    past: sqlite.prepare<[string, string, string, number], PastResult>(
      `SELECT at, status, found FROM check_result
       WHERE subject_id = ? AND check_id = ? AND part = ? ORDER BY at DESC LIMIT ?`,
    ),
    acceptances: sqlite.prepare<[string], Acceptance>(
      `SELECT check_id AS "check", part, subject_id AS subjectId, reason, who, at, until
       FROM check_acceptance WHERE subject_id IN (SELECT value FROM json_each(?))`,
    ),
    accept: sqlite.prepare<[Acceptance]>(
      `INSERT INTO check_acceptance (check_id, part, subject_id, reason, who, at, until)
       VALUES (@check, @part, @subjectId, @reason, @who, @at, @until)
       ON CONFLICT (subject_id, check_id, part) DO UPDATE SET reason = excluded.reason,
         who = excluded.who, at = excluded.at, until = excluded.until`,
    ),
    unaccept: sqlite.prepare<[Row]>(`DELETE FROM check_acceptance WHERE ${named}`),
  };
}
