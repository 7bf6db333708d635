import { expect, test } from 'vitest';
import type { LookEvent } from '../../../../shared/contract/onboarding.ts';
import { beginLook, endLook, withLookEvent } from './look.ts';

const events = (...list: readonly LookEvent[]) =>
  list.reduce(withLookEvent, beginLook('plan', 'attempt'));

test('a machine that failed is told beside what was planned, and the look ends without a question', () => {
  const look = events(
    { type: 'progress', done: 1, total: 2 },
    {
      type: 'question',
      questionId: 'one',
      question: { kind: 'sudo-password', user: 'ops', host: 'pi-1', attempt: 1 },
    },
    { type: 'failed', machineId: 'b', code: 'SSH_REFUSED', message: 'No.', hint: 'Look.' },
    { type: 'planned', plan: { version: 1, lanes: [] }, hash: 'h', problems: [] },
  );
  expect(look.running).toBe(true);
  expect(look.question?.id).toBe('one');
  expect(look.progress).toEqual({ done: 1, total: 2 });
  const ended = withLookEvent(look, { type: 'ended' });
  expect(ended).toMatchObject({ running: false, question: null, planned: { hash: 'h' } });
  expect(ended.failures).toEqual([
    { machineId: 'b', failure: { code: 'SSH_REFUSED', message: 'No.', hint: 'Look.', data: {} } },
  ]);
});

test('a look that broke off says so of the whole', () => {
  const failure = { code: 'LINK_DOWN', message: 'Gone.', hint: 'Wait.', data: {} } as const;
  expect(endLook(events(), failure).failures).toEqual([{ machineId: null, failure }]);
});
