import type Sqlite from 'better-sqlite3';

/** How a cluster is reached; its domain reads `source` and `test`, which are JSON. */
export interface StoredContext {
  readonly id: string;
  readonly clusterId: string;
  readonly name: string;
  readonly source: string;
  readonly viaDevice: string | null;
  /** UTC milliseconds. */
  readonly addedAt: number;
  readonly test: string | null;
}

export interface ListedContext extends StoredContext {
  readonly clusterName: string;
}

export interface StoredCommand {
  readonly hash: string;
  /** JSON. */
  readonly command: string;
  readonly program: string;
  readonly path: string;
  readonly allowedAt: number;
}

/** Contexts of clusters and commands that sign in. Outside history. */
export interface ClusterContextStore {
  /** By the name of their cluster; those of deleted clusters are left out. */
  list(): ListedContext[];
  get(id: string): ListedContext | undefined;
  put(context: StoredContext): void;
  /** What a test found, and through which machine. Nobody waits for it. */
  noteTest(id: string, noted: Pick<StoredContext, 'test' | 'viaDevice'>): void;
  rename(id: string, name: string): void;
  delete(id: string): void;
  clusters(): { readonly id: string; readonly name: string }[];
  /** Devices of a cluster, servers first. */
  members(
    clusterId: string,
  ): { readonly deviceId: string; readonly name: string; readonly role: string }[];
  commands(): StoredCommand[];
  command(hash: string): StoredCommand | undefined;
  allow(command: StoredCommand): void;
  disallow(hash: string): void;
}

const columns = `x.id, x.cluster_id AS clusterId, x.name, x.source, x.via_device AS viaDevice,
  x.added_at AS addedAt, x.test, c.name AS clusterName`;
const commandColumns = 'hash, command, program, path, allowed_at AS allowedAt';

/** What a person decides is written at once, or throws WriterAway. */
export function createClusterContextStore(
  sqlite: Sqlite.Database,
  {
    write,
    eventually,
  }: {
    readonly write: (work: () => void) => void;
    readonly eventually: (work: () => void) => void;
  },
): ClusterContextStore {
  const list = sqlite.prepare<[], ListedContext>(
    `SELECT ${columns} FROM cluster_context x JOIN cluster c ON c.id = x.cluster_id
     ORDER BY natural_key(c.name), natural_key(x.name), x.id`,
  );
  const put = sqlite.prepare<[StoredContext]>(
    `INSERT OR REPLACE INTO cluster_context (id, cluster_id, name, source, via_device, added_at, test)
     VALUES (@id, @clusterId, @name, @source, @viaDevice, @addedAt, @test)`,
  );
  const note = sqlite.prepare<[string | null, string | null, string]>(
    'UPDATE cluster_context SET test = ?, via_device = ? WHERE id = ?',
  );
  const rename = sqlite.prepare<[string, string]>(
    'UPDATE cluster_context SET name = ? WHERE id = ?',
  );
  const clusters = sqlite.prepare<[], { id: string; name: string }>(
    'SELECT id, name FROM cluster ORDER BY natural_key(name) LIMIT 1000',
  );
  const remove = sqlite.prepare<[string]>('DELETE FROM cluster_context WHERE id = ?');
  const members = sqlite.prepare<[string], { deviceId: string; name: string; role: string }>(
    `SELECT m.device_id AS deviceId, d.name, m.role FROM cluster_member m
     JOIN device d ON d.id = m.device_id WHERE m.cluster_id = ?
     ORDER BY m.role NOT IN ('control-plane', 'etcd'), natural_key(d.name)`,
  );
  const commands = sqlite.prepare<[], StoredCommand>(
    `SELECT ${commandColumns} FROM allowed_command ORDER BY allowed_at DESC`,
  );
  const allow = sqlite.prepare<[StoredCommand]>(
    `INSERT OR REPLACE INTO allowed_command (hash, command, program, path, allowed_at)
     VALUES (@hash, @command, @program, @path, @allowedAt)`,
  );
  const disallow = sqlite.prepare<[string]>('DELETE FROM allowed_command WHERE hash = ?');
  return {
    list: () => list.all(),
    get: (id) => list.all().find((context) => context.id === id),
    put: (context) => write(() => void put.run(context)),
    noteTest: (id, { test, viaDevice }) => eventually(() => void note.run(test, viaDevice, id)),
    rename: (id, name) => write(() => void rename.run(name, id)),
    clusters: () => clusters.all(),
    delete: (id) => write(() => void remove.run(id)),
    members: (clusterId) => members.all(clusterId),
    commands: () => commands.all(),
    command: (hash) => commands.all().find((command) => command.hash === hash),
    allow: (command) => write(() => void allow.run(command)),
    disallow: (hash) => write(() => void disallow.run(hash)),
  };
}
