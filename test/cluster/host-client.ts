import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { startHost } from '../../electron/host/host.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import type { Contract } from '../../shared/contract/index.ts';

export interface HostClient {
  readonly client: ContractRouterClient<Contract>;
  readonly contextId: string;
  readonly dataDirectory: string;
  close(): Promise<void>;
}

/** A whole host with an inventory of its own that has one context saved, as a window asks it. */
export async function hostWith(kubeconfig: string): Promise<HostClient> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'rackhelm-cluster-host-'));
  const installation = findInstallation(import.meta.dirname);
  const host = await startHost({ ...installation, dataDirectory, shell: 'browser' });
  const { port1, port2 } = new MessageChannel();
  host.connectPort(port1);
  port2.start();
  const client = createORPCClient<ContractRouterClient<Contract>>(
    new RPCLink({ port: port2 as unknown as globalThis.MessagePort }), // Node's behaves as the browser's
  );
  const { contexts } = client.cluster;
  const source = { kind: 'file', path: kubeconfig } as const;
  const { previewId, contexts: found } = await contexts.preview({ source });
  const keys = found.map(({ key }) => key);
  await contexts.take({ previewId, keys, cluster: { name: 'home' } });
  const [saved] = (await contexts.list()).contexts;
  return {
    client,
    contextId: saved?.id ?? '',
    dataDirectory,
    close: async () => {
      port2.close();
      await host.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
