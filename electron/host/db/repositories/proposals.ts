import type Sqlite from 'better-sqlite3';
import type { ProposalFilter, ProposalQuery } from '../../../../shared/model/proposals.ts';
import { newId } from '../ids.ts';

/** A row of the list; what was seen is read with `seenBy`. */
export interface ListedProposal {
  readonly key: string;
  readonly area: string;
  readonly state: string;
  readonly local: number;
  readonly name: string;
  readonly devices: number;
  readonly version: string;
}

export interface SeenBy {
  readonly deviceId: string;
  readonly deviceName: string;
  /** When its facts were read. */
  readonly at: number | null;
  readonly primaryAddress: string | null;
  readonly body: string;
}

export interface ProposalRepository {
  list(query: ProposalQuery): { rows: ListedProposal[]; total: number };
  get(key: string): ListedProposal | undefined;
  counts(deviceId: string | null): { services: number; networks: number; dismissed: number };
  revision(): number;
  /** The devices on which it is not declared, by name where they are few; at most `limit`. */
  seenBy(key: string, limit: number): SeenBy[];
  dismiss(dismissal: { key: string; deviceId: string | null; name: string; at: number }): void;
  restore(key: string): boolean;
  /** The newest of all areas, also of what no machine shows. */
  dismissedKeys(): string[];
}

type Filter = ProposalFilter & { readonly state: string };

/** Devices of one proposal that are put in the order of their names. */
const sortedAtMost = 500;

/** A backslash before what LIKE would take as a wildcard. */
const literal = (text: string) => text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);

function conditionsOf({ state, area, deviceId, search }: Filter) {
  const conditions = ['p.state = ?'];
  const values: unknown[] = [state];
  if (area !== null) {
    conditions.push('p.area = ?');
    values.push(area);
  }
  if (deviceId !== null) {
    conditions.push('p.key IN (SELECT key FROM seen WHERE device_id = ? AND declared = 0)');
    values.push(deviceId);
  }
  if (search.trim() !== '') {
    conditions.push(`p.name LIKE ? ESCAPE '\\'`);
    values.push(`%${literal(search.trim())}%`);
  }
  return { where: conditions.join(' AND '), values };
}

export function createProposalRepository(sqlite: Sqlite.Database): ProposalRepository {
  const columns = 'p.key, p.area, p.state, p.local, p.name, p.devices, p.version';
  const get = sqlite.prepare<[string], ListedProposal>(
    `SELECT ${columns} FROM proposal p WHERE p.key = ?`,
  );
  const revision = sqlite.prepare<[], number>('SELECT revision FROM proposal_revision').pluck();
  const seenBy = (order: string) =>
    sqlite.prepare<
      [string, number],
      SeenBy
    >(`SELECT s.device_id AS deviceId, d.name AS deviceName, x.observed_at AS at,
       x.primary_address AS primaryAddress, s.body
     FROM seen s JOIN device d ON d.id = s.device_id
     LEFT JOIN device_derived x ON x.device_id = s.device_id
     WHERE s.key = ? AND s.declared = 0 ORDER BY ${order} LIMIT ?`);
  const byName = seenBy('x.name_sort, s.device_id');
  // Thousands would all have to be read to be sorted.
  const asAdded = seenBy('s.device_id');
  const devices = sqlite
    .prepare<[string], number>('SELECT devices FROM proposal WHERE key = ?')
    .pluck();
  const dismiss = sqlite.prepare<
    [{ id: string; key: string; deviceId: string | null; name: string; at: number }]
  >(
    `INSERT INTO dismissal (id, key, device_id, name, at) VALUES (@id, @key, @deviceId, @name, @at)
     ON CONFLICT (key) DO NOTHING`,
  );
  const dismissedKeys = sqlite
    .prepare<[], string>('SELECT key FROM dismissal ORDER BY at DESC LIMIT 20000')
    .pluck();
  const restore = sqlite.prepare<[string]>('DELETE FROM dismissal WHERE key = ?');
  return {
    list(query) {
      const { where, values } = conditionsOf(query);
      const rows = sqlite
        .prepare<unknown[], ListedProposal>(
          `SELECT ${columns} FROM proposal p WHERE ${where}
           ORDER BY p.local, p.area, p.name_sort, p.key LIMIT ? OFFSET ?`,
        )
        .all(...values, query.limit, query.offset);
      const total = sqlite
        .prepare<unknown[], number>(`SELECT count(*) FROM proposal p WHERE ${where}`)
        .pluck();
      return { rows, total: total.get(...values) ?? 0 };
    },
    get: (key) => get.get(key),
    counts(deviceId) {
      const count = (state: string, area: string | null) => {
        const { where, values } = conditionsOf({
          state,
          area: area as ProposalFilter['area'], // the two areas below, or none
          deviceId,
          search: '',
        });
        const sql = `SELECT count(*) FROM proposal p WHERE ${where}`;
        return (
          sqlite
            .prepare<unknown[], number>(sql)
            .pluck()
            .get(...values) ?? 0
        );
      };
      return {
        services: count('open', 'services'),
        networks: count('open', 'networks'),
        dismissed: count('dismissed', null),
      };
    },
    revision: () => revision.get() ?? 0,
    seenBy: (key, limit) =>
      ((devices.get(key) ?? 0) > sortedAtMost ? asAdded : byName).all(key, limit),
    dismiss: (fields) => void dismiss.run({ ...fields, id: newId() }),
    dismissedKeys: () => dismissedKeys.all(),
    restore: (key) => restore.run(key).changes === 1,
  };
}
