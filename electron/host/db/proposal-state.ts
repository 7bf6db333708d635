import type Sqlite from 'better-sqlite3';
import { parsePrefix } from './address.ts';
import { naturalKey } from './natural-key.ts';

/** One thing that a device's newest facts show. */
export interface SeenThing {
  /** The same for the same thing at each reading, and on each device that sees it. */
  readonly key: string;
  readonly area: string;
  readonly name: string;
  /** The name says more than the key does: it is preferred where devices call a thing differently. */
  readonly named: boolean;
  readonly local: boolean;
  /** What of it is declared already; of a VLAN or a prefix the tables themselves tell. */
  readonly declared: boolean;
  /** Plain JSON; whoever sees it reads it again. */
  readonly body: string;
}

/** What the newest facts of a device show beside what is declared; the proposals know. */
export type See = (deviceId: string) => readonly SeenThing[];

export interface ProposalState {
  /** Part of each change set: looks at what its writes made stale. */
  refresh(): void;
  seeWith(see: See): void;
  /** Devices that still have to be looked at. */
  pending(): number;
  /** Inside a transaction: looks at some of them. */
  lookAtSome(): void;
}

/** Beside the person's own change; the rest is done in slices (electron/host/proposals). */
const devicesWithChange = 20;
/** A slice must not hold anybody up: a device with large facts takes some milliseconds. */
const devicesInSlice = 3;

/**
 * Keeps the tables `seen` and `proposal` in step with facts and inventory, so that lists and counts
 * only read them. Each change set updates what it touched, within its own transaction.
 */
export function createProposalState(sqlite: Sqlite.Database): ProposalState {
  let see: See | undefined;
  const run = statements(sqlite);

  const lookAt = (deviceId: string, look: See) => {
    const before = new Map(run.seenOn.all(deviceId).map((row) => [row.key, row]));
    for (const thing of look(deviceId)) {
      const row = { ...thing, deviceId, hash: hashOf(thing), ...flags(thing) };
      const known = before.get(thing.key);
      before.delete(thing.key);
      if (known?.hash !== row.hash || known.declared !== row.declared) run.put.run(row);
    }
    for (const key of before.keys()) run.drop.run(deviceId, key);
  };

  const lookAtUpTo = (devices: number) => {
    if (see === undefined) return;
    for (const { deviceId } of run.staleDevices.all(devices)) {
      // Its rows went with it when the device is gone.
      if (run.deviceExists.get(deviceId) !== undefined) lookAt(deviceId, see);
      run.settleDevice.run(deviceId);
    }
    settleKeys();
  };

  const settleKeys = () => {
    const keys = run.staleKeys.all();
    if (keys.length === 0) return;
    const revision = (run.revision.get() ?? 0) + 1;
    let changed = 0;
    for (const key of keys) changed += settleKey(key, revision);
    run.clearKeys.run();
    if (changed > 0) run.setRevision.run(revision);
  };

  /** How many rows it changed. */
  const settleKey = (key: string, revision: number): number => {
    const total = run.total.get(key);
    if (total === undefined || total.area === null) return run.forget.run(key).changes;
    const { area, name, local, devices, open } = total;
    const declared = open === 0 || isDeclaredNetwork(run, key);
    const dismissed = run.dismissed.get(key) !== undefined;
    const state = declared ? 'declared' : dismissed ? 'dismissed' : 'open';
    const shown = declared ? devices : open;
    const version = `${shown}-${total.hash}`;
    const nameSort = naturalKey(name);
    return run.propose.run({ key, area, name, nameSort, state, local, shown, version, revision })
      .changes;
  };

  return {
    refresh() {
      lookAtUpTo(devicesWithChange);
      settleKeys();
    },
    seeWith(look) {
      see = look;
    },
    pending: () => run.pending.get() ?? 0,
    lookAtSome: () => lookAtUpTo(devicesInSlice),
  };
}

type Statements = ReturnType<typeof statements>;

function isDeclaredNetwork(run: Statements, key: string): boolean {
  if (key.startsWith('vlan/')) return run.vlan.get(Number(key.slice(5))) !== undefined;
  if (!key.startsWith('prefix/')) return false;
  const prefix = parsePrefix(key.slice(7));
  return prefix !== undefined && run.prefix.get(prefix.start, prefix.end) !== undefined;
}

