import { createStore, type StoreApi } from 'zustand/vanilla';
import type { UpkeepOverview } from '../../../../shared/cluster/upkeep/upkeep-overview.ts';
import type { UpkeepPlan, UpkeepWork } from '../../../../shared/cluster/upkeep/upkeep-work.ts';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import { attempt, type Outcome } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';
import { type Failure, toFailure } from '../../../rpc/failure.ts';
import { createResourcePool, type Resource } from '../../../rpc/resource.ts';

/** What is looked up for one piece of work, as this window follows it. */
export interface UpkeepLook {
  readonly attemptId: string;
  readonly running: boolean;
  readonly question: { readonly id: string; readonly question: JobQuestion } | null;
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** Of the last look that came to its end, also while it is looked again. */
  readonly plan: UpkeepPlan | null;
  readonly failure: Failure | null;
}

/** Work on the nodes of a cluster. */
export interface UpkeepStore {
  readonly look: StoreApi<UpkeepLook | null>;
  overview(contextId: string): Resource<UpkeepOverview>;
  /** Reads the cluster again. */
  refresh(): void;
  /** Looks up what it would come to; what was being looked up before is left. */
  plan(contextId: string, work: UpkeepWork): Promise<void>;
  answer(answer: JobAnswer): Promise<void>;
  /** Nobody looks at it any more. */
  leave(): void;
  /** Into a new file of the computer where Rackhelm runs. */
  createToken(
    contextId: string,
    asked: { readonly description: string; readonly lifeMs: number; readonly file: string },
  ): Promise<Outcome<{ readonly id: string }>>;
  deleteToken(contextId: string, id: string): Promise<Outcome<{ readonly deleted: boolean }>>;
  run(contextId: string, hash: string): Promise<Outcome<{ readonly jobId: string }>>;
}

interface Needs {
  readonly client: { readonly cluster: Pick<Client['cluster'], 'upkeep'> };
}

export function createUpkeepStore({ client }: Needs): UpkeepStore {
  const { upkeep } = client.cluster;
  const own = createResourcePool();
  const look = createStore<UpkeepLook | null>(() => null);
  let leaving = new AbortController();
  const move = (attemptId: string, part: Partial<UpkeepLook>) => {
    const now = look.getState();
    if (now?.attemptId === attemptId) look.setState({ ...now, ...part }, true);
  };

  return {
    look,
    overview: own.createKeyed((contextId, signal) => upkeep.overview({ contextId }, { signal })),
    refresh: () => own.invalidate(),
    async plan(contextId, work) {
      leaving.abort();
      leaving = new AbortController();
      const { signal } = leaving;
      const attemptId = crypto.randomUUID();
      const plan = look.getState()?.plan ?? null;
      const begun = { running: true, question: null, progress: null, failure: null };
      look.setState({ attemptId, plan, ...begun }, true);
      try {
        for await (const event of await upkeep.plan({ contextId, attemptId, work }, { signal })) {
          if (event.type === 'question')
            move(attemptId, { question: { id: event.questionId, question: event.question } });
          if (event.type === 'progress') move(attemptId, { progress: event });
          if (event.type === 'planned') move(attemptId, { plan: event.plan });
          if (event.type === 'failed')
            move(attemptId, { plan: null, failure: { ...event, data: {} } });
        }
        move(attemptId, { running: false, question: null });
      } catch (error) {
        if (signal.aborted) return;
        move(attemptId, { running: false, question: null, plan: null, failure: toFailure(error) });
      }
    },
    async answer(answer) {
      const now = look.getState();
      if (now === null || now.question === null) return;
      const { attemptId, question } = now;
      move(attemptId, { question: null });
      const outcome = await attempt(upkeep.answer({ attemptId, questionId: question.id, answer }));
      if (!outcome.ok) move(attemptId, { running: false, failure: outcome.failure });
    },
    leave() {
      leaving.abort();
      look.setState(null, true);
    },
    createToken: (contextId, asked) => attempt(upkeep.createToken({ contextId, ...asked })),
    deleteToken: (contextId, id) => attempt(upkeep.deleteToken({ contextId, id })),
    run: (contextId, hash) => attempt(upkeep.run({ contextId, hash })),
  };
}
