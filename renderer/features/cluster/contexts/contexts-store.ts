import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KubeconfigPreview } from '../../../../shared/cluster/contexts.ts';
import type { JobAnswer, StandingQuestion } from '../../../../shared/jobs/question.ts';
import type { Notifier } from '../../../app/notify.ts';
import { attempt, type Outcome } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';
import { isAbort, toFailure } from '../../../rpc/failure.ts';
import type { Resource, ResourcePool } from '../../../rpc/resource.ts';
import type { ErrorText } from '../../../ui/error-state.tsx';

type Outputs = InferClientOutputs<Client>['cluster']['contexts'];
type Inputs = InferClientInputs<Client>['cluster']['contexts'];
export type SavedContext = Outputs['list']['contexts'][number];
export type AllowedCommand = Outputs['commands']['commands'][number];

/** A kubeconfig that is fetched from a machine. */
export interface Fetching {
  readonly deviceId: string;
  readonly steps: readonly string[];
  readonly question: StandingQuestion | null;
  readonly failure: ErrorText | null;
}

export interface ContextsStore {
  readonly sources: Resource<Outputs['sources']>;
  readonly list: Resource<readonly SavedContext[]>;
  readonly commands: Resource<readonly AllowedCommand[]>;
  /** Null: nothing is fetched. */
  readonly fetching: StoreApi<{ readonly now: Fetching | null }>;
  preview(source: Inputs['preview']['source']): Promise<Outcome<KubeconfigPreview>>;
  /** Fetches one of K3s from a machine; null: it failed, which `fetching` tells, or was left. */
  fromNode(deviceId: string): Promise<KubeconfigPreview | null>;
  leaveNode(): void;
  answer(answer: JobAnswer): Promise<void>;
  take(input: Inputs['take']): Promise<Outcome<Outputs['take']>>;
  test(id: string): Promise<Outcome<Outputs['test']>>;
  rename(id: string, name: string): Promise<Outcome<unknown>>;
  forget(id: string): Promise<Outcome<unknown>>;
  allow(input: Inputs['allow']): Promise<Outcome<Outputs['allow']>>;
  disallow(hash: string): Promise<void>;
  /** The context that was looked at last, and which one that is from now on. */
  last(): string | null;
  keepLast(id: string): void;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
  readonly storage: Storage;
}

const lastKey = 'rackhelm-cluster-context';

export function createContextsStore({ client, pool, notify, storage }: Needs): ContextsStore {
  const { contexts } = client.cluster;
  const list = pool.create(async (signal) => (await contexts.list(undefined, { signal })).contexts);
  const commands = pool.create(
    async (signal) => (await contexts.commands(undefined, { signal })).commands,
  );

  /** What was done shows at once in what is shown of it. */
  async function andReload<T>(work: Promise<T>): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    await Promise.all([list.reload(), commands.reload()]);
    return outcome;
  }

  return {
    sources: pool.create((signal) => contexts.sources(undefined, { signal })),
    list,
    commands,
    ...nodeFetching(client, notify),
    preview: (source) => attempt(contexts.preview({ source })),
    async take(input) {
      const outcome = await andReload(contexts.take(input));
      const undoes = outcome.ok ? outcome.value.changeSetId : null;
      if (undoes !== null) notify.done('Added the cluster to the inventory.', { undoes });
      return outcome;
    },
    test: (id) => andReload(contexts.test({ id })),
    rename: (id, name) => andReload(contexts.rename({ id, name })),
    forget(id) {
      if (storage.getItem(lastKey) === id) storage.removeItem(lastKey);
      return andReload(contexts.forget({ id }));
    },
    allow: (input) => andReload(contexts.allow(input)),
    async disallow(hash) {
      const outcome = await andReload(contexts.disallow({ hash }));
      if (!outcome.ok) notify.failed(outcome.failure);
    },
    last: () => storage.getItem(lastKey),
    keepLast: (id) => storage.setItem(lastKey, id),
  };
}

function nodeFetching(
  client: Client,
  notify: Notifier,
): Pick<ContextsStore, 'fetching' | 'fromNode' | 'leaveNode' | 'answer'> {
  const { contexts } = client.cluster;
  const fetching = createStore<{ readonly now: Fetching | null }>(() => ({ now: null }));
  let running: AbortController | null = null;
  let attemptId = '';

  const change = (part: Partial<Fetching>) =>
    fetching.setState(({ now }) => ({ now: now === null ? null : { ...now, ...part } }));

  async function run(deviceId: string, current: AbortController) {
    const events = await contexts.fromNode({ attemptId, deviceId }, { signal: current.signal });
    for await (const event of events) {
      if (running !== current) return null;
      if (event.type === 'step') {
        const steps = fetching.getState().now?.steps ?? [];
        change({ steps: [...steps, event.text], question: null });
      } else if (event.type === 'question') {
        const { questionId: id, question } = event;
        change({ question: { id, stepId: null, lane: deviceId, at: Date.now(), question } });
      } else if (event.type === 'failed') {
        const { code, message, hint } = event;
        change({ failure: { code, message, hint }, question: null });
      } else {
        fetching.setState({ now: null });
        return event.preview;
      }
    }
    return null;
  }

  return {
    fetching,
    async fromNode(deviceId) {
      running?.abort();
      const current = new AbortController();
      running = current;
      attemptId = crypto.randomUUID();
      fetching.setState({ now: { deviceId, steps: [], question: null, failure: null } });
      try {
        return await run(deviceId, current);
      } catch (error) {
        if (running === current && !isAbort(error)) change({ failure: toFailure(error) });
        return null;
      }
    },
    leaveNode() {
      running?.abort();
      running = null;
      fetching.setState({ now: null });
    },
    async answer(answer) {
      const question = fetching.getState().now?.question;
      if (!question) return;
      change({ question: null });
      const outcome = await attempt(
        contexts.answer({ attemptId, questionId: question.id, answer }),
      );
      if (!outcome.ok) notify.failed(outcome.failure);
    },
  };
}
