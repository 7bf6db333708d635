import { Cron } from 'croner';
import { type ReadingSchedule, readingSchedule } from '../../../shared/model/readings.ts';
import type { Database, ReadableDevice } from '../db/index.ts';
import type { RefreshRuns } from './runs.ts';

const settingKey = 'refresh-schedule';
const minute = 60_000;
const day = 24 * 60 * minute;
/** A minute's tick comes a little early or late. */
const slack = minute / 2;
/** So many failures one after the other may be chance; from then on it is tried less often. */
const patience = 3;

/** Refreshes all devices every so often, as long as the host runs. Off until a person turns it on. */
export interface ScheduledRefresh {
  get(): ReadingSchedule;
  set(everyMinutes: number | null): ReadingSchedule;
  /** One look at the clock: refreshes what is due. `start` does this each minute. */
  tick(): Promise<void>;
  start(): void;
  stop(): void;
}

export interface ScheduleOptions {
  readonly store: Database['readings'];
  readonly run: RefreshRuns['run'];
  readonly report: (error: unknown) => void;
  readonly now?: () => number;
}

/** Off where it is not what was kept: written by hand, or by a later release. */
function readSetting(json: string): ReadingSchedule {
  try {
    return readingSchedule.safeParse(JSON.parse(json)).data ?? off;
  } catch {
    return off; // no JSON at all
  }
}

export function createSchedule(options: ScheduleOptions): ScheduledRefresh {
  const { store, run, report, now = Date.now } = options;
  let lastTick: number | undefined;
  let underway = false;
  let clock: Cron | undefined;

  function get(): ReadingSchedule {
    const json = store.setting(settingKey);
    return json === undefined ? off : readSetting(json);
  }
  function keep(schedule: ReadingSchedule): ReadingSchedule {
    store.keepSetting(settingKey, JSON.stringify(schedule));
    return schedule;
  }

  async function tick(): Promise<void> {
    const at = now();
    // After sleep the network takes a moment: a run at once would find every machine unreachable.
    const slept = lastTick !== undefined && at - lastTick > 2.5 * minute;
    lastTick = at;
    const schedule = get();
    if (underway || slept || !isDue(schedule, at)) return;
    underway = true;
    try {
      keep({ ...schedule, ranAt: at });
      const every = (schedule.everyMinutes ?? 0) * minute;
      const devices = store.devices({ all: true }).filter((device) => isReady(device, at, every));
      if (devices.length > 0) await run(devices, 'schedule');
    } finally {
      underway = false;
    }
  }

  return {
    get,
    set: (everyMinutes) => keep({ ...get(), everyMinutes }),
    tick,
    start() {
      clock ??= new Cron('* * * * *', { unref: true, protect: true, catch: report }, tick);
    },
    stop() {
      clock?.stop();
      clock = undefined;
    },
  };
}

const off: ReadingSchedule = { everyMinutes: null, ranAt: null };

/** A clock that was set back must not put the next run off for as long as it was ahead. */
function isDue({ everyMinutes, ranAt }: ReadingSchedule, at: number): boolean {
  if (everyMinutes === null) return false;
  return ranAt === null || ranAt > at || at - ranAt >= everyMinutes * minute - slack;
}

/** Has a way in, and was not tried too lately for how often it has failed. */
function isReady(device: ReadableDevice, at: number, every: number): boolean {
  const { sshHost, failure, attemptedAt } = device;
  if (sshHost === null || sshHost === '') return false;
  if (failure === null || attemptedAt === null || failure.times < patience) return true;
  const wait = Math.min(every * 2 ** (failure.times - patience + 1), Math.max(day, every));
  return attemptedAt > at || at - attemptedAt >= wait - slack;
}
