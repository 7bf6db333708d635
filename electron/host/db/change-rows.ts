import type { Change } from '../../../shared/model/history.ts';

/** A change as its table has it. */
export interface ChangeRow {
  readonly table: string;
  readonly rowId: string;
  readonly operation: Change['operation'];
  readonly before: string | null;
  readonly after: string | null;
}

export const changeColumns = 'table_name AS "table", row_id AS rowId, operation, before, after';

export function readChange(row: ChangeRow): Change {
  return { ...row, before: parseRow(row.before), after: parseRow(row.after) };
}

/** Written by the history triggers, always as one JSON object. */
function parseRow(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, unknown>);
}
