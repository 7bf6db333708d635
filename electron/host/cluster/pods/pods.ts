import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import type {
  DownloadEvent,
  PodDownload,
  PodFolder,
} from '../../../../shared/cluster/pods/pod-file.ts';
import type { PodTarget } from '../../../../shared/cluster/pods/pod-target.ts';
import type { PodPlace } from '../../../../shared/cluster/pods/pod-terminal.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import type { OpenShell } from '../../terminals/index.ts';
import { download, listFolder } from './files/index.ts';
import { createForwards, type Forwards, type ForwardsNeeds } from './forwards/index.ts';
import { createLogs, type PodLogs } from './logs/index.ts';
import { targetOf } from './target.ts';
import {
  type AskedShell,
  type CommandSaid,
  createTerminals,
  openShell,
  runCommand,
  type Terminals,
} from './terminal/index.ts';

export interface PodsNeeds extends ForwardsNeeds {
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
  readonly terminals: Terminals;
  readonly forwards: Forwards;
  /** A shell for a terminal that somebody else holds. Throws POD_NO_SHELL, KubeError. */
  openShell(asked: PodPlace & Pick<AskedShell, 'size' | 'signal'>): Promise<OpenShell>;
  /** A command without a terminal. Throws POD_TOOL_MISSING, KubeError. */
  run(
    asked: PodPlace & {
      readonly command: readonly string[];
      readonly stdin: AsyncIterable<Buffer> | null;
    },
    signal: AbortSignal,
  ): AsyncGenerator<CommandSaid, void, void>;
  listFolder(asked: PodPlace & { readonly path: string }, signal: AbortSignal): Promise<PodFolder>;
  download(asked: PodDownload, signal: AbortSignal): AsyncGenerator<DownloadEvent, void, void>;
  close(): void;
}

export function createPods({ clientOf, clusterOf }: PodsNeeds): Pods {
  const logs = createLogs({ clientOf });
  const terminals = createTerminals(clientOf);
  const forwards = createForwards({ clientOf, clusterOf });
  const toolsOf = ({ contextId, ...place }: PodPlace, signal: AbortSignal) => ({
    ...{ client: clientOf(contextId), place, signal },
  });
  return {
    target: async ({ contextId, ...of }, signal) => await targetOf(clientOf(contextId), of, signal),
    ...{ logs, terminals, forwards },
    openShell: ({ contextId, ...asked }) => openShell(clientOf(contextId), asked),
    run: ({ contextId, ...asked }, signal) => runCommand(clientOf(contextId), { ...asked, signal }),
    listFolder: async ({ path, ...place }, signal) =>
      await listFolder(toolsOf(place, signal), path),
    async *download({ path, to, replace, ...place }, signal) {
      // Whoever leaves while nothing comes is not waited for.
      const leave = new AbortController();
      const either = AbortSignal.any([signal, leave.signal]);
      try {
        yield* download(toolsOf(place, either), { path, to, replace });
      } finally {
        leave.abort();
      }
    },
    close() {
      logs.close();
      terminals.close();
      forwards.close();
    },
  };
}
