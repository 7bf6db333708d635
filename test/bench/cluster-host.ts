import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type HostClient, hostWith } from '../cluster/host-client.ts';

/** A whole host that looks at a cluster, in a process of its own, so that its memory can be told. */

export interface ClusterFigures {
  /** Milliseconds from nothing to the first window that holds all pods. */
  readonly firstListMs: number;
  /** From when a change was written to when a window had it. */
  readonly latencies: readonly number[];
  /** The longest that the event loop was held up, while listing and while things change. */
  readonly listingHeldMs: number;
  readonly churnHeldMs: number;
  /** MiB of the process: before anything was listed, with all pods, after half and all of the churn. */
  readonly memory: readonly number[];
  readonly events: number;
}

interface Told {
  /** The file. */
  readonly kubeconfig: string;
  readonly began: number;
  readonly pods: number;
  readonly churnMs: number;
}

process.once('message', (told: Told) => {
  void measure(told).then((figures) => {
    process.send?.(figures, () => process.exit(0));
  });
});

async function measure(told: Told): Promise<ClusterFigures> {
  const host = await hostWith(told.kubeconfig);
  try {
    return await look(host, told);
  } finally {
    await host.close();
  }
}

async function look({ client, contextId }: HostClient, told: Told): Promise<ClusterFigures> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const leave = new AbortController();
  const memory = [memoryMib()];
  const latencies: number[] = [];
  const heldFor = () => {
    const held = delay.max / 1e6;
    delay.reset();
    return Math.max(0, held - 5);
  };
  let churnHeldMs = 0;
  /** Looking at the memory collects all garbage first, which nothing else would do at once. */
  const remember = () => {
    if (memory.length > 1) churnHeldMs = Math.max(churnHeldMs, heldFor());
    memory.push(memoryMib());
    setImmediate(() => delay.reset());
  };
  delay.enable();
  const from = performance.now();
  const query = { contextId, kind: 'pods', limit: 500 };
  const stream = await client.cluster.live.follow(query, { signal: leave.signal });
  const figures = { firstListMs: 0, listingHeldMs: 0, events: 0 };
  let churnEnds = Number.POSITIVE_INFINITY;
  for await (const event of stream) {
    figures.events += 1;
    const { held, standing } = event.type === 'window' ? event.window : event;
    if (figures.firstListMs === 0) {
      if (held < told.pods || standing.state !== 'live') continue;
      figures.firstListMs = performance.now() - from;
      figures.listingHeldMs = heldFor();
      remember();
      churnEnds = Date.now() + told.churnMs;
      process.send?.({ listed: true });
      continue;
    }
    const now = Date.now();
    for (const { cells } of event.type === 'changes' ? event.rows : []) {
      latencies.push(now - told.began - Number(cells.restarts));
    }
    if (memory.length === 2 && now > churnEnds - told.churnMs / 2) remember();
    if (now > churnEnds) break;
  }
  leave.abort();
  remember();
  return { ...figures, latencies, churnHeldMs, memory };
}

function memoryMib(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage.rss() / 1024 ** 2);
}
