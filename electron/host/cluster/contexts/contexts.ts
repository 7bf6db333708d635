import type {
  ContextTest,
  FoundSources,
  KubeconfigPreview,
  SavedContext,
  SignInCommand,
} from '../../../../shared/cluster/contexts.ts';
import type { NodeEvent } from '../../../../shared/contract/cluster/contexts.ts';
import type { JobAnswer } from '../../../../shared/jobs/question.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type ExecPlugin,
  type KubeClient,
  resolveContext,
} from '../../connections/kubernetes/index.ts';
import type { Machines } from '../../engine/machines/index.ts';
import type { Secrets } from '../../engine/secrets/index.ts';
import { Clients, type ClientsOptions } from './clients.ts';
import { type Commands, createCommands } from './commands.ts';
import { type NodeAsking, NodeAttempts } from './from-node.ts';
import { KeptPreviews } from './kept-previews.ts';
import { findSources, type PreviewSource, preview, previewSet } from './looking.ts';
import { nodeKubeconfig } from './node-kubeconfig.ts';
import { readNamedFile } from './read-files.ts';
import { renameStored } from './rename-stored.ts';
import { listStored, resolveStored, storedContext, subjectOf } from './stored-contexts.ts';
import { type TakeInput, type Taken, type Taking, take } from './taking.ts';

export interface ContextsOptions
  extends Omit<ClientsOptions, 'commands'>,
    Pick<Taking, 'addCluster'> {
  readonly secrets: Pick<Secrets, 'find' | 'put' | 'forget'>;
  readonly machines: Pick<Machines, 'look'>;
}

/** Whose command is meant. */
export type CommandOf =
  | { readonly previewId: string; readonly key: string }
  | { readonly contextId: string };

/** How clusters of the inventory are reached; shapes as shared/contract/cluster/contexts.ts has them. */
export interface Contexts extends Pick<Commands, 'disallow'> {
  sources(signal: AbortSignal): Promise<FoundSources>;
  preview(source: PreviewSource, signal: AbortSignal): Promise<KubeconfigPreview>;
  /** For a window: questions go out as events. */
  fromNode(
    input: { readonly attemptId: string; readonly deviceId: string },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<NodeEvent, void, void>;
  answer(input: { attemptId: string; questionId: string; answer: JobAnswer }): { taken: boolean };
  /** The same for whoever asks the person itself. */
  fetch(
    deviceId: string,
    asking: NodeAsking,
  ): Promise<{ path: string; preview: KubeconfigPreview }>;
  take(input: TakeInput, signal: AbortSignal): Promise<Taken>;
  list(): SavedContext[];
  /** Throws NOT_FOUND, SECRETS_LOCKED where what it signs in with cannot be had. */
  rename(id: string, name: string): Promise<void>;
  forget(id: string): Promise<void>;
  test(id: string, signal: AbortSignal): Promise<ContextTest>;
  allow(of: CommandOf, hash: string, signal: AbortSignal): Promise<SignInCommand>;
  commands(): ReturnType<Commands['list']>;
  /** For the other parts of the cluster's area. Throws NOT_FOUND; what it is asked throws KUBE_*. */
  clientOf(contextId: string): KubeClient;
  /** The address of the API as its kubeconfig has it now: `https://10.0.10.11:6443`. */
  serverOf(contextId: string, signal: AbortSignal): Promise<string>;
  /** PEM; null: the authorities of the system. Throws as `test` does. */
  authorityOf(contextId: string, signal: AbortSignal): Promise<Buffer | null>;
  close(): void;
}

export function createContexts(options: ContextsOptions): Contexts {
  const { db, secrets } = options;
  const commands = createCommands(db.clusterContexts);
  const previews = new KeptPreviews();
  const attempts = new NodeAttempts();
  const clients = new Clients({ ...options, commands });
  const looking = { db, previews, allowed: commands.allowed };

  async function fetch(deviceId: string, asking: NodeAsking) {
    const device = db.tables.devices.get(deviceId);
    if (device === undefined) throw new RackhelmError('NOT_FOUND', 'This device does not exist.');
    const { path, source } = await readFromNode(options, {
      deviceId,
      name: device.name,
      ...asking,
    });
    const origin = { kind: 'node', deviceId, name: device.name } as const;
    const { signal } = asking;
    return { path, preview: await previewSet([source], { ...looking, origin, signal }) };
  }

  async function pluginOf(of: CommandOf, signal: AbortSignal): Promise<ExecPlugin> {
    const resolved =
      'contextId' in of
        ? await resolveStored(options, of.contextId, signal)
        : await resolveContext({
            ...previews.chosen(of.previewId, of.key),
            readFile: readNamedFile,
            signal,
          });
    if (resolved.user.exec !== null) return resolved.user.exec;
    throw new RackhelmError('CHANGED_SINCE', 'This context runs no command to sign in.');
  }

  return {
    sources: (signal) => findSources(db, signal),
    preview: (source, signal) => preview(source, looking, signal),
    fromNode: ({ attemptId, deviceId }, signal) =>
      attempts.run(attemptId, signal, async (asking) => ({
        type: 'ready',
        ...(await fetch(deviceId, asking)),
      })),
    answer: ({ attemptId, questionId, answer }) => attempts.answer(attemptId, questionId, answer),
    fetch,
    take: (input, signal) => take(input, { ...options, previews }, signal),
    list: () => listStored(db),
    rename: (id, name) => renameStored(options, id, name),
    async forget(id) {
      const stored = storedContext(options, id);
      clients.forget(id);
      const kept = stored.from.kind === 'kept' ? secrets.find(subjectOf(stored)) : null;
      if (kept !== null) await secrets.forget(kept.id);
      db.clusterContexts.delete(id);
    },
    test: (id, signal) => clients.test(id, signal),
    allow: async (of, hash, signal) => commands.allow(await pluginOf(of, signal), hash, signal),
    disallow: (hash) => commands.disallow(hash),
    commands: () => commands.list(),
    clientOf: (contextId) => clients.of(contextId),
    serverOf: async (id, signal) => (await resolveStored(options, id, signal)).cluster.server,
    authorityOf: async (contextId, signal) =>
      (await resolveStored(options, contextId, signal)).cluster.ca,
    close: () => clients.close(),
  };
}

type Fetching = NodeAsking & { readonly deviceId: string; readonly name: string };

async function readFromNode(
  { machines, inventory }: ContextsOptions,
  { deviceId, name, ask, tell, signal }: Fetching,
) {
  const target = inventory.sshTargetOf(deviceId);
  const machine = await machines.look(target, { name, ask, signal, log: tell });
  try {
    tell(`Reading the kubeconfig on ${name} as root.`);
    return await nodeKubeconfig(machine, { at: machine.at, signal });
  } finally {
    await machine.release();
  }
}
