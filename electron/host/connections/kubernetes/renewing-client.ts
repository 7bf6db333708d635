import { KubeError } from './errors.ts';
import { followList } from './follow.ts';
import type { KubeClient, ObjectSource, WatchEvent } from './types.ts';

/** Whoever keeps a client has to look again how it gets there, and as whom. */
const worthRenewing: ReadonlySet<string> = new Set([
  'KUBE_UNREACHABLE',
  'KUBE_UNAUTHORIZED',
  'KUBE_CERTIFICATE_EXPIRED',
  'KUBE_CERTIFICATE_UNTRUSTED',
  'KUBE_CERTIFICATE_NAME',
]);

interface Inner {
  readonly client: KubeClient;
  uses: number;
  isDropped: boolean;
}

/**
 * A client for as long as somebody looks at a cluster: it is opened at its first use, and anew after it
 * failed, since a kubeconfig may have been renewed and a network changed meanwhile.
 */
export function createRenewingClient(
  open: (signal: AbortSignal) => Promise<KubeClient>,
): KubeClient {
  const closing = new AbortController();
  let opening: Promise<Inner> | null = null;
  const all = new Set<Inner>();

  function current(): Promise<Inner> {
    opening ??= open(closing.signal).then(
      (client) => {
        const inner = { client, uses: 0, isDropped: false };
        all.add(inner);
        if (closing.signal.aborted) client.close();
        return inner;
      },
      (error: unknown) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  }

  function end(inner: Inner): void {
    if (!inner.isDropped || inner.uses > 0) return;
    inner.client.close();
    all.delete(inner);
  }

  function drop(inner: Inner): void {
    if (!inner.isDropped) opening = null;
    inner.isDropped = true;
  }

  function note(inner: Inner, error: unknown): void {
    if (error instanceof KubeError && worthRenewing.has(error.code)) drop(inner);
  }

  async function once<T>(work: (client: KubeClient) => Promise<T>): Promise<T> {
    const inner = await current();
    inner.uses += 1;
    try {
      return await work(inner.client);
    } catch (error) {
      note(inner, error);
      throw error;
    } finally {
      inner.uses -= 1;
      end(inner);
    }
  }

  async function* stream<T>(
    work: (client: KubeClient) => AsyncIterable<T>,
  ): AsyncGenerator<T, void, void> {
    const inner = await current();
    inner.uses += 1;
    try {
      for await (const each of work(inner.client)) {
        if (typeof each === 'object' && each !== null && 'error' in each) note(inner, each.error);
        yield each;
      }
    } catch (error) {
      note(inner, error);
      throw error;
    } finally {
      inner.uses -= 1;
      end(inner);
    }
  }

  /** Each list and each watch of it by whichever client is good at the time. */
  function source<T>(of: (inner: KubeClient) => ObjectSource<T>): ObjectSource<T> {
    const renewed: ObjectSource<T> = {
      list: (...args) => stream((inner) => of(inner).list(...args)),
      watch: (...args) => watching(stream((inner) => of(inner).watch(...args))),
      follow: (type, options) => followList(renewed, type, options),
    };
    return renewed;
  }

  return {
    ...source((inner) => inner),
    readBy: (reader) => source((inner) => inner.readBy(reader)),
    get: (...args) => once((inner) => inner.get(...args)),
    create: (...args) => once((inner) => inner.create(...args)),
    replace: (...args) => once((inner) => inner.replace(...args)),
    patch: (...args) => once((inner) => inner.patch(...args)),
    apply: (...args) => once((inner) => inner.apply(...args)),
    delete: (...args) => once((inner) => inner.delete(...args)),
    evict: (...args) => once((inner) => inner.evict(...args)),
    logs: (...args) => stream((inner) => inner.logs(...args)),
    exec: (...args) => once((inner) => inner.exec(...args)),
    portForward: (...args) => once((inner) => inner.portForward(...args)),
    discovery: (...args) => once((inner) => inner.discovery(...args)),
    version: (...args) => once((inner) => inner.version(...args)),
    request: (...args) => once((inner) => inner.request(...args)),
    clockSkewMs: () => [...all].at(-1)?.client.clockSkewMs() ?? null,
    close() {
      closing.abort(new KubeError('KUBE_CANCELLED', 'The connection to the cluster was closed.'));
      for (const inner of all) inner.client.close();
      all.clear();
    },
  };
}

/** A watch never throws, also where it could not be opened. */
async function* watching<T>(
  events: AsyncIterable<WatchEvent<T>>,
): AsyncGenerator<WatchEvent<T>, void, void> {
  try {
    yield* events;
  } catch (error) {
    const told =
      error instanceof KubeError
        ? error
        : new KubeError('KUBE_UNREACHABLE', 'The cluster cannot be reached.', { cause: error });
    yield {
      type: 'END',
      reason: told.code === 'KUBE_UNREACHABLE' ? 'cut' : 'refused',
      error: told,
    };
  }
}
