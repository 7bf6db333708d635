import type Sqlite from 'better-sqlite3';
import { naturalKey } from '../natural-key.ts';
import { inUse } from './cable-graph.ts';

export interface StoredCable {
  readonly id: string;
  readonly label: string;
  readonly type: string | null;
  readonly status: string;
  readonly colour: string | null;
  readonly length: number | null;
}

export interface StoredEnd {
  readonly id: string;
  readonly cableId: string;
  readonly side: 'a' | 'b';
  readonly lane: number;
  readonly socketId: string | null;
}

export interface CableFilter {
  /** Words that all stand in the label, the comment or the names of what it connects, in any case. */
  readonly words: readonly string[];
  readonly types: readonly string[];
  readonly statuses: readonly string[];
  readonly deviceId: string | null;
  readonly open: boolean;
  readonly sort: {
    readonly key: 'label' | 'a' | 'b' | 'type' | 'length' | 'status';
    readonly descending: boolean;
  };
  readonly offset: number;
  readonly limit: number;
}

export interface SocketFilter {
  readonly words: readonly string[];
  readonly free: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface DeviceSocketsRow {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly kind: string;
  readonly sockets: number;
  readonly free: number;
}

export interface CableRepository {
  list(filter: CableFilter): { rows: StoredCable[]; total: number };
  get(id: string): StoredCable | undefined;
  /** Of these cables, by cable, side and lane. */
  endsOf(cableIds: readonly string[]): StoredEnd[];
  /** Interfaces that take a cable, and ports, in the order of the device. */
  sockets(
    deviceId: string,
    filter: SocketFilter,
  ): { rows: { id: string; speedMbps: number | null }[]; total: number };
  devices(filter: SocketFilter): { rows: DeviceSocketsRow[]; total: number };
  /** Ids of what goes by the name of its device and its own, with or without its role in between. */
  socketIdsByName(name: string, limit: number): string[];
  isLabelTaken(label: string): boolean;
  /** Of the cable that was added last. */
  lastLabel(): string | undefined;
}

/** Of the kinds that facts and the device-type library know, those that no plug fits. */
const withoutPlug = `(i.kind IN ('loopback', 'vlan', 'bridge', 'bond', 'lag', 'team', 'veth', 'tun', 'tap',
  'wireguard', 'dummy', 'macvlan', 'vxlan', 'wifi', 'wireless', 'ppp', 'virtual', 'tunnel')
  OR coalesce(i.type, '') IN ('virtual', 'bridge', 'lag') OR coalesce(i.type, '') LIKE 'ieee802.11%' OR i.parent_id IS NOT NULL)`;

const taken = (column: string, id: string) =>
  `EXISTS (SELECT 1 FROM cable_end e JOIN cable c ON c.id = e.cable_id
           WHERE e.${column} = ${id} AND ${inUse})`;

/** Everything on devices that a cable can be plugged into; `where` is put into both halves, `x.` standing for the row. */
const socketRows = (where: string) =>
  `SELECT i.id, i.device_id AS deviceId, i.name, i.label, i.speed_mbps AS speedMbps, 0 AS part,
     i.ordinal, ${taken('interface_id', 'i.id')} AS taken
   FROM interface i WHERE NOT ${withoutPlug} ${where.replaceAll('x.', 'i.')}
   UNION ALL
   SELECT p.id, p.device_id, p.name, p.label, NULL, iif(p.role = 'front', 1, 2), p.ordinal,
     ${taken('port_id', 'p.id')}
   FROM port p WHERE 1 ${where.replaceAll('x.', 'p.')}`;

/** What one end is plugged into: `pi-1 eth0`. */
const endText = `coalesce(d.name || ' ' || coalesce(i.name, p.name), '')`;
const endJoins = `LEFT JOIN interface i ON i.id = e.interface_id LEFT JOIN port p ON p.id = e.port_id
  LEFT JOIN device d ON d.id = coalesce(i.device_id, p.device_id)`;
/** What the first end of a side is plugged into, joined so that each is one look-up. */
const firstEnd = (side: 'a' | 'b') =>
  `LEFT JOIN cable_end e ON e.cable_id = c.id AND e.side = '${side}' AND e.lane = 1 ${endJoins}`;

/** Columns whose numbers count as numbers: they are put in order here, by keys that are remembered. */
const textSorts: Readonly<Record<'label' | 'a' | 'b', { text: string; joins: string }>> = {
  label: { text: 'c.label', joins: '' },
  a: { text: endText, joins: firstEnd('a') },
  b: { text: endText, joins: firstEnd('b') },
};

const isTextSort = (key: CableFilter['sort']['key']): key is keyof typeof textSorts =>
  key in textSorts;

function conditionsOf({ words, types, statuses, deviceId, open }: CableFilter) {
  const conditions = ['1'];
  const values: unknown[] = [];
  for (const word of words) {
    conditions.push(
      `instr(lower(c.label || ' ' || coalesce(c.comment, '') || ' ' || coalesce(
         (SELECT group_concat(${endText}, ' ') FROM cable_end e ${endJoins} WHERE e.cable_id = c.id),
         '')), ?) > 0`,
    );
    values.push(word.toLowerCase());
  }
  for (const [column, chosen] of [
    ['type', types],
    ['status', statuses],
  ] as const) {
    if (chosen.length === 0) continue;
    conditions.push(`c.${column} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(chosen));
  }
  if (deviceId !== null) {
    conditions.push(
      `c.id IN (SELECT e.cable_id FROM interface i JOIN cable_end e ON e.interface_id = i.id
                WHERE i.device_id = ?
                UNION SELECT e.cable_id FROM port p JOIN cable_end e ON e.port_id = p.id
                WHERE p.device_id = ?)`,
    );
    values.push(deviceId, deviceId);
  }
  if (open) {
    const plugged = `count(DISTINCT e.side) FILTER
      (WHERE e.interface_id IS NOT NULL OR e.port_id IS NOT NULL)`;
    conditions.push(`(SELECT ${plugged} FROM cable_end e WHERE e.cable_id = c.id) < 2`);
  }
  return { where: conditions.join(' AND '), values };
}

export function createCableRepository(sqlite: Sqlite.Database): CableRepository {
  const columns = 'c.id, c.label, c.type, c.status, c.colour, c.length';
  const endColumns = `e.id, e.cable_id AS cableId, e.side, e.lane,
    coalesce(e.interface_id, e.port_id) AS socketId`;
  const get = sqlite.prepare<[string], StoredCable>(
    `SELECT ${columns} FROM cable c WHERE c.id = ?`,
  );
  const chosen = sqlite.prepare<[string], StoredCable>(
    `SELECT ${columns} FROM json_each(?) chosen JOIN cable c ON c.id = chosen.value ORDER BY chosen.key`,
  );
  const inOrder = createNaturalOrder();
  const endsOf = sqlite.prepare<[string], StoredEnd>(
    `SELECT ${endColumns} FROM json_each(?) chosen JOIN cable_end e ON e.cable_id = chosen.value
     ORDER BY chosen.key, e.side, e.lane`,
  );
  const labelTaken = sqlite.prepare<[string]>('SELECT 1 FROM cable WHERE label = ?');
  const lastLabel = sqlite
    .prepare<[], string>('SELECT label FROM cable ORDER BY id DESC LIMIT 1')
    .pluck();
  const idsByName = sqlite
    .prepare<[{ name: string; limit: number }], string>(
      `SELECT i.id FROM device d JOIN interface i ON i.device_id = d.id
       WHERE substr(@name, 1, length(d.name) + 1) = d.name || ' ' COLLATE NOCASE
         AND (substr(@name, length(d.name) + 2) COLLATE NOCASE IN (i.name, i.label, 'port ' || i.name)
           OR 'port ' || substr(@name, length(d.name) + 2) = i.name COLLATE NOCASE)
       UNION
       SELECT p.id FROM device d JOIN port p ON p.device_id = d.id
       WHERE substr(@name, 1, length(d.name) + 1) = d.name || ' ' COLLATE NOCASE
         AND substr(@name, length(d.name) + 2) COLLATE NOCASE
           IN (p.name, p.label, 'port ' || p.name, p.role || ' ' || p.name)
       LIMIT @limit`,
    )
    .pluck();
  /** A page and how many there are, in one pass; beyond the end they are counted alone. */
  const pageOf = <T extends object>(
    { columns: chosen, from, order }: { columns: string; from: string; order: string },
    values: readonly unknown[],
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): { rows: T[]; total: number } => {
    const rows = sqlite
      .prepare<unknown[], T & { total: number }>(
        `SELECT ${chosen}, count(*) OVER () AS total FROM ${from} ORDER BY ${order} LIMIT ? OFFSET ?`,
      )
      .all(...values, limit, offset);
    const [first] = rows;
    if (first !== undefined)
      return { rows: rows.map(({ total: _, ...row }) => row as never), total: first.total }; // T without the count
    const count = sqlite.prepare<unknown[], number>(`SELECT count(*) FROM ${from}`).pluck();
    return { rows: [], total: offset === 0 ? 0 : (count.get(...values) ?? 0) };
  };

  return {
    list(filter) {
      const { where, values } = conditionsOf(filter);
      const { key, descending } = filter.sort;
      if (!isTextSort(key)) {
        const order = `c.${key} ${descending ? 'DESC' : 'ASC'} NULLS LAST, c.label, c.id`;
        const from = `cable c WHERE ${where}`;
        return pageOf<StoredCable>({ columns, from, order }, values, filter);
      }
      const { text, joins } = textSorts[key];
      const all = sqlite
        .prepare<unknown[], { id: string; text: string }>(
          `SELECT c.id, ${text} AS text FROM cable c ${joins} WHERE ${where}`,
        )
        .all(...values);
      const ids = inOrder(all, descending).slice(filter.offset, filter.offset + filter.limit);
      return { rows: chosen.all(JSON.stringify(ids)), total: all.length };
    },
    get: (id) => get.get(id),
    endsOf: (cableIds) => endsOf.all(JSON.stringify(cableIds)),
    sockets(deviceId, { words, free, ...page }) {
      const { where, values } = socketConditions(words, free);
      return pageOf(
        {
          columns: 's.id, s.speedMbps',
          from: `(${socketRows('AND x.device_id = ?')}) s WHERE ${where}`,
          order: 's.part, s.ordinal NULLS LAST, natural_key(s.name), s.id',
        },
        [deviceId, deviceId, ...values],
        page,
      );
    },
    devices({ words, free, ...page }) {
      const conditions = words.map(() => 'instr(lower(d.name), ?) > 0');
      if (free) conditions.push('s.free > 0');
      return pageOf<DeviceSocketsRow>(
        {
          columns: 'd.id AS deviceId, d.name AS deviceName, d.kind, s.sockets, s.free',
          from: `(SELECT deviceId, count(*) AS sockets, count(*) FILTER (WHERE NOT taken) AS free
              FROM (${socketRows('')}) GROUP BY deviceId) s JOIN device d ON d.id = s.deviceId
              LEFT JOIN device_derived y ON y.device_id = d.id
            WHERE ${['1', ...conditions].join(' AND ')}`,
          order: 'y.name_sort, d.id',
        },
        words.map((word) => word.toLowerCase()),
        page,
      );
    },
    socketIdsByName: (name, limit) => idsByName.all({ name, limit }),
    isLabelTaken: (label) => labelTaken.get(label) !== undefined,
    lastLabel: () => lastLabel.get(),
  };
}

/** More texts than one list has; then it is begun anew. */
const mostRemembered = 50_000;

/** Ids in the order of their texts. A key costs more than all the rest, and most come again. */
function createNaturalOrder() {
  const keys = new Map<string, string>();
  const keyOf = (text: string): string => {
    const known = keys.get(text);
    if (known !== undefined) return known;
    if (keys.size >= mostRemembered) keys.clear();
    const key = naturalKey(text);
    keys.set(text, key);
    return key;
  };
  return (rows: readonly { readonly id: string; readonly text: string }[], descending: boolean) => {
    const sorted = rows.map(({ id, text }) => ({ id, key: keyOf(text) }));
    const sign = descending ? -1 : 1;
    sorted.sort((x, y) =>
      x.key === y.key ? (x.id < y.id ? -1 : 1) : x.key < y.key ? -sign : sign,
    );
    return sorted.map(({ id }) => id);
  };
}

function socketConditions(words: readonly string[], free: boolean) {
  const conditions = words.map(() => `instr(lower(s.name || ' ' || coalesce(s.label, '')), ?) > 0`);
  if (free) conditions.push('NOT s.taken');
  return {
    where: ['1', ...conditions].join(' AND '),
    values: words.map((word) => word.toLowerCase()),
  };
}
