import { setTimeout as wait } from 'node:timers/promises';
import type { BuiltHost } from './cluster-host.ts';

/** What a window that shows all pods saw of them, and what it cost the host. */
export interface ClusterFigures {
  /** Milliseconds from nothing to the first window that holds all pods. */
  readonly firstListMs: number;
  /** From when a change was written to when the window had it. */
  readonly latencies: readonly number[];
  /** The longest that the event loop was held up, while listing and while things change. */
  readonly listing: Held;
  readonly churn: Held;
  /** MiB: before anything was listed, once all is, then each second. */
  readonly memory: readonly number[];
  readonly events: number;
}

interface Held {
  readonly wallMs: number;
  readonly ownMs: number;
}

export interface Look {
  /** When the API began to count milliseconds. */
  readonly began: number;
  readonly pods: number;
  readonly churnMs: number;
  /** Once all pods are listed, so that they begin to change. */
  readonly onListed: () => void;
}

const sampleMs = 1_000;
/** What was made while starting is not of the list. */
const calmMs = 3_000;

export async function lookAt(host: BuiltHost, look: Look): Promise<ClusterFigures> {
  await wait(calmMs);
  const memory = [(await host.probe()).rssMib];
  const from = performance.now();
  const query = { contextId: host.contextId, kind: 'pods', limit: 500 };
  const stream = await host.client.cluster.live.follow(query);
  const latencies: number[] = [];
  const seen = { events: 0, firstListMs: 0, listing: { wallMs: 0, ownMs: 0 } };
  let over = false;
  let churning = Promise.resolve<Held>({ wallMs: 0, ownMs: 0 });
  for await (const event of stream) {
    seen.events += 1;
    const { held, standing } = event.type === 'window' ? event.window : event;
    if (seen.firstListMs === 0) {
      if (held < look.pods || standing.state !== 'live') continue;
      seen.firstListMs = performance.now() - from;
      const listed = await host.probe();
      seen.listing = listed;
      memory.push(listed.rssMib);
      look.onListed();
      churning = sampled(host, look.churnMs, memory).finally(() => {
        over = true;
      });
      continue;
    }
    if (over) break;
    const now = Date.now();
    for (const { cells } of event.type === 'changes' ? event.rows : [])
      latencies.push(now - look.began - Number(cells.restarts));
  }
  return { ...seen, latencies, memory, churn: await churning };
}

async function sampled(host: BuiltHost, forMs: number, memory: number[]): Promise<Held> {
  const ends = performance.now() + forMs;
  let longest: Held = { wallMs: 0, ownMs: 0 };
  while (performance.now() < ends) {
    await wait(sampleMs);
    const { wallMs, ownMs, rssMib } = await host.probe();
    memory.push(rssMib);
    longest = { wallMs: Math.max(longest.wallMs, wallMs), ownMs: Math.max(longest.ownMs, ownMs) };
  }
  return longest;
}
