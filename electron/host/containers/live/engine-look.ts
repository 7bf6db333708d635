import { setTimeout as wait } from 'node:timers/promises';
import type { KindStanding } from '../../../../shared/cluster/standing.ts';
import type { EngineKind } from '../../../../shared/containers/kinds.ts';
import {
  listedContainer,
  listedImage,
  listedNetwork,
  listedVolume,
  readListed,
} from '../../../../shared/containers/listed.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { DockerClient } from '../../connections/docker/index.ts';
import { Bell } from '../../live-table/index.ts';
import { readEvent } from './engine-events.ts';
import { HeldEngine } from './held-engine.ts';
import { readLook } from './look-at.ts';

export interface EngineLookOptions {
  readonly client: () => Promise<DockerClient>;
  readonly onChange: () => void;
  readonly report: (error: unknown) => void;
}

/** Events that come together are answered by one list. */
const togetherMs = 150;
/** Containers that are looked at alone for the reason of their state; of more the list has to do. */
const mostLooks = 40;
const lookForMs = 20;
const firstWaitMs = 800;
const mostWaitMs = 30_000;
/** An engine may die without a word: so often it is asked whether it is there. */
const aliveMs = 20_000;

/** One engine while somebody looks at it: its lists, and what its events change in them. */
export class EngineLook {
  readonly held = new HeldEngine();
  readonly #options: EngineLookOptions;
  readonly #leave = new AbortController();
  readonly #bell = new Bell();
  readonly #dirty = new Set<string>();
  readonly #wantsList = new Set<EngineKind>();
  readonly #running: Promise<void>;
  #standing: KindStanding = { state: 'loading', held: 0 };
  readonly #listed = new Set<EngineKind>();
  #isWhole = false;
  #heardAt = 0;
  /** When it was away last, and until when; null: it never was. UTC milliseconds. */
  #away: { readonly from: number; readonly until: number } | null = null;

  constructor(options: EngineLookOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  standing(kind: EngineKind): KindStanding {
    if (this.#standing.state !== 'live') return this.#standing;
    if (!this.#listed.has(kind)) return { state: 'loading', held: 0 };
    return { state: 'live', at: this.#heardAt };
  }

  get away() {
    return this.#away;
  }

  /** Resolves when all lists are there, with the reasons of states; or when the engine cannot be heard. */
  async settled(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#leave.signal]);
    while (!this.#isWhole && !this.#hasFailed && !either.aborted) {
      await wait(lookForMs, undefined, { signal: either }).catch(() => {});
    }
  }

  get #hasFailed(): boolean {
    return this.#standing.state === 'failed' || this.#standing.state === 'stale';
  }

  /** Asks for the lists anew, such as after something was done that an engine tells no event of. */
  refresh(): void {
    for (const kind of ['containers', 'images', 'volumes', 'networks'] as const)
      this.#wantsList.add(kind);
    this.#bell.ring();
  }

  async close(): Promise<void> {
    this.#leave.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#leave;
    let tries = 0;
    while (!signal.aborted) {
      const began = Date.now();
      try {
        await this.#connected(signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#failed(error);
      }
      // One that stood for a while is looked for at once.
      tries = Date.now() - began > mostWaitMs ? 0 : tries + 1;
      const ms = Math.min(mostWaitMs, firstWaitMs * 2 ** (tries - 1));
      await wait(ms, undefined, { signal }).catch(() => {});
    }
  }

  /** Until the connection breaks, which throws. */
  async #connected(leave: AbortSignal): Promise<void> {
    const broken = new AbortController();
    const signal = AbortSignal.any([leave, broken.signal]);
    const client = await this.#options.client();
    // Before the lists, so that nothing falls between.
    const events = await client.lines({ path: '/events', signal });
    const works = [
      this.#hear(events),
      this.#answer(client, signal),
      this.#stayAwake(client, signal),
    ];
    try {
      await Promise.race(works);
    } finally {
      broken.abort();
      await Promise.allSettled(works);
    }
    throw new RackhelmError('DOCKER_UNREACHABLE', 'The engine ended the connection.');
  }

  async #hear(events: AsyncGenerator<unknown, void, void>): Promise<void> {
    for await (const line of events) {
      this.#heardAt = Date.now();
      const { change } = readEvent(line);
      if (change.type === 'nothing') continue;
      if (change.type !== 'container') this.#wantsList.add(change.type);
      else this.#dirty.add(change.id);
      this.#bell.ring();
    }
  }

  async #stayAwake(client: DockerClient, signal: AbortSignal): Promise<void> {
    for (;;) {
      await wait(aliveMs, undefined, { signal, ref: false });
      await client.call({ path: '/_ping', signal, timeoutMs: aliveMs });
      this.#heardAt = Date.now();
    }
  }

