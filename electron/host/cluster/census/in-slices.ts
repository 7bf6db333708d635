import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../../../../shared/cluster/census/census.ts';

/** Milliseconds at a stretch; then whatever else waits has its turn. */
const sliceMs = 8;

export async function inSlices<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  let began = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - began < sliceMs) continue;
    await setImmediate();
    signal?.throwIfAborted();
    began = performance.now();
  }
}
