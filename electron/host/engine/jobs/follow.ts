import { setTimeout as pause } from 'node:timers/promises';
import type { JobEvent } from '../../../../shared/contract/jobs.ts';
import type { JobPage, LogLine } from '../../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import { livePage, shownStep, summaryOf } from './job-page.ts';
import type { LiveJob, LiveStep } from './live-job.ts';

/** What is new is sent together, so often at most. */
const togetherMs = 100;
/** Lines in one event; of more the oldest are left out, and said to be. */
const mostLines = 500;

/** What is new of a job since it was told last. */
class Unsent {
  readonly #steps = new Set<LiveStep>();
  readonly #counting = new Set<LiveStep>();
  #lines: LogLine[] = [];
  #skipped = 0;
  #moved = false;
  wake: () => void = () => {};

  line(line: LogLine): void {
    this.#lines.push(line);
    // Not one by one: half of them at once, now and then.
    if (this.#lines.length >= mostLines * 2) this.#cut();
    this.wake();
  }

  step(step: LiveStep | null): void {
    this.#moved = true;
    if (step) this.#steps.add(step);
    this.wake();
  }

  progress(step: LiveStep): void {
    this.#counting.add(step);
    this.wake();
  }

  get isEmpty(): boolean {
    return !this.#moved && this.#counting.size === 0 && this.#lines.length === 0;
  }

  take(live: LiveJob): JobEvent[] {
    this.#cut();
    const events: JobEvent[] = [];
    if (this.#lines.length > 0) {
      events.push({ type: 'lines', lines: this.#lines, skipped: this.#skipped });
    }
    if (this.#moved) events.push(movedEvent(live, [...this.#steps]));
    for (const step of this.#counting) {
      if (step.progress) events.push({ type: 'progress', stepId: step.id, ...step.progress });
    }
    this.#steps.clear();
    this.#counting.clear();
    this.#lines = [];
    this.#skipped = 0;
    this.#moved = false;
    return events;
  }

  #cut(): void {
    const gone = this.#lines.length - mostLines;
    if (gone <= 0) return;
    this.#lines = this.#lines.slice(gone);
    this.#skipped += gone;
  }
}

function movedEvent(live: LiveJob, steps: readonly LiveStep[]): JobEvent {
  return {
    type: 'moved',
    job: summaryOf(live.stored, live),
    steps: steps.map((step) => shownStep(live, step)),
    questions: [...live.questions.values()],
    report: live.report,
  };
}

/** What happens to a job of this process, until `over` or until the caller leaves. */
export async function* followLive(
  live: LiveJob,
  { signal, over }: { readonly signal: AbortSignal; readonly over: Promise<unknown> },
): AsyncGenerator<JobEvent, void, void> {
  yield { type: 'job', job: livePage(live) };
  const unsent = new Unsent();
  const leave = [
    live.log.subscribe((line) => unsent.line(line)),
    live.subscribe((change) => {
      if (change.type === 'moved') unsent.step(change.step);
      else unsent.progress(change.step);
    }),
  ];
  let ended = false;
  const end = () => {
    ended = true;
    unsent.wake();
  };
  void over.then(end, end);
  signal.addEventListener('abort', end, { once: true });
  try {
    while (!signal.aborted) {
      if (unsent.isEmpty && !ended) await new Promise<void>((wake) => (unsent.wake = wake));
      if (!ended) await pause(togetherMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      // Once more at its end, since its last words came together with it.
      const last = ended;
      yield* unsent.take(live);
      if (last) return;
    }
  } finally {
    signal.removeEventListener('abort', end);
    for (const each of leave) each();
  }
}

/** How often a job of another process is looked at, in milliseconds. */
const lookMs = 500;

export interface Elsewhere {
  readonly page: () => JobPage;
  /** Lines after this one. */
  readonly lines: (after: number) => LogLine[];
  readonly newestLine: number;
  /** Whether it began to run here. */
  readonly isLive: () => boolean;
  readonly signal: AbortSignal;
}

/** The same of a job that another process runs, or nobody: from what the database says. */
export async function* followStored(options: Elsewhere): AsyncGenerator<JobEvent, void, void> {
  const { page, lines, signal, isLive } = options;
  let newest = options.newestLine;
  let told = '';
  for (;;) {
    const job = page();
    const news = lines(newest);
    newest = news.at(-1)?.seq ?? newest;
    if (news.length > 0) yield { type: 'lines', lines: news, skipped: 0 };
    const text = JSON.stringify(job);
    if (text !== told) yield { type: 'job', job };
    told = text;
    if (!isUnderWay(job.state) || isLive()) return;
    await pause(lookMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
  }
}
