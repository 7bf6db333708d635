import { expect, test } from 'vitest';
import type { AttemptEvent } from '../../../../shared/contract/machines.ts';
import { answered, beginConnection, endConnection, withEvent } from './live-connection.ts';

const begun = beginConnection('attempt');
const step: AttemptEvent = { type: 'step', step: 'connect', text: 'Connecting.', at: 1 };
const asked: AttemptEvent = {
  type: 'question',
  questionId: 'question',
  question: {
    kind: 'passphrase',
    keyFile: '~/.ssh/id_ed25519',
    fingerprint: null,
    attempt: 1,
  },
};

test('it asks until it was answered, and then goes on with the steps it had', () => {
  const asking = [step, asked].reduce(withEvent, begun);
  expect(asking).toMatchObject({ state: 'asking', questionId: 'question' });
  expect(asking.steps.map(({ text }) => text)).toEqual(['Connecting.']);
  // An answer to another question leaves this one standing.
  expect(answered(asking, 'another')).toBe(asking);
  expect(answered(asking, 'question')).toEqual({ ...begun, steps: asking.steps });
});

test('what has ended hears nothing more', () => {
  const ended = endConnection(begun, null);
  expect(withEvent(ended, asked)).toBe(ended);
  const failed = withEvent(begun, {
    type: 'failed',
    code: 'SSH_REFUSED',
    message: 'It refused.',
    error: { hint: 'Look there.', data: {} },
  });
  expect(failed).toMatchObject({
    state: 'ended',
    failure: { code: 'SSH_REFUSED', hint: 'Look there.' },
  });
});
