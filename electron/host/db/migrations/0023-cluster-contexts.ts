/**
 * How clusters of the inventory are reached. Outside history, as connections are no edits of it, and
 * without foreign keys: a cluster that was deleted comes back by undo, and finds its contexts.
 */
export const clusterContexts = /* sql */ `
CREATE TABLE cluster_context (
  id TEXT NOT NULL PRIMARY KEY,
  cluster_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- JSON: shared/cluster/context-source.ts. Never a secret.
  source TEXT NOT NULL,
  -- The machine through which it is reached where it is not directly.
  via_device TEXT,
  added_at INTEGER NOT NULL,
  -- JSON: what the last test found.
  test TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_context_cluster ON cluster_context (cluster_id);

-- Commands of kubeconfigs that a person has seen and allowed.
CREATE TABLE allowed_command (
  -- SHA-256 of the command with its arguments and its environment.
  hash TEXT NOT NULL PRIMARY KEY,
  -- JSON: what was shown; no values of the environment.
  command TEXT NOT NULL,
  -- The file that is run, and where it finds what it starts itself.
  program TEXT NOT NULL,
  path TEXT NOT NULL,
  allowed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
