import type { AttemptEvent } from '../../../../shared/contract/machines.ts';
import type { SshQuestion } from '../../../../shared/model/ssh.ts';
import type { Failure } from '../../../rpc/failure.ts';

export interface ConnectionStep {
  readonly step: string;
  readonly text: string;
  /** The machine's own words. */
  readonly says?: string | undefined;
}

/** An attempt to reach one machine, as this window follows it. How it ended stands in the draft. */
export type LiveConnection = {
  readonly attemptId: string;
  readonly steps: readonly ConnectionStep[];
} & (
  | { readonly state: 'connecting' }
  | { readonly state: 'asking'; readonly questionId: string; readonly question: SshQuestion }
  | { readonly state: 'ended'; readonly failure: Failure | null }
);

export function beginConnection(attemptId: string): LiveConnection {
  return { attemptId, steps: [], state: 'connecting' };
}

/** What an event of the attempt makes of it; one that has ended hears nothing more. */
export function withEvent(live: LiveConnection, event: AttemptEvent): LiveConnection {
  if (live.state === 'ended') return live;
  const { attemptId, steps } = live;
  switch (event.type) {
    case 'step': {
      const { step, text, says } = event;
      return { ...live, steps: [...steps, { step, text, says }] };
    }
    case 'question': {
      const { questionId, question } = event;
      return { attemptId, steps, state: 'asking', questionId, question };
    }
    case 'failed':
      return endConnection(live, { code: event.code, message: event.message, ...event.error });
    case 'ready':
    case 'recorded':
      return endConnection(live, null);
  }
}

export function endConnection(live: LiveConnection, failure: Failure | null): LiveConnection {
  const { attemptId, steps } = live;
  return { attemptId, steps, state: 'ended', failure };
}

/** The answer is on its way; another question may follow. */
export function answered(live: LiveConnection, questionId: string): LiveConnection {
  if (live.state !== 'asking' || live.questionId !== questionId) return live;
  const { attemptId, steps } = live;
  return { attemptId, steps, state: 'connecting' };
}
