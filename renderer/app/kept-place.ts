import type { RecoveryStore } from '../features/recovery/recovery-store.ts';
import type { Client } from '../rpc/client.ts';
import type { Router } from './router.ts';
import { formatRoute } from './routes.ts';

/** Somebody who types a search changes the address with each letter. */
const settledMs = 200;

interface Needs {
  readonly client: Pick<Client, 'system'>;
  readonly router: Pick<Router, 'store' | 'resume'>;
  readonly recovery: Pick<RecoveryStore, 'store'>;
}

/** Begins where the person was at the last start, and tells the host where they go from there. */
export function keepPlace({ client, router, recovery }: Needs): void {
  let begun = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  // Before the first screen is drawn, which waits for the same state.
  recovery.store.subscribe((state) => {
    if (begun || state.status !== 'ready') return;
    begun = true;
    if (state.info.place !== null) router.resume(state.info.place);
    router.store.subscribe((route) => {
      if (route.screen === 'unknown' || route.screen === 'gallery') return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        client.system.keepPlace({ address: formatRoute(route) }).catch(() => {
          // Nothing answers, of which the banner tells; the next place that is gone to is kept.
        });
      }, settledMs);
    });
  });
}
