import type { LogLine, Progress } from '../../../../shared/jobs/job.ts';
import type { JobState } from '../../../../shared/jobs/job-state.ts';
import type { Probed, Standing } from '../../../../shared/jobs/plan.ts';
import type { StandingQuestion } from '../../../../shared/jobs/question.ts';
import { isSettled, mayStand, type StepState } from '../../../../shared/jobs/step-state.ts';
import {
  type JobHappening,
  nextJob,
  nextStep,
  type StepEvent,
} from '../../../../shared/jobs/transitions.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { JobChange, Journal, StepChange, StoredJob, StoredStep } from '../../db/index.ts';
import { LogBuffer } from './log-buffer.ts';

/** A step of a job that this process runs. */
export interface LiveStep extends Omit<StoredStep, 'state' | 'saved' | 'began' | 'lines'> {
  state: StepState;
  saved: unknown;
  began: Standing | null;
  probed: Probed | null;
  progress: Progress | null;
  /** Whether something may stand of it, also while it is looked at once more. */
  stands: boolean;
}

export type LiveChange =
  | { readonly type: 'moved'; readonly step: LiveStep | null }
  | { readonly type: 'progress'; readonly step: LiveStep };

export interface LiveJobOptions {
  readonly stored: StoredJob;
  readonly steps: readonly StoredStep[];
  readonly newestLine: number;
  readonly input: unknown;
  readonly journal: Journal;
  /** Of this process. */
  readonly owner: string;
  readonly now: () => number;
}

/**
 * A job that this process runs: the truth of it, of which the journal is the part that is on disk.
 * What cannot be written stays marked, and goes along with the next entry.
 */
export class LiveJob {
  readonly stored: StoredJob;
  readonly steps: readonly LiveStep[];
  readonly input: unknown;
  readonly log: LogBuffer;
  readonly questions = new Map<string, StandingQuestion>();
  state: JobState;
  report: string | null;
  readonly #options: LiveJobOptions;
  readonly #unwritten = new Set<LiveStep>();
  readonly #listeners = new Set<(change: LiveChange) => void>();
  #jobUnwritten = false;

  constructor(options: LiveJobOptions) {
    const { stored, steps, journal } = options;
    this.#options = options;
    this.stored = stored;
    this.input = options.input;
    this.state = stored.state;
    this.report = stored.report;
    this.log = new LogBuffer({
      seq: options.newestLine,
      now: options.now,
      write: (lines) => journal.write({ op: 'lines', id: stored.id, lines }, { durable: false }),
    });
    this.log.setCount(0, stored.lines);
    this.steps = steps.map(({ lines, ...step }) => {
      this.log.setCount(step.number, lines);
      return { ...step, probed: null, progress: null, stands: mayStand(step.state) };
    });
  }

  get id(): string {
    return this.stored.id;
  }

  subscribe(listener: (change: LiveChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stepsOf(lane: string): readonly LiveStep[] {
    return this.steps.filter((step) => step.lane === lane);
  }

  settled(): number {
    return this.steps.filter(({ state }) => isSettled(state)).length;
  }

  /** Whether something stands that could be undone. */
  undoable(): boolean {
    return this.steps.some(({ stands, plan }) => stands && plan.lasting === null);
  }

  say(text: string): void {
    this.log.add(null, text, 'app');
  }

  sayOf(step: LiveStep, text: string, stream: LogLine['stream'] = 'app'): void {
    this.log.add(step, text, stream);
  }

  /** Throws where this cannot happen: a fault of ours. */
  move(event: JobHappening): void {
    const next = nextJob(this.state, event, this.#options.now());
    if (next === null)
      throw new TypeError(`A job that is ${this.state.state} cannot ${event.type}.`);
    this.state = next;
    this.#jobUnwritten = true;
    this.tell({ type: 'moved', step: null });
  }

  moveStep(step: LiveStep, event: StepEvent): void {
    const next = nextStep(step.state, event, this.#options.now());
    if (next === null) throw new TypeError(`A ${step.state.state} step cannot ${event.type}.`);
    step.state = next;
    step.progress = null;
    // While it is looked at, what was known before counts.
    if (next.state !== 'probing') step.stands = mayStand(next);
    this.#unwritten.add(step);
    this.#jobUnwritten = true;
    this.tell({ type: 'moved', step });
  }

  tell(change: LiveChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  /**
   * Writes what is not written yet. Throws what the journal says, and JOB_ELSEWHERE where another
   * process has the job by now; it is then as unwritten as before. `step` goes along in any case: an
   * entry that another lane just wrote it in may fail.
   */
  async write(options: {
    readonly durable: boolean;
    readonly release?: boolean;
    readonly step?: LiveStep;
  }): Promise<void> {
    if (options.step) this.#unwritten.add(options.step);
    const steps = [...this.#unwritten];
    const withJob = this.#jobUnwritten;
    this.#unwritten.clear();
    this.#jobUnwritten = false;
    const { journal, owner } = this.#options;
    try {
      const written = await journal.write(
        {
          op: 'update',
          id: this.id,
          owner,
          steps: steps.map(toChange),
          ...(withJob && { job: this.change() }),
          release: options.release === true,
        },
        { durable: options.durable },
      );
      if (written) return;
    } catch (error) {
      for (const step of steps) this.#unwritten.add(step);
      this.#jobUnwritten ||= withJob;
      throw error;
    }
    throw new RackhelmError('JOB_ELSEWHERE', 'Another Rackhelm took this job over.');
  }

  /** Where what was done cannot be written, it was done all the same; the next start looks again. */
  async writeLater(): Promise<void> {
    await this.write({ durable: false }).catch((error: unknown) => {
      this.say(`The journal could not be written: ${String(error)}`);
    });
  }

  change(): JobChange {
    const { state, report } = this;
    return { state, report, stepsDone: this.settled(), undoable: this.undoable() };
  }
}

/** While it is probed the journal keeps what was so before. */
function toChange(step: LiveStep): StepChange {
  const { number, state, saved, began, probed, stands } = step;
  const kept: StepState =
    state.state !== 'probing'
      ? state
      : stands
        ? { state: 'begun', at: state.at }
        : { state: 'pending' };
  return {
    number,
    state: kept,
    ...(saved !== undefined && { saved }),
    ...(began !== null && { began }),
    ...(probed !== null && { probed }),
  };
}
