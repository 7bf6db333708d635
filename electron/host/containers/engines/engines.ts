import {
  type EngineIdentity,
  type EngineSources,
  type EngineTest,
  type EngineWay,
  engineTest,
  engineWay,
  type SavedEngine,
  wayText,
} from '../../../../shared/containers/engine.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { deviceQuery } from '../../../../shared/model/inventory.ts';
import { oneLine } from '../../../../shared/visible-text.ts';
import type { DockerClient } from '../../connections/docker/index.ts';
import { type Database, newId, type StoredEngine } from '../../db/index.ts';
import type { Secrets } from '../../engine/secrets/index.ts';
import { listDockerContexts } from './docker-contexts.ts';
import { readFacts } from './engine-facts.ts';
import { localSockets } from './local-sockets.ts';
import { type Reachable, type ReachNeeds, reach } from './reach.ts';

export interface EnginesNeeds extends ReachNeeds {
  readonly db: Pick<Database, 'containerEngines' | 'tables'>;
  readonly secrets: Pick<Secrets, 'find' | 'put' | 'forget'>;
}

export interface AddEngine {
  /** Default: the name of its device, or where it is. */
  readonly name?: string | undefined;
  readonly way: EngineWay;
  /** The machine of the inventory that it runs on; over SSH it is the one that is reached. */
  readonly deviceId?: string | undefined;
  readonly identity?: EngineIdentity | undefined;
}

/** Engines that a person has named. Times are UTC milliseconds. */
export interface Engines {
  sources(): Promise<EngineSources>;
  list(): SavedEngine[];
  /** Throws NOT_FOUND. */
  get(id: string): SavedEngine;
  /** Saved whether it answers or not; `test` says that. */
  add(engine: AddEngine): Promise<SavedEngine>;
  rename(id: string, name: string): void;
  /** Its secret with it. */
  forget(id: string): Promise<void>;
  /** Tries it anew, and keeps what was found. */
  test(id: string, signal: AbortSignal): Promise<EngineTest>;
  /** One client for all who look at an engine. Throws NOT_FOUND, and what its way throws. */
  clientOf(id: string): Promise<DockerClient>;
  /** Told when an engine was forgotten. */
  onForget(listener: (id: string) => void): void;
  close(): void;
}

export function createEngines(needs: EnginesNeeds): Engines {
  const { db, secrets } = needs;
  const clients = new Map<string, Promise<DockerClient>>();
  const listeners: ((id: string) => void)[] = [];

  function stored(id: string): StoredEngine {
    const row = db.containerEngines.get(id);
    if (row !== undefined) return row;
    throw new RackhelmError('NOT_FOUND', 'This engine is not saved any more.');
  }

  function reachable(row: StoredEngine): Reachable {
    const device = row.deviceId === null ? undefined : db.tables.devices.get(row.deviceId);
    const way = engineWay.parse(JSON.parse(row.way));
    return { id: row.id, way, deviceName: device?.name ?? null };
  }

  function saved(row: StoredEngine): SavedEngine {
    const { id, name, deviceId, addedAt } = row;
    const { way, deviceName } = reachable(row);
    return {
      ...{ id, name, way, addedAt, reached: wayText(way, deviceName) },
      device: deviceId === null || deviceName === null ? null : { id: deviceId, name: deviceName },
      test: testOf(row),
    };
  }

  function drop(id: string): void {
    void clients.get(id)?.then(
      (client) => client.close(),
      () => {}, // it never was
    );
    clients.delete(id);
  }

  async function test(id: string, signal: AbortSignal): Promise<EngineTest> {
    const row = stored(id);
    const found = await tried(reachable(row), needs, signal);
    db.containerEngines.noteTest(id, JSON.stringify(found));
    // Whoever looks at it goes the way that was found to work.
    if (found.failure === null) drop(id);
    return found;
  }

  return {
    sources: () => findSources(needs),
    list: () => db.containerEngines.list().map(saved),
    get: (id) => saved(stored(id)),
    async add({ name, way, deviceId, identity }) {
      const device = way.kind === 'ssh' ? way.deviceId : (deviceId ?? null);
      const known = device === null ? undefined : db.tables.devices.get(device);
      if (device !== null && known === undefined)
        throw new RackhelmError('NOT_FOUND', 'This device does not exist.');
      const id = newId();
      if (identity !== undefined)
        await secrets.put({ kind: 'engine-identity', engineId: id }, JSON.stringify(identity));
      const called = oneLine(name ?? known?.name ?? usualName(way)).slice(0, 200);
      db.containerEngines.put({
        ...{ id, name: called, deviceId: device, way: JSON.stringify(way) },
        addedAt: Date.now(),
        test: null,
      });
      return saved(stored(id));
    },
    rename(id, name) {
      stored(id);
      db.containerEngines.rename(id, oneLine(name));
    },
    async forget(id) {
      stored(id);
      drop(id);
      for (const listener of listeners) listener(id);
      const kept = secrets.find({ kind: 'engine-identity', engineId: id });
      if (kept !== null) await secrets.forget(kept.id);
      db.containerEngines.delete(id);
    },
    test,
    async clientOf(id) {
      const row = stored(id);
      const known = clients.get(id);
      if (known !== undefined) return known;
      const opening = reach(reachable(row), needs).then(({ client }) => client);
      clients.set(id, opening);
      // The next one looks again: a socket may be there by then, a store unlocked.
      opening.catch(() => clients.get(id) === opening && clients.delete(id));
      return opening;
    },
    onForget: (listener) => void listeners.push(listener),
    close() {
      for (const id of [...clients.keys()]) drop(id);
    },
  };
}

async function tried(
  engine: Reachable,
  needs: ReachNeeds,
  signal: AbortSignal,
): Promise<EngineTest> {
  const at = Date.now();
  let way = wayText(engine.way, engine.deviceName);
  try {
    const reached = await reach(engine, needs);
    try {
      const facts = await readFacts(reached.client, signal);
      return { at, failure: null, way: reached.way(), facts };
    } finally {
      way = reached.way();
      reached.client.close();
    }
  } catch (error) {
    if (!(error instanceof RackhelmError) || signal.aborted) throw error;
    const { code, message, hint } = error;
    return { at, failure: { code, message, hint }, way, facts: null };
  }
}

function testOf({ test }: StoredEngine): EngineTest | null {
  return test === null ? null : (engineTest.safeParse(JSON.parse(test)).data ?? null);
}

function usualName(way: EngineWay): string {
  if (way.kind === 'tcp') return way.host;
  return way.kind === 'context' ? way.name : 'This computer';
}

const mostDevices = 500;

async function findSources({ db }: EnginesNeeds): Promise<EngineSources> {
  const contexts = await listDockerContexts();
  const { rows } = db.tables.devices.list(deviceQuery.parse({ limit: mostDevices }));
  return {
    contexts: contexts.map(({ name, endpoint, current, skipVerify }) => ({
      ...{ name, endpoint, current },
      problem: skipVerify ? 'It does not check who answers.' : null,
    })),
    sockets: await localSockets(),
    devices: rows.filter(({ sshHost }) => Boolean(sshHost)).map(({ id, name }) => ({ id, name })),
  };
}
