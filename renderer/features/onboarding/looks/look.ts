import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import type { LookEvent } from '../../../../shared/contract/onboarding.ts';
import type { JobPlan } from '../../../../shared/jobs/plan.ts';
import type { JobQuestion } from '../../../../shared/jobs/question.ts';
import { type Draft, nameOf } from '../../../../shared/onboarding/draft.ts';
import type { Conflict } from '../../../../shared/onboarding/offers.ts';
import type { Failure } from '../../../rpc/failure.ts';

/** Machines that are looked at now, for their checks or for a plan, as this window follows it. */
export interface Look {
  readonly what: 'check' | 'plan' | 'mend' | 'join';
  readonly attemptId: string;
  readonly running: boolean;
  readonly question: { readonly id: string; readonly question: JobQuestion } | null;
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** `machineId` null: of the whole. */
  readonly failures: readonly { readonly machineId: string | null; readonly failure: Failure }[];
  readonly planned: {
    readonly plan: JobPlan;
    readonly hash: string;
    readonly problems: readonly Conflict[];
  } | null;
  /** The cluster of the draft, and what would become of each machine there. */
  readonly joining: JoinView | null;
}

/** Those of a draft, as their look names them. */
export function lookedAt({ machines }: Draft) {
  return machines.map((machine) => ({ id: machine.id, name: nameOf(machine) }));
}

export function beginLook(what: Look['what'], attemptId: string): Look {
  return {
    what,
    attemptId,
    running: true,
    question: null,
    progress: null,
    failures: [],
    planned: null,
    joining: null,
  };
}

export function withLookEvent(look: Look, event: LookEvent): Look {
  switch (event.type) {
    case 'question':
      return { ...look, question: { id: event.questionId, question: event.question } };
    case 'progress':
      return { ...look, progress: { done: event.done, total: event.total } };
    case 'machine':
      return look;
    case 'failed': {
      const { machineId, code, message, hint } = event;
      const failure = { code, message, hint, data: {} };
      return { ...look, failures: [...look.failures, { machineId, failure }] };
    }
    case 'planned': {
      const { plan, hash, problems } = event;
      return { ...look, planned: { plan, hash, problems } };
    }
    case 'joining':
      return { ...look, joining: event.view };
    case 'ended':
      return endLook(look, null);
  }
}

export function endLook(look: Look, failure: Failure | null): Look {
  const failures =
    failure === null ? look.failures : [...look.failures, { machineId: null, failure }];
  return { ...look, running: false, question: null, failures };
}
