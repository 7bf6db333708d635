import type { InferClientInputs } from '@orpc/client';
import type { LookEvent } from '../../../../shared/contract/onboarding.ts';
import type { JobAnswer } from '../../../../shared/jobs/question.ts';
import { commandFailure } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';
import { beginLook, endLook, type Look, withLookEvent } from './look.ts';

export type MendRequest = Omit<InferClientInputs<Client>['onboarding']['planMending'], 'attemptId'>;

export interface Looks {
  /** Runs the checks of these machines; none named: of all. `ports`: also between them, with consent. */
  check(draftId: string, machineIds?: readonly string[], ports?: boolean): Promise<void>;
  /** Looks up on the machines what would be done. */
  plan(draftId: string): Promise<void>;
  /** Looks at the cluster that the machines are to join. */
  join(draftId: string, fresh?: boolean): Promise<void>;
  /** Looks up on a device what would be done about one thing that a check found. */
  mend(request: MendRequest): Promise<void>;
  answer(answer: JobAnswer): Promise<void>;
  leave(): void;
}

/** One look at a time; leaving its stream ends it on the host. */
export function createLooks(
  client: Client,
  { get, set }: { readonly get: () => Look | null; readonly set: (look: Look | null) => void },
): Looks {
  let leaving = new AbortController();

  async function follow(
    what: Look['what'],
    begin: (attemptId: string, signal: AbortSignal) => Promise<AsyncIterable<LookEvent>>,
  ): Promise<void> {
    leaving.abort();
    leaving = new AbortController();
    const { signal } = leaving;
    const attemptId = crypto.randomUUID();
    set(beginLook(what, attemptId));
    const move = (next: (look: Look) => Look) => {
      const now = get();
      if (now?.attemptId === attemptId) set(next(now));
    };
    try {
      for await (const event of await begin(attemptId, signal)) {
        move((look) => withLookEvent(look, event));
      }
      move((look) => endLook(look, null));
    } catch (error) {
      const failure = signal.aborted ? null : commandFailure(error);
      move((look) => endLook(look, failure));
    }
  }

  return {
    check: (id, machineIds = [], ports = false) =>
      follow('check', (attemptId, signal) =>
        client.onboarding.check({ id, machineIds: [...machineIds], ports, attemptId }, { signal }),
      ),
    plan: (id) =>
      follow('plan', (attemptId, signal) => client.onboarding.plan({ id, attemptId }, { signal })),
    join: (id, fresh = false) =>
      follow('join', (attemptId, signal) =>
        client.onboarding.joining({ id, attemptId, fresh }, { signal }),
      ),
    mend: (request) =>
      follow('mend', (attemptId, signal) =>
        client.onboarding.planMending({ ...request, attemptId }, { signal }),
      ),
    async answer(answer) {
      const look = get();
      if (look === null || look.question === null) return;
      const { attemptId, question } = look;
      set({ ...look, question: null });
      try {
        await client.onboarding.answer({ attemptId, questionId: question.id, answer });
      } catch (error) {
        const now = get();
        if (now?.attemptId === attemptId) set(endLook(now, commandFailure(error)));
      }
    },
    leave: () => leaving.abort(),
  };
}
