import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Database, ReadableDevice } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import type { Jobs } from '../engine/jobs/index.ts';
import { createSchedules, type Schedules } from '../engine/schedules/index.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { isReady } from './ready-device.ts';
import type { RefreshParams } from './refresh-phase.ts';
import { createSchedule, type ScheduledRefresh, scheduledRefresh } from './schedule.ts';

const minute = 60_000;
let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let at: number;
/** Names that each job was asked to read. */
let runs: string[][];
let schedules: Schedules;
let schedule: ScheduledRefresh;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  at = 1_800_000_000_000;
  runs = [];
  create();
});
afterEach(() => {
  schedules.stop();
  data.remove();
});

/** `run`: the job that was started. */
function create(run = async (_: readonly ReadableDevice[]) => {}, now: () => number = () => at) {
  const underway = new Map<string, Promise<void>>();
  const jobs = {
    async start({ plan }: Parameters<Jobs['start']>[0]) {
      const [lane] = plan.lanes;
      const params = lane?.phases[0]?.params ?? {};
      const { since, everyMs } = params as RefreshParams; // as the plan of a refresh has it
      const devices = db.readings.devices({ all: true });
      const ready = devices.filter((device) => isReady(device, since, everyMs));
      runs.push(ready.map(({ name }) => name));
      const id = String(runs.length);
      underway.set(id, run(ready));
      return { id };
    },
    ended: async (id: string) => await underway.get(id),
  } as unknown as Jobs; // what schedules call
  schedules = createSchedules({
    store: db.schedules,
    jobs,
    report: (error) => {
      throw error;
    },
    now,
  });
  schedules.register(scheduledRefresh(db.readings.devices));
  schedule = createSchedule(schedules);
}
const add = (name: string, sshHost: string | null = name) =>
  inventory.devices.create({ name, kind: 'server', sshHost }).id;

/** As the clock does: a tick each minute. */
async function pass(minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n += 1) {
    at += minute;
    await schedules.tick();
  }
}

describe('the schedule of refreshes', () => {
  it('is off until it is turned on, and then runs every so often', async () => {
    add('pi-1');
    await pass(60);
    expect(runs).toEqual([]);
    schedule.set(15);
    await pass(46);
    expect(runs).toHaveLength(4);
    schedule.set(null);
    await pass(60);
    expect(runs).toHaveLength(4);
  });

  it('leaves out devices that nothing leads to, and runs for none of them', async () => {
    add('switch', null);
    schedule.set(15);
    await pass(2);
    expect(runs).toEqual([]);
    add('pi-1');
    await pass(15);
    expect(runs).toEqual([['pi-1']]);
  });

  it('is kept in the data directory, with when it last ran', async () => {
    add('pi-1');
    schedule.set(60);
    await pass(2);
    create();
    expect(schedule.get().everyMinutes).toBe(60);
    await pass(30);
    expect(runs).toHaveLength(1);
    await pass(30);
    expect(runs).toHaveLength(2);
  });

  it('runs once after a night of sleep, and only when the network had a minute', async () => {
    add('pi-1');
    schedule.set(15);
    await pass(1);
    at += 8 * 60 * minute;
    await schedules.tick();
    expect(runs).toHaveLength(1);
    await pass(2);
    expect(runs).toHaveLength(2);
  });

  it('is not put off by a clock that was set back', async () => {
    add('pi-1');
    schedule.set(60);
    await pass(1);
    at -= 400 * minute;
    await pass(1);
    expect(runs).toHaveLength(2);
  });

  it('never overlaps with itself', async () => {
    add('pi-1');
    let end = () => {};
    create(() => new Promise<void>((resolve) => (end = resolve)));
    schedule.set(5);
    const first = schedules.tick();
    at += 20 * minute;
    for (let n = 0; n < 3; n += 1) {
      at += minute;
      await schedules.tick();
    }
    expect(runs).toHaveLength(1);
    end();
    await first;
    await Promise.race([schedules.tick(), Promise.resolve()]);
    expect(runs).toHaveLength(2);
    end();
  });

  it('tries a device that fails again and again less and less often, and the others as ever', async () => {
    const down = add('down');
    add('up');
    create(async (devices) => {
      for (const { id } of devices) {
        const failure = new RackhelmError('SSH_REFUSED', 'No.');
        db.readings.record({
          deviceId: id,
          at,
          durationMs: 1,
          source: 'schedule',
          failure: id === down ? failure : null,
        });
      }
    });
    schedule.set(60);
    await pass(24 * 60);
    const tries = runs.filter((names) => names.includes('down')).length;
    expect(runs).toHaveLength(24);
    // At 0, 1 and 2 h, then 2, 4 and 8 h later.
    expect(tries).toBe(6);
  });

  it('looks at the clock each minute by itself', async () => {
    vi.useFakeTimers({ now: at, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      add('pi-1');
      create(undefined, Date.now);
      schedule.set(5);
      schedules.start();
      await vi.advanceTimersByTimeAsync(11.5 * minute);
      expect(runs).toHaveLength(3);
      schedules.stop();
      await vi.advanceTimersByTimeAsync(20 * minute);
      expect(runs).toHaveLength(3);
    } finally {
      vi.useRealTimers();
    }
  });
});
