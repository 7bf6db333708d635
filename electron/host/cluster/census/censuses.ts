import type { Census } from '../../../../shared/cluster/census/census.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import { readCensus } from './read-census.ts';

/** What was read of clusters, kept so that nothing is asked of them that nobody asked for. */
export interface Censuses {
  /** As it was read last; `fresh`, or where it never was, reads it now. Throws KubeError. */
  of(
    contextId: string,
    asked: { readonly fresh: boolean; readonly signal: AbortSignal },
  ): Promise<Census>;
  close(): void;
}

const mostKept = 2;
const longestMs = 120_000;

export function createCensuses({
  clientOf,
  now = Date.now,
}: {
  /** Throws NOT_FOUND. */
  readonly clientOf: (contextId: string) => Pick<KubeClient, 'list'>;
  readonly now?: () => number;
}): Censuses {
  const kept = new Map<string, Census>();
  const running = new Map<string, Promise<Census>>();
  const ended = new AbortController();

  const keep = (contextId: string, census: Census): void => {
    kept.delete(contextId);
    kept.set(contextId, census);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) return;
      kept.delete(oldest);
    }
  };
  /** One reading for all who ask meanwhile; who leaves does not take it from the others. */
  const read = (contextId: string): Promise<Census> => {
    const known = running.get(contextId);
    if (known !== undefined) return known;
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(longestMs)]);
    const reading = (async () => {
      const census = await readCensus(clientOf(contextId), { signal, now });
      keep(contextId, census);
      return census;
    })().finally(() => running.delete(contextId));
    running.set(contextId, reading);
    return reading;
  };
  return {
    async of(contextId, { fresh, signal }) {
      const known = kept.get(contextId);
      if (known !== undefined && !fresh) return known;
      return await unlessLeft(read(contextId), signal);
    },
    close: () => ended.abort(),
  };
}

function unlessLeft<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