const flags = ({ named, local, declared }: SeenThing) => ({
  named: named ? 1 : 0,
  local: local ? 1 : 0,
  declared: declared ? 1 : 0,
});

/** 32 bits of FNV-1a: their sum over the devices tells whether anything that was seen changed. */
function hashOf({ key, name, local, body }: SeenThing): number {
  let hash = 0x811c9dc5;
  for (const character of `${key}\0${name}\0${local}\0${body}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

interface Total {
  /** Null: nothing was seen. */
  readonly area: string | null;
  readonly name: string;
  readonly local: number;
  readonly devices: number;
  /** Devices on which it is not declared. */
  readonly open: number;
  readonly hash: number;
}

interface Settled {
  readonly key: string;
  readonly area: string;
  readonly name: string;
  readonly nameSort: string;
  readonly state: string;
  readonly local: number;
  readonly shown: number;
  readonly version: string;
  readonly revision: number;
}

type SeenRow = Omit<SeenThing, 'named' | 'local' | 'declared'> & {
  readonly deviceId: string;
  readonly hash: number;
  readonly named: number;
  readonly local: number;
  readonly declared: number;
};

function statements(sqlite: Sqlite.Database) {
  return {
    staleDevices: sqlite.prepare<[number], { deviceId: string }>(
      'SELECT device_id AS deviceId FROM stale_seen LIMIT ?',
    ),
    pending: sqlite.prepare<[], number>('SELECT count(*) FROM stale_seen').pluck(),
    settleDevice: sqlite.prepare<[string]>('DELETE FROM stale_seen WHERE device_id = ?'),
    deviceExists: sqlite.prepare<[string]>('SELECT 1 FROM device WHERE id = ?'),
    seenOn: sqlite.prepare<[string], { key: string; hash: number; declared: number }>(
      'SELECT key, hash, declared FROM seen WHERE device_id = ?',
    ),
    put: sqlite.prepare<[SeenRow]>(
      `INSERT INTO seen (device_id, key, area, name, named, local, declared, hash, body)
       VALUES (@deviceId, @key, @area, @name, @named, @local, @declared, @hash, @body)
       ON CONFLICT (device_id, key) DO UPDATE SET name = excluded.name, named = excluded.named,
         local = excluded.local, declared = excluded.declared, hash = excluded.hash,
         body = excluded.body`,
    ),
    drop: sqlite.prepare<[string, string]>('DELETE FROM seen WHERE device_id = ? AND key = ?'),
    staleKeys: sqlite.prepare<[], string>('SELECT key FROM stale_proposal').pluck(),
    clearKeys: sqlite.prepare('DELETE FROM stale_proposal'),
    total: sqlite.prepare<[string], Total>(
      `SELECT min(area) AS area, coalesce(min(name) FILTER (WHERE named = 1), min(name)) AS name,
         min(local) AS local, count(*) AS devices, count(*) FILTER (WHERE declared = 0) AS open,
         sum(hash) FILTER (WHERE declared = 0) AS hash
       FROM seen WHERE key = ?`,
    ),
    vlan: sqlite.prepare<[number]>('SELECT 1 FROM vlan WHERE number = ?'),
    prefix: sqlite.prepare<[Buffer, Buffer]>(
      'SELECT 1 FROM prefix WHERE start_bytes = ? AND end_bytes = ?',
    ),
    dismissed: sqlite.prepare<[string]>('SELECT 1 FROM dismissal WHERE key = ?'),
    propose: sqlite.prepare<[Settled]>(
      `INSERT INTO proposal (key, area, state, local, name, name_sort, devices, version, revision)
       VALUES (@key, @area, @state, @local, @name, @nameSort, @shown, @version, @revision)
       ON CONFLICT (key) DO UPDATE SET state = excluded.state, local = excluded.local,
         name = excluded.name, name_sort = excluded.name_sort, devices = excluded.devices,
         version = excluded.version, revision = excluded.revision
       WHERE (state, local, name, version) <> (excluded.state, excluded.local, excluded.name,
         excluded.version)`,
    ),
    forget: sqlite.prepare<[string]>('DELETE FROM proposal WHERE key = ?'),
    revision: sqlite.prepare<[], number>('SELECT revision FROM proposal_revision').pluck(),
    setRevision: sqlite.prepare<[number]>('UPDATE proposal_revision SET revision = ?'),
  };
}
