import type Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Connection } from './connection.ts';

/** The data key, wrapped in one way. */
export interface StoredWrapping {
  readonly id: string;
  readonly keyId: string;
  readonly way: 'safe-storage' | 'keyring' | 'passphrase' | 'recovery';
  /** JSON. */
  readonly parameters: string;
  readonly wrapped: Buffer;
  readonly checksum: Buffer;
  readonly madeAt: number;
}

/** A secret as it lies in the file; times are UTC milliseconds. */
export interface StoredSecret {
  readonly id: string;
  readonly keyId: string;
  readonly kind: string;
  /** Canonical text of what it is for. */
  readonly subject: string;
  readonly sealed: Buffer;
  readonly storedAt: number;
  readonly usedAt: number | null;
  readonly workedAt: number | null;
  readonly failedAt: number | null;
}

/** As whom and where a key lets in; `through` is JSON. */
export interface StoredPlace {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly through: string;
}

export interface StoredLogin extends StoredPlace {
  readonly at: number;
}

export interface Rewrapping {
  /** Ids of the wrappings that the caller went by. */
  readonly expected: readonly string[];
  /** Takes the place of one that opens in the same way. */
  readonly put: readonly StoredWrapping[];
  readonly drop: readonly StoredWrapping['way'][];
}

/**
 * Ciphertext and what is known of it. Writes are transactions of their own, outside history, and throw
 * WriterAway while another thread writes.
 */
export interface SecretStore {
  wrappings(): readonly StoredWrapping[];
  /** All or nothing. Throws CHANGED_SINCE where the wrappings are not those expected any more. */
  rewrap(change: Rewrapping): void;
  find(subject: string): StoredSecret | undefined;
  get(id: string): StoredSecret | undefined;
  /** The newest first. */
  list(page: { readonly offset: number; readonly limit: number }): readonly StoredSecret[];
  count(): number;
  /**
   * Takes the place of what was stored under this id. Throws CHANGED_SINCE where the data key is
   * another by now, DUPLICATE where the same is stored under another id.
   */
  put(secret: StoredSecret): void;
  /** Notes how it went; nobody waits for it. */
  note(id: string, at: Partial<Pick<StoredSecret, 'usedAt' | 'workedAt' | 'failedAt'>>): void;
  /** The newest first; there are few of a kind that is asked for like this. */
  ofKind(kind: string): readonly StoredSecret[];
  /** Notes where a key has let in; nobody waits for it. */
  letIn(id: string, place: StoredPlace, at: number): void;
  hasLetIn(id: string, place: StoredPlace): boolean;
  /** The last ones first. */
  logins(
    id: string,
    page: { readonly offset: number; readonly limit: number },
  ): readonly StoredLogin[];
  countLogins(id: string): number;
  delete(id: string): boolean;
  /** Every secret and every wrapping. */
  clear(): void;
}

const secretColumns = `id, key_id AS keyId, kind, subject, sealed, stored_at AS storedAt,
  used_at AS usedAt, worked_at AS workedAt, failed_at AS failedAt`;

export function createSecretStore(
  sqlite: Sqlite.Database,
  connection: Pick<Connection, 'pen' | 'transaction' | 'eventually'>,
): SecretStore {
  const statements = prepare(sqlite);
  const write = <T>(work: () => T): T => {
    connection.pen.check();
    return connection.transaction(work);
  };
  return {
    wrappings: () => statements.wrappings.all(),
    rewrap({ expected, put, drop }) {
      write(() => {
        const now = statements.wrappings.all().map(({ id }) => id);
        if (now.length !== expected.length || now.some((id) => !expected.includes(id))) {
          throw changed();
        }
        for (const way of [...drop, ...put.map(({ way }) => way)]) statements.drop.run(way);
        for (const wrapping of put) statements.wrap.run(wrapping);
        // Some would open a key that nothing is encrypted with any more.
        if ((statements.keys.get() ?? 0) > 1) throw changed();
      });
    },
    find: (subject) => statements.find.get(subject),
    get: (id) => statements.get.get(id),
    list: ({ offset, limit }) => statements.list.all(limit, offset),
    count: () => statements.count.get() ?? 0,
    put(secret) {
      write(() => {
        if (statements.keyId.get() !== secret.keyId) throw changed();
        const other = statements.find.get(secret.subject);
        if (other !== undefined && other.id !== secret.id) {
          throw new RackhelmError('DUPLICATE', 'A secret for this is stored already.', {
            hint: 'Replace that one.',
          });
        }
        statements.put.run(secret);
      });
    },
    note(id, { usedAt = null, workedAt = null, failedAt = null }) {
      connection.eventually(() => {
        statements.note.run({ id, usedAt, workedAt, failedAt });
      });
    },
    ofKind: (kind) => statements.ofKind.all(kind),
    letIn(id, place, at) {
      connection.eventually(() => {
        statements.letIn.run({ id, ...place, at });
      });
    },
    hasLetIn: (id, { user, host, port, through }) =>
      statements.hasLetIn.get(id, user, host, port, through) !== undefined,
    logins: (id, { offset, limit }) => statements.logins.all(id, limit, offset),
    countLogins: (id) => statements.countLogins.get(id) ?? 0,
    delete: (id) => write(() => statements.delete.run(id).changes > 0),
    clear: () =>
      write(() => {
        statements.clearSecrets.run();
        statements.clearWrappings.run();
      }),
  };
}

