import { setTimeout as wait } from 'node:timers/promises';
import type { KubeError } from './errors.ts';

const firstMs = 800;
const mostMs = 30_000;
/**
 * What will not change by itself is asked for seldom in the end; an API server that starts says for
 * some seconds that nobody may do anything.
 */
const lastingMs = 120_000;
const lasting: ReadonlySet<string> = new Set([
  'KUBE_UNAUTHORIZED',
  'KUBE_FORBIDDEN',
  'KUBE_NOT_FOUND',
  'KUBE_INVALID',
  'KUBE_CONFIG_INVALID',
  'KUBE_COMMAND_NOT_ALLOWED',
  'KUBE_COMMAND_FAILED',
  'KUBE_CERTIFICATE_EXPIRED',
  'KUBE_CERTIFICATE_NAME',
  'KUBE_CERTIFICATE_UNTRUSTED',
]);

/** How long to wait before each further try. */
export class Backoff {
  #tries = 0;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Milliseconds. What the server asks for is never undercut; half of the rest is left to chance. */
  next(error: KubeError | null): number {
    const most = error !== null && lasting.has(error.code) ? lastingMs : mostMs;
    const whole = Math.min(most, firstMs * 2 ** this.#tries);
    this.#tries = Math.min(this.#tries + 1, 10);
    const jittered = whole / 2 + (whole / 2) * this.#random();
    return Math.round(Math.max(jittered, error?.retryAfterMs ?? 0));
  }

  reset(): void {
    this.#tries = 0;
  }
}

/** Resolves early, and without an error, when the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {});
}
