import type Sqlite from 'better-sqlite3';
import type { HostKeyStore, StoredHostKey } from '../../../shared/model/host-keys.ts';

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
  /** Accepted, but another thread writes: known all the same. */
  const unwritten = new Set<{ readonly key: StoredHostKey; readonly replace: boolean }>();
  return {
    find(asked) {
      const host = asked.toLowerCase();
      let known = find.all(host);
      for (const { key, replace } of unwritten) {
        if (key.host !== host) continue;
        const others = known.filter(({ type, blob }) => type !== key.type || blob !== key.blob);
        known = [...(replace ? [] : others), key];
      }
      return known;
    },
    record(key, { replace }) {
      const host = key.host.toLowerCase();
      const accepted = { key: { ...key, host }, replace };
      unwritten.add(accepted);
      write(() => {
        unwritten.delete(accepted);
        // All types: a machine that was installed anew has new keys of every type.
        if (replace) forget.run(host);
        add.run(accepted.key);
      });
    },
  };
}
