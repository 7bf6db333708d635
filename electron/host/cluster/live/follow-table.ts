import { setTimeout as wait } from 'node:timers/promises';
import type { ClusterKind } from '../../../../shared/cluster/kind.ts';
import type { TableEvent, TableQuery } from '../../../../shared/cluster/table.ts';
import { Bell, changesBetween } from '../../live-table/index.ts';
import type { LiveCluster } from './live-cluster.ts';

/** Between two looks at what changed: what a person can see at all. */
const togetherMs = 100;
/** So often it counts as looked at, whether anything changes or not. */
const lookMs = 15_000;

export interface FollowTable {
  readonly cluster: LiveCluster;
  readonly kind: ClusterKind;
  readonly query: TableQuery;
  readonly signal: AbortSignal;
}

/** The window at once, then what becomes different in it; a reader that is slow gets fewer and larger ones. */
export async function* followTable(follow: FollowTable): AsyncGenerator<TableEvent, void, void> {
  const { cluster, kind, query, signal } = follow;
  const concerns = new Set([kind.id, 'metrics', ...(kind.needs ?? [])]);
  const bell = new Bell();
  const leave = cluster.subscribe((changed) => {
    if (concerns.has(changed)) bell.ring();
  });
  try {
    let shown = cluster.window(kind, query);
    yield { type: 'window', window: shown };
    while (!signal.aborted) {
      await bell.rung(lookMs, signal);
      if (signal.aborted) return;
      const now = cluster.window(kind, query);
      const event = changesBetween(shown, now);
      shown = now;
      if (event !== null) yield event;
      await wait(togetherMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    leave();
  }
}
