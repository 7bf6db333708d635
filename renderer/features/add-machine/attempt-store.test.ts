import { expect, it, vi } from 'vitest';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { SshQuestion } from '../../../shared/model/ssh.ts';
import type { Client } from '../../rpc/client.ts';
import { createAttemptStore } from './attempt-store.ts';
import { createTargetDraft } from './target-draft.ts';
import { emptyForm } from './wizard-state.ts';

function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage; // the three that are called
}

/** A host that asks for a password, then fails. */
function setUp() {
  const answered = Promise.withResolvers<void>();
  const left = vi.fn();
  async function* events(signal: AbortSignal): AsyncGenerator<AttemptEvent> {
    signal.addEventListener('abort', left);
    const question: SshQuestion = {
      kind: 'password',
      user: 'root',
      host: 'pi-1',
      address: 'pi-1',
      port: 22,
      through: [],
      attempt: 1,
    };
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
  const storage = memoryStorage();
  const attempts = createAttemptStore(client, createTargetDraft(storage));
  attempts.open({ kind: 'new' });
  attempts.type({ ...emptyForm, host: 'pi-1' });
  const state = () => attempts.store.getState();
  return { attempts, client, storage, connect, answer, left, state };
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

it('connects once, however often it is asked to', async () => {
  const { attempts, connect, state } = setUp();
  void attempts.connect();
  void attempts.connect();
  await vi.waitFor(() => expect(state().step).toBe('question'));
  expect(connect).toHaveBeenCalledTimes(1);
  attempts.close();
});

it('tells that the host went when the stream is cut, instead of waiting for ever', async () => {
  const { attempts, connect, state } = setUp();
  connect.mockRejectedValueOnce(new DOMException('The peer was closed.', 'AbortError'));
  await attempts.connect();
  expect(state()).toMatchObject({ step: 'form', failure: { code: 'LINK_DOWN' } });
});

it('brings back after a reload what was typed, and never a secret', async () => {
  const { attempts, client, storage, state } = setUp();
  attempts.type({ ...emptyForm, host: 'pi-1', user: 'admin', jump: 'gate' });
  void attempts.connect();
  await vi.waitFor(() => expect(state().step).toBe('question'));
  await attempts.answer({ kind: 'secret', secret: 'hunter2' });
  expect(storage.getItem('rackhelm-add-machine')).not.toContain('hunter2');

  const reloaded = createAttemptStore(client, createTargetDraft(storage));
  reloaded.open({ kind: 'device', id: 'd1', name: 'other' });
  expect(reloaded.store.getState().form).toEqual(emptyForm);
  reloaded.open({ kind: 'new' });
  expect(reloaded.store.getState()).toMatchObject({
    step: 'form',
    form: { host: 'pi-1', user: 'admin', jump: 'gate' },
  });
});

it('keeps no draft of an empty form, and reads none that is not one', () => {
  const storage = memoryStorage();
  const draft = createTargetDraft(storage);
  draft.write({ ...emptyForm, host: 'pi-1' });
  draft.write(emptyForm);
  expect(draft.read()).toBeNull();
  for (const text of ['{', '{"host":1}', 'null']) {
    storage.setItem('rackhelm-add-machine', text);
    expect(draft.read()).toBeNull();
  }
});
