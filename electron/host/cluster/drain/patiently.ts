import { setTimeout as pause } from 'node:timers/promises';
import { KubeError } from '../../connections/kubernetes/index.ts';

const againMs = 1_000;
/** So long an API server may take to restart. */
const patienceMs = 60_000;

const passing: ReadonlySet<string> = new Set(['KUBE_UNREACHABLE', 'KUBE_FAILED', 'KUBE_BUSY']);

/** Asks again while the API is away for a moment. `work` may run several times. */
export async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isPassing = error instanceof KubeError && passing.has(error.code);
      if (!isPassing || signal.aborted || Date.now() > until) throw error;
      await pause(Math.max(againMs, error.retryAfterMs ?? 0), undefined, { signal });
    }
  }
}
