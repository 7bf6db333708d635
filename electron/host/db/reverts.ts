import type Sqlite from 'better-sqlite3';

/** Whether a change set was reverted, and that revert was neither undone nor reverted in its turn. */
export type IsReverted = (id: string) => boolean;

export function createIsReverted(sqlite: Sqlite.Database): IsReverted {
  const reverts = sqlite
    .prepare<[string], string>(
      `SELECT id FROM change_set
       WHERE undoes = ? AND state = 'done' AND source NOT IN ('undo', 'redo')`,
    )
    .pluck();
  const isReverted: IsReverted = (id) => reverts.all(id).some((revert) => !isReverted(revert));
  return isReverted;
}
