import type Sqlite from 'better-sqlite3';
import type { ReadingFailure, ReadingSource } from '../../../shared/model/readings.ts';

/** How one attempt to read a device went. */
export interface ReadingAttempt {
  readonly deviceId: string;
  /** When it ended, UTC milliseconds. */
  readonly at: number;
  readonly durationMs: number;
  readonly source: ReadingSource;
  /** Null: it was read. */
  readonly failure: Pick<ReadingFailure, 'code' | 'message' | 'hint'> | null;
}

/** A device that can be read: somebody declared an SSH host for it. */
export interface ReadableDevice {
  readonly id: string;
  readonly name: string;
  readonly sshHost: string | null;
  readonly attemptedAt: number | null;
  readonly failure: ReadingFailure | null;
}

/** Which devices, and the ways of naming them. */
export type ReadingScope =
  | { readonly ids: readonly string[] }
  | { readonly rackId: string }
  | { readonly all: true };

/** The last attempt of each device. Outside history: what is undone was still tried. */
export interface ReadingStore {
  record(attempt: ReadingAttempt): void;
  /** Devices of this scope in the order of their names; ids that are no device are left out. */
  devices(scope: ReadingScope): ReadableDevice[];
  /** Devices whose declared SSH host is this, in any case. */
  devicesAt(sshHost: string): { id: string; port: number | null; user: string | null }[];
  /** A setting of this data directory, as JSON text. */
  setting(key: string): string | undefined;
  keepSetting(key: string, json: string): void;
}

type StoredDevice = Omit<ReadableDevice, 'failure'> & { readonly failure: string | null };

const selection = `SELECT d.id, d.name, d.ssh_host AS sshHost, ra.at AS attemptedAt, ra.failure
  FROM device_derived x JOIN device d ON d.id = x.device_id
  LEFT JOIN reading_attempt ra ON ra.device_id = d.id`;

export function createReadingStore(
  sqlite: Sqlite.Database,
  write: (work: () => void) => void,
): ReadingStore {
  const last = sqlite
    .prepare<[string], string | null>('SELECT failure FROM reading_attempt WHERE device_id = ?')
    .pluck();
  const put = sqlite.prepare<[Record<string, unknown>]>(
    `INSERT INTO reading_attempt (device_id, at, duration_ms, source, failure)
     VALUES (@deviceId, @at, @durationMs, @source, @failure)
     ON CONFLICT (device_id) DO UPDATE SET at = excluded.at, duration_ms = excluded.duration_ms,
       source = excluded.source, failure = excluded.failure`,
  );
  const all = sqlite.prepare<[], StoredDevice>(`${selection} ORDER BY x.name_sort`);
  const ofRack = sqlite.prepare<[string], StoredDevice>(
    `${selection} WHERE d.rack_id = ? ORDER BY x.name_sort`,
  );
  const byIds = sqlite.prepare<[string], StoredDevice>(
    `${selection} WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY x.name_sort`,
  );
  const at = sqlite.prepare<[string], { id: string; port: number | null; user: string | null }>(
    `SELECT id, ssh_port AS port, ssh_user AS user FROM device
     WHERE ssh_host = ? COLLATE NOCASE`,
  );
  const setting = sqlite
    .prepare<[string], string>('SELECT value FROM setting WHERE key = ?')
    .pluck();
  const keep = sqlite.prepare<[string, string]>(
    `INSERT INTO setting (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );

  /** Kept, but another thread writes. */
  const unwritten = new Map<string, string>();
  const inScope = (scope: ReadingScope): StoredDevice[] => {
    if ('ids' in scope) return byIds.all(JSON.stringify(scope.ids));
    return 'rackId' in scope ? ofRack.all(scope.rackId) : all.all();
  };

  return {
    record({ failure, ...attempt }) {
      write(() => {
        const before = parseFailure(last.get(attempt.deviceId) ?? null);
        // An error's own message would not come along with its members.
        const kept = failure && {
          code: failure.code,
          message: failure.message,
          hint: failure.hint,
          since: before?.since ?? attempt.at,
          times: (before?.times ?? 0) + 1,
        };
        put.run({ ...attempt, failure: kept && JSON.stringify(kept) });
      });
    },
    devices: (scope) =>
      inScope(scope).map((row) => ({ ...row, failure: parseFailure(row.failure) })),
    devicesAt: (sshHost) => at.all(sshHost),
    setting: (key) => unwritten.get(key) ?? setting.get(key),
    keepSetting(key, json) {
      unwritten.set(key, json);
      write(() => {
        unwritten.delete(key);
        keep.run(key, json);
      });
    },
  };
}

/** Written by `record` alone, always with all its members. */
export function parseFailure(json: string | null): ReadingFailure | null {
  return json === null ? null : (JSON.parse(json) as ReadingFailure);
}
