import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { ComparisonRow } from '../../../shared/model/inventory.ts';
import type { SshAnswer } from '../../../shared/model/ssh.ts';
import { commandFailure } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { type Failure, isAbort, LinkDownError, toFailure } from '../../rpc/failure.ts';
import type { HandedOver } from '../readings/readings-store.ts';
import type { TargetDraft } from './target-draft.ts';
import {
  type AddChoice,
  emptyForm,
  formProblems,
  type Goal,
  startWizard,
  type TargetForm,
  targetOf,
  type WizardEvent,
  type WizardState,
  wizard,
} from './wizard-state.ts';

/** What would be written: the first lines, and how many there are. */
export interface Preview {
  readonly rows: readonly ComparisonRow[];
  readonly total: number;
}

/** One connection attempt at a time, as the open dialog shows it. */
export interface AttemptStore {
  readonly store: StoreApi<WizardState>;
  open(goal: Goal): void;
  /** Goes on with an attempt on a known device that was begun without a dialog. */
  takeOver(what: HandedOver): void;
  /** Whether an attempt for this goal runs, so that none has to be begun. */
  isUnderWay(goal: Goal): boolean;
  type(form: TargetForm): void;
  /** `at`: where to, for a device that declares no SSH host. */
  connect(at?: string): Promise<void>;
  /** What taking the facts of the review as declared would write on that device. */
  preview(deviceId: string): Promise<Preview>;
  /** The answer goes straight to the host; no secret is ever kept in the store. */
  answer(answer: SshAnswer): Promise<void>;
  choose(choice: AddChoice): void;
  add(): Promise<void>;
  /** Back to the form, with everything that was typed. */
  back(): void;
  /** Leaves the stream, which ends the connection on the host. */
  close(): void;
}

/** What was typed stays in the form; it is only to be sent again. */
function brokenOff(error: unknown): Failure {
  const failure = toFailure(error);
  return failure.code === 'LINK_DOWN'
    ? { ...failure, hint: 'Try again once it answers.' }
    : failure;
}

export function createAttemptStore(client: Client, draft: TargetDraft): AttemptStore {
  const store = createStore<WizardState>(() => startWizard({ kind: 'new' }));
  let leave = new AbortController();

  const dispatch = (event: WizardEvent) => store.setState((state) => wizard(state, event), true);

  async function follow(
    attemptId: string,
    { signal, at }: { readonly signal: AbortSignal; readonly at: string | undefined },
  ): Promise<void> {
    const { goal, form } = store.getState();
    const what = goal.kind === 'new' ? { target: targetOf(form) } : { deviceId: goal.id, at };
    await through(attemptId, signal, () =>
      client.machines.connect({ attemptId, ...what }, { signal }),
    );
  }

  async function through(
    attemptId: string,
    signal: AbortSignal,
    begin: () => Promise<AsyncIterable<AttemptEvent>>,
  ): Promise<void> {
    try {
      for await (const event of await begin()) dispatch({ type: 'attempt', attemptId, event });
      // A stream that just ends has answered already; if not, the state says that it broke off.
      const broke = new Error('The connection to the host ended before the machine answered.');
      dispatch({ type: 'broken', attemptId, failure: toFailure(broke) });
    } catch (error) {
      // Left on purpose: another attempt, or none, is shown by now. An abort that nobody here asked
      // for is the connection to the host that went.
      if (signal.aborted) return;
      const failure = brokenOff(isAbort(error) ? new LinkDownError() : error);
      dispatch({ type: 'broken', attemptId, failure });
    }
  }

  return {
    store,
    open(goal) {
      leave.abort();
      const form = goal.kind === 'new' ? draft.read() : null;
      store.setState(startWizard(goal, form ?? emptyForm), true);
    },
    takeOver({ device, attemptId, first, rest, leave: leaveIt }) {
      leave.abort();
      leave = leaveIt;
      store.setState(startWizard({ kind: 'device', ...device }), true);
      dispatch({ type: 'connect', attemptId });
      dispatch({ type: 'attempt', attemptId, event: first });
      void through(attemptId, leave.signal, async () => ({ [Symbol.asyncIterator]: () => rest }));
    },
    isUnderWay(goal) {
      const state = store.getState();
      const same =
        goal.kind === 'device' && state.goal.kind === 'device' && goal.id === state.goal.id;
      return same && (state.step !== 'form' || state.failure !== null);
    },
    type(form) {
      dispatch({ type: 'typed', form });
      draft.write(form);
    },
    async connect(at) {
      const { goal, form, step } = store.getState();
      if (step !== 'form') return;
      if (goal.kind === 'new' && Object.keys(formProblems(form)).length > 0) {
        // What failed before says nothing about this try.
        dispatch({ type: 'typed', form });
        return;
      }
      leave.abort();
      leave = new AbortController();
      const attemptId = crypto.randomUUID();
      dispatch({ type: 'connect', attemptId });
      await follow(attemptId, { signal: leave.signal, at });
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
        dispatch({ type: 'broken', attemptId, failure: brokenOff(error) });
      }
    },
    async preview(deviceId) {
      const state = store.getState();
      if (state.step !== 'review') return { rows: [], total: 0 };
      return await client.machines.preview({ attemptId: state.attemptId, deviceId });
    },
    choose: (choice) => dispatch({ type: 'choose', choice }),
    async add() {
      const state = store.getState();
      if (state.step !== 'review' || state.adding) return;
      const { attemptId, choice } = state;
      const { deviceId: chosen } = choice;
      if (chosen === undefined) return;
      dispatch({ type: 'add' });
      // The host wants a name in any case; for a device that is there it means nothing.
      const name = choice.name.trim() || state.form.host.trim();
      try {
        const { deviceId } = await client.machines.add({
          attemptId,
          ...choice,
          deviceId: chosen,
          name,
        });
        dispatch({ type: 'added', attemptId, deviceId });
        // What was typed led where it should; a reload need not bring it back.
        draft.forget();
      } catch (error) {
        dispatch({ type: 'add-failed', attemptId, failure: commandFailure(error) });
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
