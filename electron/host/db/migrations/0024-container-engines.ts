/**
 * How container engines are reached. Outside history, as connections are no edits of the inventory, and
 * without foreign keys: a device that was deleted comes back by undo, and finds its engine.
 */
export const containerEngines = /* sql */ `
CREATE TABLE container_engine (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- The machine that it runs on; null: none of the inventory.
  device_id TEXT,
  -- JSON: shared/containers/engine.ts. Never a secret.
  way TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  -- JSON: what the last test found.
  test TEXT
) STRICT, WITHOUT ROWID;
`;
