import { expect, it, vi } from 'vitest';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { Client } from '../../rpc/client.ts';
import { createAttemptStore } from './attempt-store.ts';
import { emptyForm } from './wizard-state.ts';

/** A host that asks for a password, then fails. */
function setUp() {
  const answered = Promise.withResolvers<void>();
  const left = vi.fn();
  async function* events(signal: AbortSignal): AsyncGenerator<AttemptEvent> {
    signal.addEventListener('abort', left);
    const question = { kind: 'password', user: 'root', host: 'pi-1', attempt: 1 } as const;
    yield { type: 'question', questionId: 'q1', question };
    await answered.promise;
    const error = { hint: 'Check it.', data: {} };
    yield { type: 'failed', code: 'SSH_AUTH_FAILED', message: 'No.', error };
  }
  const answer = vi.fn(async (_input: unknown) => {
    answered.resolve();
    return { taken: true };
  });
  const connect = vi.fn(async (_input: unknown, options: { signal: AbortSignal }) =>
    events(options.signal),
  );
  const client = { machines: { connect, answer } } as unknown as Client; // what is called
  const attempts = createAttemptStore(client);
  attempts.open({ kind: 'new' });
  attempts.type({ ...emptyForm, host: 'pi-1' });
  return { attempts, connect, answer, left, state: () => attempts.store.getState() };
}

it('asks, sends the answer to the host and keeps no secret', async () => {
  const { attempts, answer, state } = setUp();
  const done = attempts.connect();
  await vi.waitFor(() => expect(state().step).toBe('question'));
  await attempts.answer({ kind: 'secret', secret: 'hunter2' });
  await done;
  expect(answer.mock.calls[0]?.[0]).toMatchObject({
    questionId: 'q1',
    answer: { kind: 'secret', secret: 'hunter2' },
  });
  expect(JSON.stringify(state())).not.toContain('hunter2');
  expect(state()).toMatchObject({ step: 'form', failure: { message: 'No.', hint: 'Check it.' } });
});

it('does not connect without a host', async () => {
  const { attempts, connect } = setUp();
  attempts.type(emptyForm);
  await attempts.connect();
  expect(connect).not.toHaveBeenCalled();
});

it('leaves the stream when the dialog closes', async () => {
  const { attempts, left, state } = setUp();
  void attempts.connect();
  await vi.waitFor(() => expect(state().step).toBe('question'));
  attempts.close();
  expect(left).toHaveBeenCalled();
});