  async #answer(client: DockerClient, signal: AbortSignal): Promise<void> {
    await this.#list(client, 'containers', signal);
    this.#live();
    await Promise.all(
      (['images', 'volumes', 'networks'] as const).map((kind) => this.#list(client, kind, signal)),
    );
    this.#options.onChange();
    await this.#lookAtTroubled(client, signal);
    this.#isWhole = true;
    for (;;) {
      await this.#bell.rung(60_000, signal);
      signal.throwIfAborted();
      await wait(togetherMs, undefined, { signal });
      await this.#catchUp(client, signal);
    }
  }

  #live(): void {
    const now = Date.now();
    if (this.#standing.state === 'stale') this.#away = { from: this.#standing.at, until: now };
    this.#heardAt = now;
    this.#standing = { state: 'live', at: now };
    this.#options.onChange();
  }

  async #catchUp(client: DockerClient, signal: AbortSignal): Promise<void> {
    const kinds = [...this.#wantsList];
    this.#wantsList.clear();
    const ids = [...this.#dirty];
    this.#dirty.clear();
    if (ids.length > 0) await this.#relist(client, ids, signal);
    for (const kind of kinds) await this.#list(client, kind, signal);
    if (ids.length === 0 && kinds.length === 0) return;
    this.#options.onChange();
    await this.#lookAtTroubled(client, signal);
  }

  /** Those of an id alone: a machine with hundreds is not asked for all of them at each start of one. */
  async #relist(client: DockerClient, ids: readonly string[], signal: AbortSignal): Promise<void> {
    const query = { all: true, filters: { id: ids } };
    const answer = await client.call({ path: '/containers/json', query, signal });
    const listed = readListed(listedContainer, answer);
    const there = new Set(listed.map(({ Id }) => Id));
    for (const id of ids) if (!there.has(id)) this.held.deleteContainer(id);
    this.held.putContainers(listed, Date.now());
  }

  async #list(client: DockerClient, kind: EngineKind, signal: AbortSignal): Promise<void> {
    const ask = (path: string, query = {}) => client.call({ path, query, signal });
    switch (kind) {
      case 'containers': {
        const listed = readListed(listedContainer, await ask('/containers/json', { all: true }));
        this.held.setContainers(listed, Date.now());
        // They are what the containers say.
        this.#listed.add('projects');
        break;
      }
      case 'images':
        this.held.setImages(readListed(listedImage, await ask('/images/json')));
        break;
      case 'volumes':
        this.held.setVolumes(readListed(listedVolume, volumesIn(await ask('/volumes'))));
        break;
      case 'networks':
        this.held.setNetworks(readListed(listedNetwork, await ask('/networks')));
        break;
      case 'projects':
        return;
    }
    this.#listed.add(kind);
  }

  /** Why one ended, and how often it was started again, is told of each alone. */
  async #lookAtTroubled(client: DockerClient, signal: AbortSignal): Promise<void> {
    const troubled = [...this.held.containers()]
      .filter(({ row, listed }) => isTroubled(row.status.level, listed.State))
      .map(({ listed }) => listed.Id)
      .filter((id) => !this.held.hasLooked(id))
      .slice(0, mostLooks);
    if (troubled.length === 0) return;
    await Promise.all(
      troubled.map(async (id) => {
        const path = `/containers/${encodeURIComponent(id)}/json`;
        const answer = await client.call({ path, signal }).catch((error: unknown) => {
          if (error instanceof RackhelmError && error.code === 'DOCKER_NOT_FOUND') return null;
          throw error;
        });
        if (answer !== null) this.held.noteLook(id, readLook(answer), Date.now());
      }),
    );
    this.#options.onChange();
  }

  #failed(error: unknown): void {
    if (!(error instanceof RackhelmError)) this.#options.report(error);
    const { code, message, hint } =
      error instanceof RackhelmError ? error : new RackhelmError('INTERNAL', String(error));
    const had = this.#standing.state === 'live' || this.#standing.state === 'stale';
    const at = this.#standing.state === 'stale' ? this.#standing.at : this.#heardAt;
    this.#standing = had
      ? { state: 'stale', at, code, why: message }
      : { state: 'failed', code, why: message, hint };
    this.#options.onChange();
  }
}

function isTroubled(level: string, state: string): boolean {
  return level === 'bad' || level === 'warn' || state === 'restarting' || state === 'created';
}

function volumesIn(answer: unknown): unknown {
  return answer instanceof Object && 'Volumes' in answer ? answer.Volumes : [];
}
