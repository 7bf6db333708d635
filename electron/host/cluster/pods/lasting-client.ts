import type { KubeClient } from '../../connections/kubernetes/index.ts';

export type LastingClient = Pick<KubeClient, 'get' | 'list' | 'follow' | 'logs' | 'portForward'>;

/**
 * For whoever reaches into pods for long: a context that was tested or renewed meanwhile has another client,
 * and the one before is closed. Each call goes to the one of that moment, and throws NOT_FOUND where the
 * context was forgotten.
 */
export function lastingClient(now: () => KubeClient): LastingClient {
  return {
    get: async (...args) => await now().get(...args),
    list: (...args) => now().list(...args),
    follow: (...args) => now().follow(...args),
    logs: (...args) => now().logs(...args),
    portForward: async (...args) => await now().portForward(...args),
  };
}
