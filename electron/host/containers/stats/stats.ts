import { setTimeout as wait } from 'node:timers/promises';
import {
  type ContainerSample,
  type RawSample,
  readRaw,
  type StatsEvent,
  sampleBetween,
} from '../../../../shared/containers/stats.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { DockerClient } from '../../connections/docker/index.ts';
import { Bell } from '../../live-table/index.ts';
import { containerPath } from '../container-path.ts';
import type { EngineLive } from '../live/index.ts';

export interface StatsNeeds {
  readonly clientOf: (engineId: string) => Promise<DockerClient>;
  readonly live: EngineLive;
  readonly idleMs?: number;
}

export interface StatsAsked {
  readonly engineId: string;
  readonly container: string;
}

/** What containers take, each second while somebody looks. */
export interface Stats {
  /** What is held of the last hour, then what comes. */
  follow(asked: StatsAsked, signal: AbortSignal): AsyncGenerator<StatsEvent, void, void>;
  close(): void;
}

/** An hour of seconds. */
const mostSamples = 3_600;
/** Whoever comes back soon finds what was held. */
const usualIdleMs = 120_000;
const mostKept = 32;
const againMs = 2_000;
const restingMs = 5_000;
const lookMs = 15_000;

export function createStats({ clientOf, live, idleMs = usualIdleMs }: StatsNeeds): Stats {
  const kept = new Map<string, Keeper>();

  function keeperOf(engineId: string, id: string): Keeper {
    const key = `${engineId} ${id}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    for (const [old, keeper] of kept) {
      if (kept.size >= mostKept && keeper.following === 0) end(old);
    }
    if (kept.size >= mostKept) {
      throw new RackhelmError('INVALID_INPUT', `${mostKept} containers are measured already.`, {
        hint: 'Close one of the pages that show statistics.',
      });
    }
    const keeper = new Keeper(() => clientOf(engineId), id);
    kept.set(key, keeper);
    return keeper;
  }

  function end(key: string): void {
    kept.get(key)?.close();
    kept.delete(key);
  }

  return {
    async *follow({ engineId, container }, signal) {
      const { row } = await live.container(engineId, container, signal);
      const key = `${engineId} ${row.key}`;
      const keeper = keeperOf(engineId, row.key);
      clearTimeout(keeper.idle);
      keeper.following += 1;
      try {
        yield* keeper.follow(signal);
      } finally {
        keeper.following -= 1;
        if (keeper.following === 0) keeper.idle = setTimeout(() => end(key), idleMs).unref();
      }
    },
    close() {
      for (const key of [...kept.keys()]) end(key);
    },
  };
}

/** Measures one container, and holds the last hour of it. */
class Keeper {
  following = 0;
  idle: NodeJS.Timeout | undefined;
  readonly #leave = new AbortController();
  readonly #bells = new Set<Bell>();
  #samples: ContainerSample[] = [];
  /** Of all that were ever taken: where a follower goes on. */
  #taken = 0;
  #limitBytes: number | null = null;
  #why: string | null = null;

  constructor(client: () => Promise<DockerClient>, id: string) {
    void this.#run(client, id);
  }

  async *follow(signal: AbortSignal): AsyncGenerator<StatsEvent, void, void> {
    const bell = new Bell();
    this.#bells.add(bell);
    try {
      let seen = this.#taken;
      let why: string | null = null;
      yield { type: 'start', samples: [...this.#samples], limitBytes: this.#limitBytes };
      while (!signal.aborted && !this.#leave.signal.aborted) {
        if (this.#why !== why) {
          why = this.#why;
          yield { type: 'trouble', why };
        }
        const fresh = Math.min(this.#taken - seen, this.#samples.length);
        seen = this.#taken;
        if (fresh > 0) yield { type: 'samples', samples: this.#samples.slice(-fresh) };
        await bell.rung(lookMs, signal);
      }
    } finally {
      this.#bells.delete(bell);
    }
  }

  close(): void {
    clearTimeout(this.idle);
    this.#leave.abort();
    this.#ring();
  }

  async #run(client: () => Promise<DockerClient>, id: string): Promise<void> {
    const { signal } = this.#leave;
    while (!signal.aborted) {
      let ms = againMs;
      try {
        const path = containerPath(id, 'stats');
        const lines = await (await client()).lines({ path, query: { stream: true }, signal });
        if (!(await this.#read(lines))) ms = restingMs;
      } catch (error) {
        if (signal.aborted) return;
        this.#say(error instanceof Error ? error.message : String(error));
        if (error instanceof RackhelmError && error.code === 'DOCKER_NOT_FOUND') return;
      }
      await wait(ms, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Whether it ran. */
  async #read(lines: AsyncIterable<unknown>): Promise<boolean> {
    let before: RawSample | null = null;
    for await (const line of lines) {
      const raw = readRaw(line, Date.now());
      if (raw === null) {
        this.#say('The container does not run.');
        return false;
      }
      this.#say(null);
      this.#limitBytes = raw.limitBytes || null;
      const sample = before === null ? null : sampleBetween(before, raw);
      before = raw;
      if (sample !== null) this.#take(sample);
    }
    return before !== null;
  }

  #take(sample: ContainerSample): void {
    this.#samples.push(sample);
    this.#taken += 1;
    // Now and then, since cutting an array costs as much as it holds.
    if (this.#samples.length > mostSamples + 60) this.#samples = this.#samples.slice(-mostSamples);
    this.#ring();
  }

  #say(why: string | null): void {
    if (this.#why === why) return;
    this.#why = why;
    this.#ring();
  }

  #ring(): void {
    for (const bell of this.#bells) bell.ring();
  }
}