function changed(): RackhelmError {
  const message = 'The store of secrets was changed elsewhere meanwhile.';
  return new RackhelmError('CHANGED_SINCE', message);
}

function prepare(sqlite: Sqlite.Database) {
  return {
    wrappings: sqlite.prepare<[], StoredWrapping>(
      `SELECT id, key_id AS keyId, way, parameters, wrapped, checksum, made_at AS madeAt
       FROM secret_wrapping ORDER BY way`,
    ),
    keyId: sqlite.prepare<[], string>('SELECT key_id FROM secret_wrapping LIMIT 1').pluck(),
    keys: sqlite.prepare<[], number>('SELECT count(DISTINCT key_id) FROM secret_wrapping').pluck(),
    drop: sqlite.prepare<[string]>('DELETE FROM secret_wrapping WHERE way = ?'),
    wrap: sqlite.prepare<[StoredWrapping]>(
      `INSERT INTO secret_wrapping (id, key_id, way, parameters, wrapped, checksum, made_at)
       VALUES (@id, @keyId, @way, @parameters, @wrapped, @checksum, @madeAt)`,
    ),
    find: sqlite.prepare<[string], StoredSecret>(
      `SELECT ${secretColumns} FROM secret WHERE subject = ?`,
    ),
    get: sqlite.prepare<[string], StoredSecret>(`SELECT ${secretColumns} FROM secret WHERE id = ?`),
    list: sqlite.prepare<[number, number], StoredSecret>(
      `SELECT ${secretColumns} FROM secret ORDER BY stored_at DESC, id DESC LIMIT ? OFFSET ?`,
    ),
    count: sqlite.prepare<[], number>('SELECT count(*) FROM secret').pluck(),
    put: sqlite.prepare<[StoredSecret]>(
      `INSERT INTO secret (id, key_id, kind, subject, sealed, stored_at, used_at, worked_at, failed_at)
       VALUES (@id, @keyId, @kind, @subject, @sealed, @storedAt, @usedAt, @workedAt, @failedAt)
       ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed,
         stored_at = excluded.stored_at, used_at = excluded.used_at,
         worked_at = excluded.worked_at, failed_at = excluded.failed_at`,
    ),
    note: sqlite.prepare<[Record<string, unknown>]>(
      `UPDATE secret SET used_at = coalesce(@usedAt, used_at),
         worked_at = coalesce(@workedAt, worked_at),
         failed_at = CASE WHEN @workedAt IS NOT NULL THEN NULL ELSE coalesce(@failedAt, failed_at) END
       WHERE id = @id`,
    ),
    ofKind: sqlite.prepare<[string], StoredSecret>(
      `SELECT ${secretColumns} FROM secret WHERE kind = ? ORDER BY stored_at DESC, id DESC LIMIT 16`,
    ),
    // Of a key that is forgotten meanwhile nothing is noted.
    letIn: sqlite.prepare<[Record<string, unknown>]>(
      `INSERT INTO key_login (secret_id, user, host, port, through, at)
       SELECT id, @user, @host, @port, @through, @at FROM secret WHERE id = @id
       ON CONFLICT DO UPDATE SET at = excluded.at`,
    ),
    hasLetIn: sqlite
      .prepare<[string, string, string, number, string], number>(
        `SELECT 1 FROM key_login
         WHERE secret_id = ? AND user = ? AND host = ? AND port = ? AND through = ?`,
      )
      .pluck(),
    logins: sqlite.prepare<[string, number, number], StoredLogin>(
      `SELECT user, host, port, through, at FROM key_login WHERE secret_id = ?
       ORDER BY at DESC, host, user, port LIMIT ? OFFSET ?`,
    ),
    countLogins: sqlite
      .prepare<[string], number>('SELECT count(*) FROM key_login WHERE secret_id = ?')
      .pluck(),
    delete: sqlite.prepare<[string]>('DELETE FROM secret WHERE id = ?'),
    clearSecrets: sqlite.prepare('DELETE FROM secret'),
    clearWrappings: sqlite.prepare('DELETE FROM secret_wrapping'),
  };
}
