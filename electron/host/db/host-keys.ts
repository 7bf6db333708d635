import type Sqlite from 'better-sqlite3';
import type { HostKeyStore, StoredHostKey } from '../ssh/index.ts';

/** Host keys that a person accepted. Outside history: undoing an edit must not forget a key. */
export function createHostKeyStore(
  sqlite: Sqlite.Database,
  write: (work: () => void) => void,
): HostKeyStore {
  const find = sqlite.prepare<[string], StoredHostKey>(
    'SELECT host, type, blob, seen_at AS seenAt FROM host_key WHERE host = ? ORDER BY type, seen_at',
  );
  const forget = sqlite.prepare<[string]>('DELETE FROM host_key WHERE host = ?');
  const add = sqlite.prepare<[StoredHostKey]>(
    `INSERT INTO host_key (host, type, blob, seen_at) VALUES (@host, @type, @blob, @seenAt)
     ON CONFLICT (host, type, blob) DO UPDATE SET seen_at = excluded.seen_at`,
  );
  return {
    find: (host) => find.all(host.toLowerCase()),
    record(key, { replace }) {
      const host = key.host.toLowerCase();
      write(() => {
        // All types: a machine that was installed anew has new keys of every type.
        if (replace) forget.run(host);
        add.run({ ...key, host });
      });
    },
  };
}
