import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Database } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import type { Jobs, NewJobRequest } from '../jobs/index.ts';
import { createSchedules, type Schedules } from './schedules.ts';

const minute = 60_000;
let data: TemporaryData;
let db: Database;
let at: number;
let started: NewJobRequest[];
let schedules: Schedules;
const faults: unknown[] = [];

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  // Noon of a Monday, where the tests run.
  at = new Date(2027, 0, 4, 12, 0, 0).getTime();
  started = [];
  create();
});
afterEach(() => {
  data.remove();
  expect(faults.splice(0)).toEqual([]);
});

function create(start = async (request: NewJobRequest) => void started.push(request)) {
  const jobs = {
    async start(request: NewJobRequest) {
      await start(request);
      return { id: `job ${started.length}` };
    },
    ended: async () => {},
  } as unknown as Jobs; // what schedules call
  const report = (error: unknown) => void faults.push(error);
  schedules = createSchedules({ store: db.schedules, jobs, report, now: () => at });
  schedules.register({
    key: 'backup',
    kind: 'backing-up',
    job: ({ input }) => ({ title: 'Back up', input, plan: { version: 1, lanes: [] } }),
  });
}

async function pass(minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n += 1) {
    at += minute;
    await schedules.tick();
  }
}

describe('schedules', () => {
  it('start jobs of which nobody is asked, with what they were set up with, and keep the last', async () => {
    schedules.set('backup', { everyMinutes: 60 }, { all: true });
    await pass(1);
    expect(started).toMatchObject([
      { kind: 'backing-up', by: 'schedule', attended: false, input: { all: true } },
    ]);
    expect(schedules.get('backup')).toMatchObject({ lastJob: 'job 1', ranAt: at });
    create();
    await pass(61);
    expect(started).toHaveLength(2);
  });

  it('follow a line of cron, also one whose time passed between two looks', async () => {
    schedules.set('backup', { cron: '30 3 * * *' });
    await pass(1);
    expect(started).toHaveLength(0);
    expect(new Date(schedules.list()[0]?.nextAt ?? 0).getHours()).toBe(3);
    await pass(24 * 60);
    expect(started).toHaveLength(1);
    await pass(24 * 60);
    expect(started).toHaveLength(2);
  });

  it('refuse what is no line of cron', () => {
    expect(() => schedules.set('backup', { cron: 'often' })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
    expect(schedules.list()).toEqual([]);
  });

  it('are tried again at the next time and not each minute where a job cannot be started', async () => {
    let tries = 0;
    create(async () => {
      tries += 1;
      throw new RackhelmError('DATA_DISK_FULL', 'Full.');
    });
    schedules.set('backup', { everyMinutes: 30 });
    await pass(59);
    expect(tries).toBe(2);
    expect(faults.splice(0)).toHaveLength(2);
  });

  it('are off until somebody turns them on, and keep what was set when they are off again', async () => {
    await pass(10);
    schedules.set('backup', { everyMinutes: 5 }, { all: true });
    schedules.set('backup', null);
    await pass(10);
    expect(started).toEqual([]);
    expect(schedules.get('backup')).toMatchObject({ enabled: false, input: { all: true } });
  });
});
