import type Sqlite from 'better-sqlite3';
import { type StoredLine, streams } from './job-rows.ts';

/** Of each step the first and the last lines are kept; in between one line says how many went. */
export interface KeptLines {
  readonly first: number;
  readonly last: number;
}

export const keptLines: KeptLines = { first: 500, last: 1_500 };

export function writeLines(sqlite: Sqlite.Database, { first, last }: KeptLines) {
  const seqOf = sqlite.prepare<[string], number>('SELECT seq FROM job WHERE id = ?').pluck();
  const insert = sqlite.prepare<[number, number, number, number, number, number, string]>(
    'INSERT OR REPLACE INTO job_log (job, step, n, seq, at, stream, text) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const drop = sqlite.prepare<[number, number, number, number]>(
    'DELETE FROM job_log WHERE job = ? AND step = ? AND n > ? AND n <= ?',
  );
  const placeOf = sqlite.prepare<[number, number, number], { seq: number; at: number }>(
    'SELECT seq, at FROM job_log WHERE job = ? AND step = ? AND n = ?',
  );
  const countStep = sqlite.prepare<[number, number, number]>(
    'UPDATE job_step SET lines = max(lines, ?) WHERE job = ? AND number = ?',
  );
  const countJob = sqlite.prepare<[number, number]>(
    'UPDATE job SET lines = max(lines, ?) WHERE seq = ?',
  );
  const told = sqlite.prepare<[string, number]>(
    'UPDATE job SET last_line = ?, rev = (SELECT coalesce(max(rev), 0) + 1 FROM job) WHERE seq = ?',
  );

  /** What lies between the first and the last lines goes, and one line in its place says so. */
  const thin = (job: number, step: number, newest: number) => {
    if (newest <= first + last + 1) return;
    const at = placeOf.get(job, step, first + 1);
    drop.run(job, step, first + 1, newest - last);
    const says = `${newest - last - first} lines were left out here.`;
    if (at) insert.run(job, step, first + 1, at.seq, at.at, streams.indexOf('app'), says);
  };

  return (id: string, lines: readonly StoredLine[]): boolean => {
    const job = seqOf.get(id);
    if (job === undefined) return false;
    const newest = new Map<number, number>();
    for (const { step, n, seq, at, stream, text } of lines) {
      insert.run(job, step, n, seq, at, streams.indexOf(stream), text);
      newest.set(step, Math.max(newest.get(step) ?? 0, n));
    }
    for (const [step, n] of newest) {
      thin(job, step, n);
      if (step === 0) countJob.run(n, job);
      else countStep.run(n, job, step);
    }
    const last = lines.at(-1);
    if (last) told.run(last.text, job);
    return true;
  };
}
