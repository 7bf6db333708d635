/**
 * Where a key of Rackhelm's own has let in, and when last: whom it is shown to, and what its owner loses
 * with it. Outside history, as the secrets are.
 */
export const keyLogins = /* sql */ `
CREATE TABLE key_login (
  secret_id TEXT NOT NULL REFERENCES secret (id) ON DELETE CASCADE,
  user TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  -- JSON: the jump hosts, first to last.
  through TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (secret_id, user, host, port, through)
) STRICT, WITHOUT ROWID;
`;
