import type Sqlite from 'better-sqlite3';

/** Tables that history does not follow: history itself, evidence held beside it, computed things. */
const outsideHistory = new Set([
  'change_set',
  'change',
  'change_layout',
  'change_subject',
  'current_change_set',
  'host_key',
  'facts_document',
  'neighbour',
  'reading_attempt',
  'onboarding_draft',
  'check_result',
  'check_acceptance',
  'device_derived',
  'dirty_device',
  'dirty_document',
  'search_document',
  'seen',
  'proposal',
  'proposal_revision',
  'stale_seen',
  'stale_proposal',
  'setting',
  'secret',
  'secret_wrapping',
  'key_login',
  'job',
  'job_device',
  'job_step',
  'job_log',
  'schedule',
  'cluster_context',
  'allowed_command',
  'container_engine',
  'gpu_kept',
  'gpu_sample',
  'migration',
]);

/**
 * What machines told, as opposed to what people declared. Undo and redo leave it alone: it goes with
 * its device, and comes back with it.
 */
export const evidenceTables: ReadonlySet<string> = new Set(['observation', 'identity']);

export interface Column {
  readonly name: string;
  readonly type: string;
}

export interface HistoryTable {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** The tables under history with their columns, read from the live schema. */
export function historyTables(sqlite: Sqlite.Database): readonly HistoryTable[] {
  const names = sqlite
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list
       WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .all();
  return names
    .filter(({ name }) => !outsideHistory.has(name))
    .map(({ name }) => ({ name, columns: columnsOf(sqlite, name) }));
}

function columnsOf(sqlite: Sqlite.Database, table: string): readonly Column[] {
  return sqlite
    .prepare<[string], Column>(
      'SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid',
    )
    .all(table);
}
