import type { ContextTest } from '../../../../shared/cluster/contexts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  createCredentialWays,
  createRenewingClient,
  type KubeClient,
  type ResolvedContext,
} from '../../connections/kubernetes/index.ts';
import type { Ask, SshPool } from '../../connections/ssh/index.ts';
import type { Database } from '../../db/index.ts';
import type { Secrets } from '../../engine/secrets/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import type { Commands } from './commands.ts';
import { shownCommand } from './describe-context.ts';
import { type NodeWay, type Reached, reach } from './reach.ts';
import { readNamedFile } from './read-files.ts';
import { resolveStored, storedContext, testOf } from './stored-contexts.ts';
import { testContext } from './test-context.ts';

export interface ClientsOptions {
  readonly db: Database;
  readonly secrets: Pick<Secrets, 'find'>;
  readonly inventory: Pick<Inventory, 'sshTargetOf'>;
  readonly pool: () => Promise<SshPool>;
  /** What is remembered answers; nobody is there. */
  readonly ask: Ask;
  readonly commands: Commands;
  readonly version: string;
}

/** Ways to the APIs of saved contexts. */
export class Clients {
  readonly #options: ClientsOptions;
  readonly #kept = new Map<string, KubeClient>();

  constructor(options: ClientsOptions) {
    this.#options = options;
  }

  /** One client for all who look at a context; it finds its way when it is first asked something. */
  of(contextId: string): KubeClient {
    storedContext(this.#options, contextId);
    const known = this.#kept.get(contextId);
    if (known) return known;
    const client = createRenewingClient(async (signal) => {
      const { viaDevice } = storedContext(this.#options, contextId);
      const context = await resolveStored(this.#options, contextId, signal);
      const reached = await this.#reach(contextId, context, {
        nodeFirst: viaDevice !== null,
        signal,
      });
      const via = reached.via?.deviceId ?? null;
      const { test } = storedContext(this.#options, contextId);
      if (via !== viaDevice)
        this.#options.db.clusterContexts.noteTest(contextId, { test, viaDevice: via });
      return reached.client;
    });
    this.#kept.set(contextId, client);
    return client;
  }

  async test(contextId: string, signal: AbortSignal): Promise<ContextTest> {
    const { db, commands } = this.#options;
    const stored = storedContext(this.#options, contextId);
    const context = await resolveStored(this.#options, contextId, signal);
    const { exec } = context.user;
    const command = exec && shownCommand(exec, null);
    const result = await testContext({
      context,
      reach: () => this.#reach(contextId, context, { nodeFirst: false, signal }),
      command: command && exec ? shownCommand(exec, commands.allowed(command.hash)) : null,
      knownUid: testOf(stored)?.clusterUid ?? null,
      signal,
    });
    const viaDevice = result.failure === null ? result.viaDevice : stored.viaDevice;
    db.clusterContexts.noteTest(contextId, { test: JSON.stringify(result), viaDevice });
    // Whoever looks at it goes the way that was found to work.
    if (result.failure === null) this.forget(contextId);
    return result;
  }

  forget(contextId: string): void {
    this.#kept.get(contextId)?.close();
    this.#kept.delete(contextId);
  }

  close(): void {
    for (const id of [...this.#kept.keys()]) this.forget(id);
  }

  #reach(
    contextId: string,
    context: ResolvedContext,
    { nodeFirst, signal }: { readonly nodeFirst: boolean; readonly signal: AbortSignal },
  ): Promise<Reached> {
    const { pool, ask, commands, version } = this.#options;
    const ways = createCredentialWays({
      allowed: (hash) => commands.allowed(hash),
      readFile: readNamedFile,
    });
    return reach({
      context,
      ways,
      userAgent: `rackhelm/${version}`,
      nodes: this.#nodesOf(contextId),
      ssh: { pool, ask },
      nodeFirst,
      signal,
    });
  }

  /** Machines of its cluster that have SSH: the one that did it, then where its kubeconfig is from, then servers. */
  #nodesOf(contextId: string): NodeWay[] {
    const { db, inventory } = this.#options;
    const { clusterId, viaDevice, from } = storedContext(this.#options, contextId);
    const origin =
      from.kind === 'kept' && from.origin.kind === 'node' ? from.origin.deviceId : null;
    const members = db.clusterContexts.members(clusterId).map(({ deviceId }) => deviceId);
    const wanted = [viaDevice, origin, ...members].filter((id) => id !== null);
    return [...new Set(wanted)].flatMap((deviceId) => {
      const device = db.tables.devices.get(deviceId);
      if (device === undefined) return [];
      try {
        return [{ deviceId, name: device.name, target: inventory.sshTargetOf(deviceId) }];
      } catch (error) {
        if (!(error instanceof RackhelmError)) throw error;
        return []; // it has no SSH host
      }
    });
  }
}
