import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SshAnswer } from '../../../shared/model/ssh.ts';
import type { Client } from '../../rpc/client.ts';
import { isAbort, toFailure } from '../../rpc/failure.ts';
import {
  type AddChoice,
  formProblems,
  type Goal,
  startWizard,
  type TargetForm,
  targetOf,
  type WizardEvent,
  type WizardState,
  wizard,
} from './wizard-state.ts';

/** One connection attempt at a time, as the open dialog shows it. */
export interface AttemptStore {
  readonly store: StoreApi<WizardState>;
  open(goal: Goal): void;
  type(form: TargetForm): void;
  connect(): Promise<void>;
  /** The answer goes straight to the host; no secret is ever kept in the store. */
  answer(answer: SshAnswer): Promise<void>;
  choose(choice: AddChoice): void;
  add(): Promise<void>;
  /** Back to the form, with everything that was typed. */
  back(): void;
  /** Leaves the stream, which ends the connection on the host. */
  close(): void;
}

export function createAttemptStore(client: Client): AttemptStore {
  const store = createStore<WizardState>(() => startWizard({ kind: 'new' }));
  let leave = new AbortController();

  const dispatch = (event: WizardEvent) => store.setState((state) => wizard(state, event), true);

  async function follow(attemptId: string, signal: AbortSignal): Promise<void> {
    const { goal, form } = store.getState();
    const what = goal.kind === 'new' ? { target: targetOf(form) } : { deviceId: goal.id };
    try {
      const events = await client.machines.connect({ attemptId, ...what }, { signal });
      for await (const event of events) dispatch({ type: 'attempt', attemptId, event });
      // A stream that just ends has answered already; if not, the state says that it broke off.
      const broke = new Error('The connection to the host ended before the machine answered.');
      dispatch({ type: 'broken', failure: toFailure(broke) });
    } catch (error) {
      if (!signal.aborted && !isAbort(error))
        dispatch({ type: 'broken', failure: toFailure(error) });
    }
  }

  return {
    store,
    open(goal) {
      leave.abort();
      store.setState(startWizard(goal), true);
    },
    type: (form) => dispatch({ type: 'typed', form }),
    async connect() {
      const { goal, form } = store.getState();
      if (goal.kind === 'new' && Object.keys(formProblems(form)).length > 0) {
        // What failed before says nothing about this try.
        dispatch({ type: 'typed', form });
        return;
      }
      leave.abort();
      leave = new AbortController();
      const attemptId = crypto.randomUUID();
      dispatch({ type: 'connect', attemptId });
      await follow(attemptId, leave.signal);
    },
    async answer(answer) {
      const state = store.getState();
      if (state.step !== 'question') return;
      const { attemptId, questionId } = state;
      // First the state: the host may already ask the next thing before this call returns.
      const declined = answer.kind === 'host-key' && !answer.accept;
      dispatch({ type: 'answered', questionId, declined });
      try {
        await client.machines.answer({ attemptId, questionId, answer });
      } catch (error) {
        dispatch({ type: 'broken', failure: toFailure(error) });
      }
    },
    choose: (choice) => dispatch({ type: 'choose', choice }),
    async add() {
      const state = store.getState();
      if (state.step !== 'review' || state.adding) return;
      dispatch({ type: 'add' });
      try {
        const { attemptId, choice } = state;
        const { deviceId } = await client.machines.add({ attemptId, ...choice });
        dispatch({ type: 'added', deviceId });
      } catch (error) {
        dispatch({ type: 'add-failed', failure: toFailure(error) });
      }
    },
    back() {
      leave.abort();
      dispatch({ type: 'back' });
    },
    close() {
      leave.abort();
      store.setState(startWizard({ kind: 'new' }), true);
    },
  };
}
