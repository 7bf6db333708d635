import { setTimeout as pause } from 'node:timers/promises';
import type { PlannedLane } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { isUnfinished } from '../../connections/ssh/index.ts';
import type { HeldMachine } from '../machines/index.ts';
import type { JobKind, OpenContext } from './job-kind.ts';
import type { LiveJob, LiveStep } from './live-job.ts';
import type { AnyPhase, PhaseContext } from './phase.ts';
import type { Questions } from './questions.ts';
import { isLostContact, leftOpen } from './step-errors.ts';

export interface LaneOptions {
  readonly job: LiveJob;
  readonly kind: JobKind;
  readonly lane: string;
  readonly questions: Questions;
  readonly signal: AbortSignal;
  /** Milliseconds before each attempt to reach a lost machine again. */
  readonly reopenAfterMs: readonly number[];
}

/** A phase with what it was approved with. */
export interface ReadyPhase {
  readonly phase: AnyPhase;
  readonly params: unknown;
}

/** One lane while it runs: its machine, held from the first step that needs it until the end. */
export class Lane {
  readonly job: LiveJob;
  readonly signal: AbortSignal;
  readonly #options: LaneOptions;
  /** Undefined: not opened; null: this lane has none. */
  #machine: HeldMachine | null | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.job = options.job;
    this.signal = options.signal;
  }

  get steps(): readonly LiveStep[] {
    return this.job.stepsOf(this.#options.lane);
  }

  /** Throws JOB_OTHER_VERSION where this release has no such phase, or reads its parameters differently. */
  ready(step: LiveStep): ReadyPhase {
    const { kind } = this.#options;
    const phase = kind.phases.find(({ id }) => id === step.plan.phase);
    const params = phase?.params.safeParse(step.plan.params);
    if (phase !== undefined && params?.success) return { phase, params: params.data };
    const what = phase === undefined ? 'does not know' : 'understands otherwise';
    throw new RackhelmError(
      'JOB_OTHER_VERSION',
      `This Rackhelm ${what} the step "${step.plan.title}", which another version planned.`,
    );
  }

  context(step: LiveStep): PhaseContext {
    const { job, signal } = this;
    const { lane, questions } = this.#options;
    const machine = () => {
      if (this.#machine) return this.#machine;
      throw new RackhelmError('INTERNAL', 'A phase wants a machine in a lane that has none.');
    };
    return {
      get machine() {
        return machine();
      },
      signal,
      jobId: job.id,
      lane,
      log: (text, stream = 'app') => job.sayOf(step, text, stream),
      progress(done, total) {
        step.progress = { done, total };
        job.tell({ type: 'progress', step });
      },
      ask: async (question) => questions.ask(question, { lane, stepId: step.id, signal }),
    };
  }

  /** Connects and takes the lock, where this lane has a machine. */
  async open(
    step: LiveStep,
    person: Partial<Pick<OpenContext, 'attended' | 'ask'>> = {},
  ): Promise<void> {
    const { kind, questions, lane, signal, job } = this.#options;
    if (this.#machine !== undefined || kind.open === undefined) return;
    signal.throwIfAborted();
    this.#machine = await kind.open(this.#planned(), job.input, {
      jobId: job.id,
      lookOnly: false,
      signal,
      attended: job.stored.attended,
      ask: async (question) => questions.ask(question, { lane, stepId: step.id, signal }),
      log: (text) => job.sayOf(step, text),
      ...person,
    });
  }

  /** Before each change: whether the machine is still ours. */
  async checkLock(): Promise<void> {
    await this.#machine?.checkLock(this.signal);
  }

  /**
   * Does it, and again from its start where contact was lost, once the machine answers again. `work`
   * has to look before it does anything. Throws CONTACT_LOST when that took too many attempts. What has
   * run into its time limit on a machine that answers is tried once more: throws STEP_UNFINISHED.
   */
  async inContact<T>(step: LiveStep, work: () => Promise<T>): Promise<T> {
    let attempt = 0;
    for (;;) {
      try {
        await this.open(step);
        return await work();
      } catch (error) {
        if (!isLostContact(error) || this.signal.aborted) throw error;
        const isSlow = isUnfinished(error);
        const wait = isSlow && attempt > 0 ? undefined : this.#options.reopenAfterMs[attempt];
        attempt += 1;
        const about = { title: step.plan.title, begun: step.stands };
        if (wait === undefined) throw leftOpen(error, about);
        const why = isSlow ? '' : 'Contact was lost: ';
        this.job.sayOf(step, `${why}${messageOf(error)} It is tried again.`);
        await this.release();
        await pause(wait, undefined, { signal: this.signal });
      }
    }
  }

  /** Takes the lock once more to give it back, where that is possible without anybody. */
  async letGo(): Promise<void> {
    const [step] = this.steps;
    if (step === undefined) return;
    try {
      await this.open(step, { attended: false, ask: async () => ({ kind: 'cancel' }) });
    } catch (error) {
      this.job.sayOf(step, `Its lock may still lie there: ${messageOf(error)}`);
    }
  }

  async release(): Promise<void> {
    const machine = this.#machine;
    this.#machine = undefined;
    await machine?.release();
  }

  #planned(): PlannedLane {
    const { job } = this;
    const { lane } = this.#options;
    const stored = job.stored.lanes.find((one) => one.lane === lane);
    return {
      lane,
      title: stored?.title ?? lane,
      deviceId: stored?.deviceId ?? null,
      after: [...(stored?.after ?? [])],
      phases: this.steps.map(({ plan }) => plan),
    };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
