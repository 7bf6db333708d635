import { setTimeout as wait } from 'node:timers/promises';
import type { TableEvent, TableQuery, TableWindow } from '../../../../shared/cluster/table.ts';
import { type EngineKind, engineKinds, kindColumns } from '../../../../shared/containers/kinds.ts';
import { isErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import type { DockerClient } from '../../connections/docker/index.ts';
import { Bell, changesBetween, tableOf } from '../../live-table/index.ts';
import { EngineLook } from './engine-look.ts';
import type { HeldContainer } from './held-engine.ts';

export interface EngineQuery extends TableQuery {
  readonly engineId: string;
}

export interface EngineLiveNeeds {
  /** Throws NOT_FOUND, and what its way throws. */
  readonly clientOf: (engineId: string) => Promise<DockerClient>;
  readonly report: (error: unknown) => void;
  /** Milliseconds for which an engine is held that nobody looks at. */
  readonly idleMs?: number;
}

/** Engines as they are, held while somebody looks. */
export interface EngineLive {
  list(query: EngineQuery, signal: AbortSignal): Promise<TableWindow>;
  follow(query: EngineQuery, signal: AbortSignal): AsyncGenerator<TableEvent, void, void>;
  /** How many there are of each kind, and when it was away last. */
  overview(engineId: string, signal: AbortSignal): Promise<EngineOverview>;
  /** By id, a beginning of it, or its name. Throws NOT_FOUND, and why the engine is not heard. */
  container(engineId: string, name: string, signal: AbortSignal): Promise<HeldContainer>;
  /** All of them as they are held. */
  containers(engineId: string, signal: AbortSignal): Promise<readonly HeldContainer[]>;
  /** Told of each change while it is held, and holds it; returns how to leave. */
  subscribe(engineId: string, listener: () => void): () => void;
  /** Something was done that its events may not tell. */
  refresh(engineId: string): void;
  drop(engineId: string): void;
  close(): Promise<void>;
}

export interface EngineOverview {
  readonly counts: Readonly<Record<EngineKind, number>>;
  readonly away: { readonly from: number; readonly until: number } | null;
}

const idleAfterMs = 30_000;
/** Between two looks at what changed: what a person can see at all. */
const togetherMs = 100;
const lookMs = 15_000;

interface Held {
  readonly look: EngineLook;
  readonly listeners: Set<() => void>;
  revision: number;
  idle: NodeJS.Timeout | undefined;
}

export function createEngineLive(needs: EngineLiveNeeds): EngineLive {
  const { clientOf, report, idleMs = idleAfterMs } = needs;
  const engines = new Map<string, Held>();

  function drop(engineId: string): void {
    const held = engines.get(engineId);
    if (held === undefined) return;
    clearTimeout(held.idle);
    engines.delete(engineId);
    void held.look.close().catch(report);
  }

  /** Keeps it for a while; each look begins that while anew. */
  function looked(engineId: string): Held {
    const known = engines.get(engineId) ?? open(engineId);
    clearTimeout(known.idle);
    if (known.listeners.size === 0) known.idle = setTimeout(() => drop(engineId), idleMs).unref();
    return known;
  }

  function open(engineId: string): Held {
    const listeners = new Set<() => void>();
    const onChange = () => {
      held.revision += 1;
      for (const listener of listeners) listener();
    };
    const look = new EngineLook({ client: () => clientOf(engineId), onChange, report });
    const held: Held = { look, listeners, revision: 0, idle: undefined };
    engines.set(engineId, held);
    return held;
  }

  async function ready(engineId: string, signal: AbortSignal): Promise<Held> {
    const held = looked(engineId);
    await held.look.settled(signal);
    return held;
  }

  async function heard(engineId: string, signal: AbortSignal): Promise<EngineLook> {
    const { look } = await ready(engineId, signal);
    const standing = look.standing('containers');
    if (standing.state === 'failed') throw failure(standing);
    return look;
  }

  return {
    list: async (query, signal) => windowOf(await ready(query.engineId, signal), query),
    async *follow(query, signal) {
      const held = looked(query.engineId);
      const bell = new Bell();
      const ring = () => bell.ring();
      held.listeners.add(ring);
      clearTimeout(held.idle);
      try {
        await held.look.settled(AbortSignal.any([signal, AbortSignal.timeout(togetherMs)]));
        let shown = windowOf(held, query);
        yield { type: 'window', window: shown };
        while (!signal.aborted) {
          await bell.rung(lookMs, signal);
          if (signal.aborted) return;
          const now = windowOf(held, query);
          const event = changesBetween(shown, now);
          shown = now;
          if (event !== null) yield event;
          await wait(togetherMs, undefined, { signal }).catch(() => {});
        }
      } finally {
        held.listeners.delete(ring);
        if (engines.get(query.engineId) === held) looked(query.engineId);
      }
    },
    async overview(engineId, signal) {
      const { look } = await ready(engineId, signal);
      const counts = Object.fromEntries(
        engineKinds.map((kind) => [kind, look.held.rows(kind).length]),
      ) as Record<EngineKind, number>; // fromEntries forgets the keys
      return { counts, away: look.away };
    },
    async container(engineId, name, signal) {
      const { held } = await heard(engineId, signal);
      const found = held.container(name) ?? named([...held.containers()], name);
      if (found !== undefined) return found;
      throw new RackhelmError('NOT_FOUND', `There is no container ${name}.`);
    },
    containers: async (engineId, signal) => [...(await heard(engineId, signal)).held.containers()],
    subscribe(engineId, listener) {
      const held = looked(engineId);
      held.listeners.add(listener);
      clearTimeout(held.idle);
      return () => {
        held.listeners.delete(listener);
        if (engines.get(engineId) === held) looked(engineId);
      };
    },
    refresh: (engineId) => engines.get(engineId)?.look.refresh(),
    drop,
    async close() {
      const all = [...engines.values()];
      engines.clear();
      for (const { idle } of all) clearTimeout(idle);
      await Promise.all(all.map(({ look }) => look.close()));
    },
  };
}

function windowOf({ look, revision }: Held, query: EngineQuery): TableWindow {
  const kind = kindOf(query.kind);
  const all = look.held.rows(kind);
  const source = {
    entries: all,
    rowOf: (entry: (typeof all)[number]) => entry.row,
    wordsOf: (entry: (typeof all)[number]) => entry.words(),
  };
  const { rows, levels } = tableOf(source, query);
  return {
    columns: kindColumns[kind],
    rows: rows.slice(query.offset, query.offset + query.limit),
    total: rows.length,
    held: all.length,
    ...{ levels, revision },
    standing: look.standing(kind),
    left: 0,
  };
}

export function kindOf(text: string): EngineKind {
  const kind = engineKinds.find((one) => one === text);
  if (kind !== undefined) return kind;
  throw new RackhelmError('INVALID_INPUT', `An engine has no ${text}.`);
}

/** The least of an id that stands for it. */
const leastId = 4;

function named(all: readonly HeldContainer[], name: string): HeldContainer | undefined {
  const byName = all.find(({ row }) => row.name === name);
  if (byName !== undefined || name.length < leastId) return byName;
  const byId = all.filter(({ listed }) => listed.Id.startsWith(name));
  return byId.length === 1 ? byId[0] : undefined;
}

function failure(standing: { code: string; why: string; hint: string }): RackhelmError {
  const { code, why, hint } = standing;
  return new RackhelmError(isErrorCode(code) ? code : 'DOCKER_FAILED', why, { hint });
}
