import type { ClusterKind } from '../../../../shared/cluster/kind.ts';
import { clusterKind } from '../../../../shared/cluster/kinds/index.ts';
import type { ObjectName, ObjectPage } from '../../../../shared/cluster/object-page.ts';
import type { ClusterColumn } from '../../../../shared/cluster/row.ts';
import type { KindStanding } from '../../../../shared/cluster/standing.ts';
import type { TableEvent, TableQuery, TableWindow } from '../../../../shared/cluster/table.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import type { EntryReaders } from './entry-reader.ts';
import { followObject, objectPage } from './follow-object.ts';
import { followTable } from './follow-table.ts';
import { LiveCluster } from './live-cluster.ts';
import { type Revealed, revealValue } from './reveal.ts';

export interface LiveOptions {
  /** Of a context, by its id. Throws where it cannot be used. */
  readonly clientOf: (contextId: string) => Promise<KubeClient>;
  /** Closed with it. */
  readonly readers: EntryReaders;
  readonly report: (error: unknown) => void;
}

export interface ListedKind {
  readonly id: string;
  readonly title: string;
  readonly one: string;
  readonly group: string;
  readonly namespaced: boolean;
  readonly custom: boolean;
  readonly columns: readonly ClusterColumn[];
  readonly held: number | null;
  readonly standing: KindStanding | null;
}

interface InContext {
  readonly contextId: string;
}

/** The clusters as they are. Everything is followed only while somebody looks at it. */
export interface Live {
  kinds(asked: InContext): Promise<{ kinds: ListedKind[] }>;
  list(asked: InContext & TableQuery, signal: AbortSignal): Promise<TableWindow>;
  follow(
    asked: InContext & TableQuery,
    signal: AbortSignal,
  ): AsyncGenerator<TableEvent, void, void>;
  object(asked: InContext & ObjectName, signal: AbortSignal): Promise<ObjectPage>;
  followObject(
    asked: InContext & ObjectName,
    signal: AbortSignal,
  ): AsyncGenerator<ObjectPage, void, void>;
  reveal(
    asked: InContext & ObjectName & { readonly key: string },
    signal: AbortSignal,
  ): Promise<Revealed>;
  close(): Promise<void>;
}

/** Long enough for a slow API, short enough for a person who waits. */
const firstListMs = 20_000;

export function createLive({ clientOf, readers, report }: LiveOptions): Live {
  const clusters = new Map<string, LiveCluster>();
  const forget = (contextId: string): void => {
    clusters.get(contextId)?.close();
    clusters.delete(contextId);
  };
  const clusterOf = (contextId: string): LiveCluster => {
    const known = clusters.get(contextId);
    if (known !== undefined) return known;
    for (const [id, other] of clusters) if (other.isIdle) forget(id);
    const cluster = new LiveCluster({ client: () => clientOf(contextId), readers, report });
    clusters.set(contextId, cluster);
    return cluster;
  };
  const at = async <T extends InContext & { readonly kind: string }>(asked: T) => {
    const cluster = clusterOf(asked.contextId);
    return { cluster, kind: await cluster.kinds.find(asked.kind) };
  };
  return {
    async kinds({ contextId }) {
      const cluster = clusterOf(contextId);
      const kinds = await cluster.kinds.all();
      return { kinds: kinds.map((kind) => listed(kind, cluster)) };
    },
    async list(asked, signal) {
      const { cluster, kind } = await at(asked);
      const soon = AbortSignal.any([signal, AbortSignal.timeout(firstListMs)]);
      await cluster.settled(kind, asked.namespaces, soon);
      return cluster.window(kind, asked);
    },
    async *follow(asked, signal) {
      yield* followTable({ ...(await at(asked)), query: asked, signal });
    },
    async object(asked, signal) {
      return await objectPage({ ...(await at(asked)), which: asked, signal });
    },
    async *followObject(asked, signal) {
      yield* followObject({ ...(await at(asked)), which: asked, signal });
    },
    async reveal(asked, signal) {
      return await revealValue({ ...(await at(asked)), which: asked, key: asked.key, signal });
    },
    async close() {
      for (const cluster of clusters.values()) cluster.close();
      clusters.clear();
      await readers.close();
    },
  };
}

function listed(kind: ClusterKind, cluster: LiveCluster): ListedKind {
  const { id, title, one, group, namespaced, columns } = kind;
  const watched = cluster.watched(id);
  return {
    ...{ id, title, one, group, namespaced, columns },
    custom: clusterKind(id) === undefined,
    held: watched?.held.size ?? null,
    standing: watched?.standing([]) ?? null,
  };
}
