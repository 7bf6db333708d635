import type Sqlite from 'better-sqlite3';
import type { LogLine } from '../../../../shared/jobs/job.ts';
import { type StoredJob, streams } from './job-rows.ts';

export interface LogQuery {
  readonly stepId: string | null;
  /** Those after this one; null: the last ones. */
  readonly after: number | null;
  readonly search: string;
  readonly limit: number;
}

export interface LogReads {
  /** In their order, and how many there are that match. */
  log(job: StoredJob, query: LogQuery): { lines: LogLine[]; total: number };
  newestLine(job: StoredJob): number;
}

interface LineRow {
  readonly seq: number;
  readonly at: number;
  readonly stepId: string | null;
  readonly stream: number;
  readonly text: string;
}

export function createLogReads(sqlite: Sqlite.Database): LogReads {
  const select = `SELECT l.seq, l.at, s.id AS stepId, l.stream, l.text FROM job_log l
    LEFT JOIN job_step s ON s.job = l.job AND s.number = l.step`;
  // Those of a step are walked by its own order, all of a job by the index of the job.
  const where = (scope: 'job' | 'step') =>
    `WHERE l.job = @job ${scope === 'step' ? 'AND l.step = @step' : ''} AND l.seq > @after
     AND (@search = '' OR instr(lower(l.text), @search) > 0)`;
  const statements = (scope: 'job' | 'step') => {
    const order = scope === 'step' ? 'l.n' : 'l.seq';
    return {
      onwards: sqlite.prepare<[Record<string, unknown>], LineRow>(
        `${select} ${where(scope)} ORDER BY ${order} LIMIT @limit`,
      ),
      last: sqlite.prepare<[Record<string, unknown>], LineRow>(
        `${select} ${where(scope)} ORDER BY ${order} DESC LIMIT @limit`,
      ),
      count: sqlite
        .prepare<[Record<string, unknown>], number>(
          `SELECT count(*) FROM job_log l ${where(scope)}`,
        )
        .pluck(),
    };
  };
  const of = { job: statements('job'), step: statements('step') };
  const numberOf = sqlite
    .prepare<[number, string], number>('SELECT number FROM job_step WHERE job = ? AND id = ?')
    .pluck();
  const newest = sqlite
    .prepare<[number], number>('SELECT coalesce(max(seq), 0) FROM job_log WHERE job = ?')
    .pluck();
  return {
    log({ seq: job }, { stepId, after, search, limit }) {
      const step = stepId === null ? 0 : (numberOf.get(job, stepId) ?? -1);
      const { onwards, last, count } = of[stepId === null ? 'job' : 'step'];
      const filter = { job, step, search: search.trim().toLowerCase() };
      const rows =
        after === null
          ? last.all({ ...filter, after: 0, limit }).reverse()
          : onwards.all({ ...filter, after, limit });
      const lines = rows.map(({ stream, ...row }) => ({
        ...row,
        stream: streams[stream] ?? 'app',
      }));
      return { lines, total: count.get({ ...filter, after: 0 }) ?? 0 };
    },
    newestLine: ({ seq }) => newest.get(seq) ?? 0,
  };
}
