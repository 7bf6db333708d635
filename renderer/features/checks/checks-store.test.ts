import { expect, it } from 'vitest';
import type { CheckResult } from '../../../shared/checks/check.ts';
import type { CheckEvent } from '../../../shared/contract/checks.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';
import { specimenCheck } from '../../ui/check-list/check-specimens.ts';
import { createChecksStore } from './checks-store.ts';

const device = { id: '01900000-0000-7000-8000-000000000001', name: 'pi-1' };
const options = { role: 'worker', network: 'none' } as const;

function setUp(events: () => AsyncGenerator<CheckEvent>) {
  const told: string[] = [];
  const asked: unknown[] = [];
  let reads = 0;
  const take = async (input: unknown) => {
    asked.push(input);
    return {};
  };
  const client = {
    checks: {
      of: async () => {
        reads += 1;
        return [specimenCheck('swap', 'fail')];
      },
      run: async () => events(),
      accept: take,
      unaccept: take,
    },
  } as unknown as Pick<Client, 'checks' | 'gpus'>; // nothing else is called
  const notify = {
    done: (text: string) => void told.push(text),
    failed: (failure: Failure) => void told.push(`failed: ${failure.message}`),
    outdated: () => undefined,
  };
  const checks = createChecksStore({ client, notify });
  return { checks, told, asked, reads: () => reads };
}

async function* one(...events: CheckEvent[]): AsyncGenerator<CheckEvent> {
  yield* events;
}
const result: CheckResult = specimenCheck('swap', 'fail');
const checked = (results: CheckResult[]): CheckEvent => {
  return { type: 'checked', deviceId: device.id, name: 'pi-1', results };
};

it('runs the checks of a device once at a time, says how it went, and reads them again', async () => {
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  const { checks, told, reads } = setUp(async function* () {
    await held;
    yield checked([result, { ...result, status: 'pass' }]);
  });
  checks.of(device.id).retain();
  const running = checks.run(device, options);
  await checks.run(device, options);
  expect([...checks.store.getState().running]).toEqual([[device.id, null]]);
  go();
  await running;
  expect(told).toEqual(['Checked pi-1: 1 check failed.']);
  expect(checks.store.getState().running.size).toBe(0);
  expect(reads()).toBe(2);
});

it('says why a machine could not be checked', async () => {
  const failed = { code: 'SSH_REFUSED', message: 'pi-1 refused.', hint: 'Look at sshd.' };
  const { checks, told } = setUp(() =>
    one({ type: 'failed', deviceId: device.id, name: 'pi-1', ...failed }),
  );
  await checks.run(device, options);
  expect(told).toEqual(['failed: pi-1 refused.']);
});

it('ends where the host goes away in the middle', async () => {
  const { checks, told } = setUp(async function* () {
    yield checked([]);
    throw new Error('The line broke.');
  });
  await checks.run(device, options);
  expect(told).toEqual(['Checked pi-1: nothing fails.', 'failed: The line broke.']);
  expect(checks.store.getState().running.size).toBe(0);
});

it('accepts by name, and nothing that the inventory does not hold', async () => {
  const { checks, asked } = setUp(() => one());
  const draft = { reason: 'It only runs DNS.', until: null };
  expect(await checks.accept(specimenCheck('swap', 'warn'), draft)).toBeNull();
  const loose = specimenCheck('swap', 'warn', { subject: { id: null, name: 'pi-9' } });
  expect(await checks.accept(loose, draft)).toMatchObject({ code: 'NOT_FOUND' });
  expect(asked).toEqual([{ check: 'onboarding.swap', part: '', subjectId: device.id, ...draft }]);
});
