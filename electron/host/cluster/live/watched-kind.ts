import { setTimeout as wait } from 'node:timers/promises';
import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import type { KindStanding } from '../../../../shared/cluster/standing.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { FollowEvent, KubeClient } from '../../connections/kubernetes/index.ts';
import type { ReadEntry } from './entry.ts';
import type { EntryReader } from './entry-reader.ts';
import type { HeldKind } from './held-kind.ts';

/** A short break is mended before anybody has read that there was one. */
const graceMs = 1_500;
const firstRetryMs = 1_000;
const lastRetryMs = 30_000;

export interface WatchedOptions {
  readonly held: HeldKind;
  readonly client: () => Promise<Pick<KubeClient, 'readBy'>>;
  readonly reader: EntryReader;
  /** Null: the cluster has no such kind. */
  readonly type: () => Promise<ResourceType | null>;
  readonly now: () => number;
  readonly onChange: () => void;
}

/** One list that is followed: of all namespaces, or of one. */
interface Scope {
  readonly namespace: string | null;
  readonly leave: AbortController;
  standing: KindStanding;
  /** When trouble began; null: there is none. */
  troubledAt: number | null;
}

/** Keeps one kind up to date, from when somebody looks until nobody has for a while. */
export class WatchedKind {
  readonly held: HeldKind;
  lookedAt: number;
  readonly #options: WatchedOptions;
  readonly #scopes = new Map<string | null, Scope>();

  constructor(options: WatchedOptions) {
    this.held = options.held;
    this.#options = options;
    this.lookedAt = options.now();
  }

  /**
   * Follows all namespaces. Where this user may not, those that are asked for are followed one by one:
   * who may see one namespace sees that.
   */
  look(namespaces: readonly string[]): void {
    this.lookedAt = this.#options.now();
    const all = this.#scope(null);
    if (all.standing.state !== 'refused' || !this.held.kind.namespaced) return;
    for (const namespace of namespaces) this.#scope(namespace);
  }

  standing(namespaces: readonly string[]): KindStanding {
    const all = this.#scopes.get(null)?.standing ?? { state: 'loading', held: 0 };
    if (all.state !== 'refused' || namespaces.length === 0) return all;
    const some = namespaces.flatMap((namespace) => this.#scopes.get(namespace)?.standing ?? []);
    const worst = some.find(({ state }) => state !== 'live');
    return worst ?? some[0] ?? all;
  }

  /** Whether all of them were heard at some time, so that what is not held does not exist. */
  get isWhole(): boolean {
    const { state } = this.#scopes.get(null)?.standing ?? {};
    return state === 'live' || state === 'stale';
  }

  close(): void {
    for (const { leave } of this.#scopes.values()) leave.abort();
    this.#scopes.clear();
  }

  #scope(namespace: string | null): Scope {
    const known = this.#scopes.get(namespace);
    if (known) return known;
    const scope: Scope = {
      namespace,
      leave: new AbortController(),
      standing: { state: 'loading', held: 0 },
      troubledAt: null,
    };
    this.#scopes.set(namespace, scope);
    void this.#run(scope);
    return scope;
  }

  /** Until it is left. Whatever goes wrong is told by the standing. */
  async #run(scope: Scope): Promise<void> {
    const { signal } = scope.leave;
    let retryMs = firstRetryMs;
    while (!signal.aborted) {
      try {
        const type = await this.#options.type();
        if (type === null) this.#stand(scope, { state: 'absent' });
        else await this.#follow(scope, type);
        retryMs = type === null ? lastRetryMs : firstRetryMs;
      } catch (error) {
        this.#trouble(scope, error);
        retryMs = Math.min(lastRetryMs, retryMs * 2);
      }
      await wait(retryMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #follow(scope: Scope, type: ResourceType): Promise<void> {
    const { signal } = scope.leave;
    const client = await this.#options.client();
    const { namespace } = scope;
    const options = { signal, ...(namespace !== null && { namespace }) };
    let round = 0;
    for await (const event of client.readBy(this.#options.reader).follow(type, options)) {
      if (signal.aborted) return;
      // The client was let go for another one, which has to be asked for.
      if (event.type === 'trouble' && event.error.code === 'KUBE_CANCELLED') return;
      if (event.type === 'page' && event.first) round = this.held.beginList();
      await this.#apply(scope, event, round);
    }
  }

  async #apply(scope: Scope, event: FollowEvent<ReadEntry>, round: number): Promise<void> {
    switch (event.type) {
      case 'page':
        await this.held.putPage(event.items, round);
        if (scope.standing.state === 'loading') {
          scope.standing = { state: 'loading', held: this.held.size };
        }
        break;
      case 'listed':
        this.held.endList(round, scope.namespace);
        this.#live(scope);
        return;
      case 'put':
        this.held.put(event.object);
        break;
      case 'delete':
        this.held.delete(event.object);
        break;
      case 'trouble':
        this.#trouble(scope, event.error);
        return;
      case 'well':
        if (wasHeard(scope)) this.#live(scope);
        return;
    }
    this.#options.onChange();
  }

  #live(scope: Scope): void {
    scope.troubledAt = null;
    this.#stand(scope, { state: 'live', at: this.#options.now() });
  }

  #trouble(scope: Scope, error: unknown): void {
    const known = asKnown(error);
    const { code, message: why, hint } = known;
    if (code === 'KUBE_FORBIDDEN' && !wasHeard(scope)) {
      this.#stand(scope, { state: 'refused', why });
      return;
    }
    if (!wasHeard(scope)) {
      this.#stand(scope, { state: 'failed', code, why, hint });
      return;
    }
    const { now } = this.#options;
    const began = scope.troubledAt ?? now();
    scope.troubledAt = began;
    const tell = () => {
      if (scope.troubledAt === null || scope.leave.signal.aborted) return;
      this.#stand(scope, { state: 'stale', at: began, code, why });
    };
    if (scope.standing.state === 'stale') tell();
    else setTimeout(tell, graceMs).unref();
  }

  #stand(scope: Scope, standing: KindStanding): void {
    scope.standing = standing;
    this.#options.onChange();
  }
}

function wasHeard({ standing: { state } }: Scope): boolean {
  return state === 'live' || state === 'stale';
}

function asKnown(error: unknown): RackhelmError {
  if (error instanceof RackhelmError) return error;
  return new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.', { cause: error });
}
