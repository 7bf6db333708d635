import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { Backoff, pause } from './backoff.ts';
import { KubeError } from './errors.ts';
import type { FollowEvent, FollowOptions, ObjectSource, WatchEvent } from './types.ts';

type Source<T> = Pick<ObjectSource<T>, 'list' | 'watch'>;

/** A watch that stood so long was no accident. */
const steadyMs = 10_000;

/** See `FollowEvent`. Ends with the signal, and never throws. */
export async function* followList<T>(
  source: Source<T>,
  type: ResourceType,
  options: FollowOptions,
): AsyncGenerator<FollowEvent<T>, void, void> {
  const following = new Following(source, type, options);
  while (!options.signal.aborted) yield* following.turn();
}

/** Where following stands; a turn lists or watches once. */
class Following<T> {
  readonly #source: Source<T>;
  readonly #type: ResourceType;
  readonly #options: FollowOptions;
  readonly #backoff = new Backoff();
  /** Null: list anew. */
  #version: string | null = null;
  #isTroubled = false;

  constructor(source: Source<T>, type: ResourceType, options: FollowOptions) {
    this.#source = source;
    this.#type = type;
    this.#options = options;
  }

  async *turn(): AsyncGenerator<FollowEvent<T>, void, void> {
    if (this.#version === null) yield* this.#list();
    else yield* this.#watch(this.#version);
  }

  async *#list(): AsyncGenerator<FollowEvent<T>, void, void> {
    const { silentMs: _, ...query } = this.#options;
    let first = true;
    let version = '';
    try {
      for await (const page of this.#source.list(this.#type, query)) {
        yield* this.#well();
        yield { type: 'page', items: page.items, first };
        first = false;
        version = page.resourceVersion;
      }
    } catch (error) {
      yield* this.#trouble(asKubeError(error));
      return;
    }
    this.#version = version;
    yield { type: 'listed' };
  }

  async *#watch(resourceVersion: string): AsyncGenerator<FollowEvent<T>, void, void> {
    const { limit: _, ...query } = this.#options;
    const began = Date.now();
    for await (const event of this.#source.watch(this.#type, { ...query, resourceVersion })) {
      if (event.type === 'END') {
        yield* this.#ended(event, Date.now() - began);
        return;
      }
      yield* this.#well();
      if (event.type === 'OPEN') continue;
      this.#backoff.reset();
      this.#version = event.resourceVersion;
      if (event.type === 'BOOKMARK' || event.object === null) continue;
      yield { type: event.type === 'DELETED' ? 'delete' : 'put', object: event.object };
    }
  }

  async *#ended(
    { reason, error }: Extract<WatchEvent, { type: 'END' }>,
    stoodMs: number,
  ): AsyncGenerator<FollowEvent<T>, void, void> {
    if (reason === 'left') return;
    if (stoodMs > steadyMs) {
      this.#backoff.reset();
      if (reason === 'ended') return;
    }
    if (reason === 'ended') await pause(this.#backoff.next(null), this.#options.signal);
    else yield* this.#trouble(error ?? silentError());
  }

  async *#trouble(error: KubeError): AsyncGenerator<FollowEvent<T>, void, void> {
    const { signal } = this.#options;
    if (signal.aborted) return;
    if (error.code === 'KUBE_GONE') {
      this.#version = null;
      return pause(this.#backoff.next(null), signal);
    }
    this.#isTroubled = true;
    const againInMs = this.#backoff.next(error);
    yield { type: 'trouble', error, againInMs };
    await pause(againInMs, signal);
  }

  *#well(): Generator<FollowEvent<T>, void, void> {
    if (!this.#isTroubled) return;
    this.#isTroubled = false;
    yield { type: 'well' };
  }
}

function silentError(): KubeError {
  return new KubeError('KUBE_UNREACHABLE', 'The API says nothing any more.');
}

function asKubeError(error: unknown): KubeError {
  if (error instanceof KubeError) return error;
  return new KubeError('KUBE_FAILED', 'The list could not be read.', { cause: error });
}
