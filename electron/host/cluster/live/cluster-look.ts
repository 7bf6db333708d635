import type { ClusterLook, Usage } from '../../../../shared/cluster/kind.ts';
import { keyOf } from '../../../../shared/cluster/metadata.ts';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import type { Metrics } from './metrics.ts';
import type { WatchedKind } from './watched-kind.ts';

type Asked = Usage & { readonly pods: number };
interface Counted {
  readonly ready: number;
  readonly all: number;
}

/** A sum over all rows of a kind that is reckoned once for each state of them. */
class Sums<T> {
  #revision = -1;
  #sums: ReadonlyMap<string, T> = new Map();

  of(watched: WatchedKind, reckon: (rows: Iterable<ClusterRow>) => ReadonlyMap<string, T>) {
    if (this.#revision !== watched.held.revision) {
      this.#sums = reckon(rowsOf(watched));
      this.#revision = watched.held.revision;
    }
    return this.#sums;
  }
}

function* rowsOf({ held }: WatchedKind): Generator<ClusterRow> {
  for (const { row } of held.entries()) yield row;
}

/** What is known of other objects, from those kinds that are held. */
export function createLook(
  watched: (kind: string) => WatchedKind | undefined,
  metrics: Pick<Metrics, 'usageOf'>,
): ClusterLook {
  const asked = new Sums<Asked>();
  const counted = new Sums<Counted>();
  const whole = (kind: string) => {
    const found = watched(kind);
    return found?.isWhole ? found : undefined;
  };
  return {
    row(kind, namespace, name) {
      const found = whole(kind);
      if (found === undefined) return undefined;
      return found.held.get(keyOf({ namespace, name }))?.row ?? null;
    },
    askedOn(node) {
      const pods = whole('pods');
      if (pods === undefined) return undefined;
      const sum = asked.of(pods, askedByNode).get(node) ?? { cpu: 0, memory: 0, pods: 0 };
      // Tenths and hundredths do not add up in binary.
      return { ...sum, cpu: Math.round(sum.cpu * 1e6) / 1e6 };
    },
    endpointsOf(namespace, service) {
      const slices = whole('endpointslices.discovery.k8s.io');
      if (slices === undefined) return undefined;
      const key = keyOf({ namespace, name: service });
      return counted.of(slices, countedByService).get(key) ?? { ready: 0, all: 0 };
    },
    usageOf: (kind, namespace, name) => metrics.usageOf(kind, namespace, name),
  };
}

/** Those that have ended keep nothing any more. */
function askedByNode(rows: Iterable<ClusterRow>): Map<string, Asked> {
  const sums = new Map<string, Asked>();
  for (const { cells } of rows) {
    if (typeof cells.node !== 'string' || cells.ended === true) continue;
    const before = sums.get(cells.node) ?? { cpu: 0, memory: 0, pods: 0 };
    sums.set(cells.node, {
      cpu: before.cpu + Number(cells.cpuAsked ?? 0),
      memory: before.memory + Number(cells.memoryAsked ?? 0),
      pods: before.pods + 1,
    });
  }
  return sums;
}

function countedByService(rows: Iterable<ClusterRow>): Map<string, Counted> {
  const sums = new Map<string, Counted>();
  for (const { namespace, cells } of rows) {
    if (typeof cells.service !== 'string') continue;
    const key = keyOf({ namespace, name: cells.service });
    const before = sums.get(key) ?? { ready: 0, all: 0 };
    sums.set(key, {
      ready: before.ready + Number(cells.readyCount ?? 0),
      all: before.all + Number(cells.allCount ?? 0),
    });
  }
  return sums;
}
