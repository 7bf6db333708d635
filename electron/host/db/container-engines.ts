import type Sqlite from 'better-sqlite3';

/** How an engine is reached; its domain reads `way` and `test`, which are JSON. */
export interface StoredEngine {
  readonly id: string;
  readonly name: string;
  readonly deviceId: string | null;
  readonly way: string;
  /** UTC milliseconds. */
  readonly addedAt: number;
  readonly test: string | null;
}

/** Container engines. Outside history. */
export interface ContainerEngineStore {
  /** By name. */
  list(): StoredEngine[];
  get(id: string): StoredEngine | undefined;
  put(engine: StoredEngine): void;
  /** What a test found. Nobody waits for it. */
  noteTest(id: string, test: string): void;
  rename(id: string, name: string): void;
  delete(id: string): void;
}

const columns = 'id, name, device_id AS deviceId, way, added_at AS addedAt, test';

/** What a person decides is written at once, or throws WriterAway. */
export function createContainerEngineStore(
  sqlite: Sqlite.Database,
  {
    write,
    eventually,
  }: {
    readonly write: (work: () => void) => void;
    readonly eventually: (work: () => void) => void;
  },
): ContainerEngineStore {
  const list = sqlite.prepare<[], StoredEngine>(
    `SELECT ${columns} FROM container_engine ORDER BY natural_key(name), id`,
  );
  const get = sqlite.prepare<[string], StoredEngine>(
    `SELECT ${columns} FROM container_engine WHERE id = ?`,
  );
  const put = sqlite.prepare<[StoredEngine]>(
    `INSERT OR REPLACE INTO container_engine (id, name, device_id, way, added_at, test)
     VALUES (@id, @name, @deviceId, @way, @addedAt, @test)`,
  );
  const note = sqlite.prepare<[string, string]>(
    'UPDATE container_engine SET test = ? WHERE id = ?',
  );
  const rename = sqlite.prepare<[string, string]>(
    'UPDATE container_engine SET name = ? WHERE id = ?',
  );
  const remove = sqlite.prepare<[string]>('DELETE FROM container_engine WHERE id = ?');
  return {
    list: () => list.all(),
    get: (id) => get.get(id),
    put: (engine) => write(() => void put.run(engine)),
    noteTest: (id, test) => eventually(() => void note.run(test, id)),
    rename: (id, name) => write(() => void rename.run(name, id)),
    delete: (id) => write(() => void remove.run(id)),
  };
}
