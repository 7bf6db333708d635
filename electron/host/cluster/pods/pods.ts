import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import type { PodTarget } from '../../../../shared/cluster/pods/pod-target.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import { createLogs, type PodLogs } from './logs/index.ts';
import { targetOf } from './target.ts';

export interface PodsNeeds {
  /** Throws NOT_FOUND. */
  readonly clientOf: (contextId: string) => KubeClient;
}

/** Reaching into pods: their logs, commands in them, their ports and files. */
export interface Pods {
  /** Throws NOT_FOUND of a kind that has no pods; KubeError. */
  target(
    asked: ObjectName & { readonly contextId: string },
    signal: AbortSignal,
  ): Promise<PodTarget>;
  readonly logs: PodLogs;
  close(): void;
}

export function createPods({ clientOf }: PodsNeeds): Pods {
  const logs = createLogs({ clientOf });
  return {
    target: async ({ contextId, ...of }, signal) => await targetOf(clientOf(contextId), of, signal),
    logs,
    close() {
      logs.close();
    },
  };
}
