import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { CheckResult } from '../../../../shared/checks/check.ts';
import type { LookEvent } from '../../../../shared/contract/onboarding.ts';
import { type Database, newId } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createChecks } from '../../engine/checks/index.ts';
import { createJobs, type Jobs, type Phase } from '../../engine/jobs/index.ts';
import { FakeMachine } from '../../engine/machines/fake-machine.ts';
import type { Machines } from '../../engine/machines/index.ts';
import { SudoMemory } from '../../engine/machines/index.ts';
import { createInventory } from '../../inventory/index.ts';
import { Reached } from '../jobs/reached.ts';
import { Looks } from '../looks/index.ts';
import { createMending, type Mending } from './mending.ts';

let data: TemporaryData;
let db: Database;
let jobs: Jobs;
let mending: Mending;
let deviceId: string;
/** Whether there is swap on the machine. */
let swap: boolean;
const request = () => ({ deviceId, part: '', role: 'worker', network: 'none' }) as const;

const swapOff: Phase<Record<string, never>, Record<string, never>> = {
  id: 'swap',
  params: z.object({}).strict(),
  saved: z.object({}).strict(),
  title: () => 'Switch off swap',
  lasting: () => null,
  probe: async () => ({
    standing: swap ? 'absent' : 'present',
    found: swap ? 'Swap is on.' : 'Swap is off.',
    evidence: [],
  }),
  plan: async () => [{ kind: 'command', command: 'swapoff -a', root: true }],
  save: async () => ({}),
  apply: async () => {
    swap = false;
  },
  undo: async () => {
    swap = true;
  },
};

function result(check: string, status: CheckResult['status']): CheckResult {
  const texts = { group: 'Kernel', title: check, why: 'x', found: status };
  const fix = { kind: 'phase', phase: 'swap', title: 'Switch off swap', params: {} } as const;
  const subject = { id: deviceId, name: 'pi-1' };
  return { check, part: '', subject, ...texts, status, evidence: [], fix, at: Date.now() };
}

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  swap = true;
  const inventory = createInventory(db);
  deviceId = inventory.devices.create({ name: 'pi-1', kind: 'sbc', sshHost: '10.0.0.11' }).id;
  jobs = createJobs({
    database: db,
    report: (error) => {
      throw error;
    },
  });
  const checks = createChecks({ store: db.checks });
  checks.keep([result('onboarding.swap', 'fail'), result('onboarding.other', 'fail')]);
  const opened = async () =>
    Object.assign(new FakeMachine({ name: 'pi-1' }), {
      reached: { resolved: { host: '10.0.0.11', port: 22 } },
    });
  mending = createMending({
    ...{ db, inventory, jobs, checks, phases: [swapOff] },
    ...{ reached: new Reached(), looks: new Looks(), sudo: new SudoMemory() },
    // As far as anything here asks of them.
    machines: { look: opened, open: opened } as unknown as Machines,
    machineChecks: {
      checkMachine: async () => [
        result('onboarding.swap', swap ? 'fail' : 'pass'),
        result('onboarding.other', 'pass'),
      ],
    },
  });
});
afterEach(async () => {
  await jobs.close();
  data.remove();
});

async function planned(check = 'onboarding.swap') {
  const input = { ...request(), check, attemptId: newId() };
  const events: LookEvent[] = await Array.fromAsync(mending.plan(input, undefined));
  const found = events.find((event) => event.type === 'planned');
  if (found === undefined) throw new Error(JSON.stringify(events));
  return found;
}
const standing = () =>
  createChecks({ store: db.checks })
    .of([deviceId])
    .map(({ check, status }) => `${check} ${status}`)
    .toSorted();

it('shows what it would do, does it as a job, and looks again at that one check alone', async () => {
  const { plan, hash } = await planned();
  expect(plan.lanes[0]?.phases.map(({ title }) => title)).toEqual(['Switch off swap']);
  expect(swap).toBe(true);
  const { jobId } = await mending.run({ deviceId, hash });
  expect((await jobs.ended(jobId)).state.state).toBe('done');
  expect(jobs.get(jobId).title).toBe('Switch off swap on pi-1');
  expect(swap).toBe(false);
  expect(standing()).toEqual(['onboarding.other fail', 'onboarding.swap pass']);

  await jobs.undo(jobId, { attended: true });
  await jobs.ended(jobId);
  expect(swap).toBe(true);
  expect(standing()).toEqual(['onboarding.other fail', 'onboarding.swap fail']);
});

it('runs no plan twice, none that was not shown last, and nothing where nothing is wrong', async () => {
  const { hash } = await planned();
  await expect(mending.run({ deviceId, hash: 'another' })).rejects.toThrow('made last');
  await jobs.ended((await mending.run({ deviceId, hash })).jobId);
  await expect(mending.run({ deviceId, hash })).rejects.toThrow('made last');
  await expect(planned()).rejects.toThrow('nothing here that a job could mend');
  await expect(planned('onboarding.never-ran')).rejects.toThrow('no result of this check');
});
