/**
 * Remembered secrets, as ciphertext only, and the key that they are encrypted with, wrapped in each
 * way that opens it. Outside history and exports: an undo must not bring back a password that was
 * forgotten. `subject` is the canonical text of what a secret is for; see shared/model/secrets.ts.
 */
export const secrets = /* sql */ `
CREATE TABLE secret_wrapping (
  id TEXT NOT NULL PRIMARY KEY,
  -- Of the data key; all rows have the same.
  key_id TEXT NOT NULL,
  way TEXT NOT NULL UNIQUE CHECK (way IN ('safe-storage', 'keyring', 'passphrase', 'recovery')),
  -- JSON: what the wrapping key is made of, or where it lies.
  parameters TEXT NOT NULL,
  wrapped BLOB NOT NULL,
  -- SHA-256 over the row: tells a damaged row from a wrong passphrase.
  checksum BLOB NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE secret (
  id TEXT NOT NULL PRIMARY KEY,
  key_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL UNIQUE,
  sealed BLOB NOT NULL,
  stored_at INTEGER NOT NULL,
  used_at INTEGER,
  -- When it was last known to be right, and to be wrong.
  worked_at INTEGER,
  failed_at INTEGER
) STRICT, WITHOUT ROWID;
`;
