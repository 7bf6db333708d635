import type Sqlite from 'better-sqlite3';

/** Either every so many minutes, or by a line of cron. */
export type Timing = { readonly everyMinutes: number } | { readonly cron: string };

export interface StoredSchedule {
  readonly key: string;
  readonly kind: string;
  readonly input: unknown;
  readonly timing: Timing;
  readonly enabled: boolean;
  readonly lastJob: string | null;
  /** When it last began; UTC milliseconds. */
  readonly ranAt: number | null;
}

export interface ScheduleStore {
  list(): StoredSchedule[];
  get(key: string): StoredSchedule | undefined;
  put(schedule: StoredSchedule): void;
  remove(key: string): void;
}

interface Row {
  readonly key: string;
  readonly kind: string;
  readonly input: string;
  readonly everyMinutes: number | null;
  readonly cron: string | null;
  readonly enabled: number;
  readonly lastJob: string | null;
  readonly ranAt: number | null;
}

/** `write`: of what nobody waits for; what is read meanwhile is what will be written. */
export function createScheduleStore(
  sqlite: Sqlite.Database,
  write: (work: () => void) => void,
): ScheduleStore {
  const all = sqlite.prepare<[], Row>(
    `SELECT key, kind, input, every_minutes AS everyMinutes, cron, enabled, last_job AS lastJob,
       ran_at AS ranAt FROM schedule ORDER BY key`,
  );
  const put = sqlite.prepare<[Record<string, unknown>]>(
    `INSERT OR REPLACE INTO schedule (key, kind, input, every_minutes, cron, enabled, last_job, ran_at)
     VALUES (@key, @kind, @input, @everyMinutes, @cron, @enabled, @lastJob, @ranAt)`,
  );
  const remove = sqlite.prepare<[string]>('DELETE FROM schedule WHERE key = ?');
  /** Kept, but another thread writes; null: deleted. */
  const unwritten = new Map<string, StoredSchedule | null>();

  const list = () => {
    const known = new Map(all.all().map((row) => [row.key, toSchedule(row)]));
    for (const [key, schedule] of unwritten) {
      if (schedule === null) known.delete(key);
      else known.set(key, schedule);
    }
    return [...known.values()];
  };
  const later = (key: string, schedule: StoredSchedule | null, run: () => void) => {
    unwritten.set(key, schedule);
    write(() => {
      if (unwritten.get(key) === schedule) unwritten.delete(key);
      run();
    });
  };
  return {
    list,
    get: (key) => list().find((schedule) => schedule.key === key),
    put(schedule) {
      const { input, timing, enabled, ...rest } = schedule;
      const row = {
        ...rest,
        input: JSON.stringify(input ?? null),
        everyMinutes: 'everyMinutes' in timing ? timing.everyMinutes : null,
        cron: 'cron' in timing ? timing.cron : null,
        enabled: enabled ? 1 : 0,
      };
      later(schedule.key, schedule, () => void put.run(row));
    },
    remove: (key) => later(key, null, () => void remove.run(key)),
  };
}

function toSchedule({ input, everyMinutes, cron, enabled, ...row }: Row): StoredSchedule {
  const timing = cron === null ? { everyMinutes: everyMinutes ?? 60 } : { cron };
  return { ...row, input: JSON.parse(input) as unknown, timing, enabled: enabled === 1 };
}
