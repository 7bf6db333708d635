import { Cron } from 'croner';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Database, StoredSchedule, Timing } from '../../db/index.ts';
import type { Jobs, NewJobRequest } from '../jobs/index.ts';

const minute = 60_000;
/** A minute's tick comes a little early or late. */
const slack = minute / 2;

/** What a domain registers: the job that is started when its schedule is due. */
export interface ScheduledWork {
  readonly key: string;
  readonly kind: string;
  /** Null: there is nothing to do this time. It is started without a person. */
  job(schedule: Due): Omit<NewJobRequest, 'kind' | 'by' | 'attended'> | null;
}

export interface Due extends StoredSchedule {
  /** Now; UTC milliseconds. */
  readonly at: number;
}

/** Jobs by the clock, as long as a host runs. Each is off until a person turns it on. */
export interface Schedules {
  register(work: ScheduledWork): void;
  list(): readonly (StoredSchedule & { readonly nextAt: number | null })[];
  get(key: string): StoredSchedule | undefined;
  /** Throws INVALID_INPUT where that is no line of cron. */
  set(key: string, timing: Timing | null, input?: unknown): void;
  /** One look at the clock: starts what is due. `start` does this each minute. */
  tick(): Promise<void>;
  start(): void;
  stop(): void;
}

export interface SchedulesOptions {
  readonly store: Database['schedules'];
  readonly jobs: Pick<Jobs, 'start' | 'ended'>;
  readonly report: (error: unknown) => void;
  readonly now?: () => number;
}

export function createSchedules(options: SchedulesOptions): Schedules {
  const { store, jobs, report, now = Date.now } = options;
  const works = new Map<string, ScheduledWork>();
  const underway = new Set<string>();
  let lastTick: number | undefined;
  let clock: Cron | undefined;

  async function run(schedule: StoredSchedule, at: number): Promise<void> {
    const work = works.get(schedule.key);
    if (work === undefined || underway.has(schedule.key)) return;
    underway.add(schedule.key);
    try {
      // First, so that what fails at once is not tried each minute.
      store.put({ ...schedule, ranAt: at });
      const request = work.job({ ...schedule, at });
      if (request === null) return;
      const { kind } = work;
      const { id } = await jobs.start({ ...request, kind, by: 'schedule', attended: false });
      store.put({ ...(store.get(schedule.key) ?? schedule), ranAt: at, lastJob: id });
      await jobs.ended(id);
    } finally {
      underway.delete(schedule.key);
    }
  }

  async function tick(): Promise<void> {
    const at = now();
    // After sleep the network takes a moment: a run at once would find every machine unreachable.
    const slept = lastTick !== undefined && at - lastTick > 2.5 * minute;
    lastTick = at;
    if (slept) return;
    const due = store.list().filter((schedule) => isDue(schedule, at));
    await Promise.all(due.map((schedule) => run(schedule, at).catch(report)));
  }

  return {
    register: (work) => void works.set(work.key, work),
    list: () => store.list().map((schedule) => ({ ...schedule, nextAt: nextAt(schedule, now()) })),
    get: (key) => store.get(key),
    set(key, timing, input = null) {
      const work = works.get(key);
      if (work === undefined) throw new TypeError(`Nothing is registered for ${key}.`);
      const before = store.get(key);
      if (timing === null) {
        if (before) store.put({ ...before, enabled: false });
        return;
      }
      if ('cron' in timing) checkCron(timing.cron);
      const kept = before ?? { key, lastJob: null, ranAt: null };
      store.put({ ...kept, kind: work.kind, input, timing, enabled: true });
    },
    tick,
    start() {
      clock ??= new Cron(
        '* * * * *',
        { unref: true, catch: report },
        () => void tick().catch(report),
      );
    },
    stop() {
      clock?.stop();
      clock = undefined;
    },
  };
}

function checkCron(line: string): void {
  try {
    new Cron(line, { paused: true });
  } catch (cause) {
    throw new RackhelmError('INVALID_INPUT', `"${line}" is no line of cron.`, {
      cause,
      hint: 'Write minute, hour, day, month and weekday: 30 3 * * * is each night at 3:30.',
    });
  }
}

/** A clock that was set back must not put the next run off for as long as it was ahead. */
function isDue({ enabled, timing, ranAt }: StoredSchedule, at: number): boolean {
  if (!enabled) return false;
  if ('everyMinutes' in timing) {
    return ranAt === null || ranAt > at || at - ranAt >= timing.everyMinutes * minute - slack;
  }
  const since = ranAt === null || ranAt > at ? at - minute : ranAt;
  const next = new Cron(timing.cron, { paused: true }).nextRun(new Date(since));
  return next !== null && next.getTime() <= at;
}

function nextAt({ enabled, timing, ranAt }: StoredSchedule, at: number): number | null {
  if (!enabled) return null;
  if ('everyMinutes' in timing) return Math.max(at, (ranAt ?? 0) + timing.everyMinutes * minute);
  return new Cron(timing.cron, { paused: true }).nextRun(new Date(at))?.getTime() ?? null;
}
