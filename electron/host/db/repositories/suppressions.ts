import type Sqlite from 'better-sqlite3';
import { newId } from '../ids.ts';

/** Findings that somebody lives with, by the key of the finding. Writes need a change set. */
export interface SuppressionRepository {
  byKey(): ReadonlyMap<string, { readonly id: string; readonly reason: string }>;
  put(key: string, reason: string): void;
  remove(key: string): void;
}

export function createSuppressionRepository(sqlite: Sqlite.Database): SuppressionRepository {
  const all = sqlite.prepare<[], { id: string; finding: string; reason: string }>(
    'SELECT id, finding, reason FROM suppression',
  );
  const put = sqlite.prepare<[string, string, string]>(
    `INSERT INTO suppression (id, finding, reason) VALUES (?, ?, ?)
     ON CONFLICT (finding) DO UPDATE SET reason = excluded.reason`,
  );
  const remove = sqlite.prepare<[string]>('DELETE FROM suppression WHERE finding = ?');
  return {
    byKey: () => new Map(all.all().map(({ id, finding, reason }) => [finding, { id, reason }])),
    put: (key, reason) => void put.run(newId(), key, reason),
    remove: (key) => void remove.run(key),
  };
}
