import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DownloadEvent, PodDownload } from '../../../../../shared/cluster/pods/pod-file.ts';
import type { Client } from '../../../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../../../rpc/failure.ts';

/** A file of a pod that was asked for, and what became of it. */
export interface Download {
  readonly id: string;
  readonly asked: PodDownload;
  readonly state:
    | DownloadEvent
    | { readonly type: 'failed'; readonly failure: Failure }
    | { readonly type: 'cancelled' };
}

export interface DownloadsStore {
  readonly store: StoreApi<{ readonly downloads: readonly Download[] }>;
  /** Resolves once it is known whether it can be: a failure, else null; it goes on by itself. */
  start(asked: PodDownload): Promise<Failure | null>;
  cancel(id: string): void;
  /** Of those that are over. */
  clear(): void;
}

interface Needs {
  readonly client: {
    readonly cluster: { readonly pods: { readonly files: Client['cluster']['pods']['files'] } };
  };
}

/** Of those that are over, the newest are told of. */
const mostTold = 20;

export const isOver = ({ state: { type } }: Download): boolean =>
  type === 'done' || type === 'failed' || type === 'cancelled';

export function createDownloadsStore({ client }: Needs): DownloadsStore {
  const { files } = client.cluster.pods;
  const store = createStore<{ downloads: readonly Download[] }>(() => ({ downloads: [] }));
  const running = new Map<string, AbortController>();

  function put(download: Download): void {
    store.setState(({ downloads }) => {
      const others = downloads.filter(({ id }) => id !== download.id);
      const place = downloads.findIndex(({ id }) => id === download.id);
      if (place === -1) return { downloads: [...others, download].slice(-mostTold) };
      return { downloads: downloads.map((each) => (each.id === download.id ? download : each)) };
    });
  }

  return {
    store,
    start(asked) {
      const id = crypto.randomUUID();
      const leave = new AbortController();
      running.set(id, leave);
      return new Promise((resolve) => {
        const run = async () => {
          for await (const state of await files.download(asked, { signal: leave.signal })) {
            put({ id, asked, state });
            resolve(null);
          }
        };
        const ended = (error: unknown) => {
          const isKnown = store.getState().downloads.some((each) => each.id === id);
          if (isAbort(error)) put({ id, asked, state: { type: 'cancelled' } });
          // Before it began it is told where it was asked for.
          else if (isKnown)
            put({ id, asked, state: { type: 'failed', failure: toFailure(error) } });
          resolve(isAbort(error) ? null : toFailure(error));
        };
        void run()
          .catch(ended)
          .finally(() => running.delete(id));
      });
    },
    cancel(id) {
      const download = store.getState().downloads.find((each) => each.id === id);
      running.get(id)?.abort();
      if (download !== undefined) put({ ...download, state: { type: 'cancelled' } });
    },
    clear: () =>
      store.setState(({ downloads }) => ({
        downloads: downloads.filter((each) => !isOver(each)),
      })),
  };
}
