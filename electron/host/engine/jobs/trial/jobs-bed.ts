import { afterEach, beforeEach, expect } from 'vitest';
import type { Database } from '../../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../../db/temporary-data.ts';
import { createJobs, type JobsOptions } from '../create-jobs.ts';
import { FakeWork } from '../fake-work.ts';
import type { Jobs } from '../jobs.ts';

export const here = { attended: true };

interface StartOptions {
  readonly after?: Record<string, string[]>;
  readonly attended?: boolean;
}

/** For tests: jobs of a fake work on a database of their own, closed after each test. */
export class JobsBed {
  work = new FakeWork();
  readonly #faults: unknown[] = [];
  readonly #opened: Jobs[] = [];
  #data: TemporaryData | undefined;
  #database: Database | undefined;
  #jobs: Jobs | undefined;

  setUp(): void {
    this.#data = temporaryData();
    this.#database = this.#data.open();
    this.work = new FakeWork();
    this.#jobs = this.open();
  }

  async cleanUp(): Promise<void> {
    await this.#closeAll();
    this.#data?.remove();
    expect(this.#faults.splice(0)).toEqual([]);
  }

  /** Of the process that was opened last. */
  get jobs(): Jobs {
    if (this.#jobs === undefined) throw new Error('Nothing is set up yet.');
    return this.#jobs;
  }

  /** As another process has them. */
  open(kind = this.work.kind, limits: JobsOptions['limits'] = {}): Jobs {
    if (this.#database === undefined) throw new Error('Nothing is set up yet.');
    const made = createJobs({
      database: this.#database,
      report: (error) => this.#faults.push(error),
      limits: { reopenAfterMs: [0, 0], ...limits },
    });
    made.register(kind);
    this.#opened.push(made);
    return made;
  }

  /** The processes so far are gone, and this one is there. */
  async reopen(kind = this.work.kind): Promise<Jobs> {
    await this.#closeAll();
    this.#jobs = this.open(kind);
    return this.#jobs;
  }

  async start(
    lanes: Record<string, string[]>,
    { after = {}, attended = true }: StartOptions = {},
  ): Promise<string> {
    const plan = this.work.plan(lanes, after);
    const request = { kind: 'making', title: 'Make it', plan, input: {}, by: 'window' } as const;
    return (await this.jobs.start({ ...request, attended })).id;
  }

  states(id: string): string[] {
    return this.jobs.get(id).lanes.flatMap(({ steps }) => steps.map(({ state }) => state.state));
  }

  async texts(id: string): Promise<string[]> {
    const { lines } = await this.jobs.log(id, {
      stepId: null,
      after: null,
      search: '',
      limit: 500,
    });
    return lines.map(({ text }) => text);
  }

  async #closeAll(): Promise<void> {
    for (const each of this.#opened.splice(0)) await each.close();
  }
}

/** One for each test of a file. */
export function jobsBed(): JobsBed {
  const bed = new JobsBed();
  beforeEach(() => bed.setUp());
  afterEach(() => bed.cleanUp());
  return bed;
}

export async function until(holds: () => boolean): Promise<void> {
  for (let n = 0; n < 500 && !holds(); n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(holds()).toBe(true);
}
