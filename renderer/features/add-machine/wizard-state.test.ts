import { describe, expect, it } from 'vitest';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import type { IdentityMatch } from '../../../shared/model/identity.ts';
import {
  choiceProblem,
  chooseDevice,
  emptyForm,
  fieldToMend,
  formProblems,
  keyDeclined,
  startWizard,
  targetOf,
  type WizardEvent,
  type WizardState,
  wizard,
} from './wizard-state.ts';

const form = { ...emptyForm, host: 'pi-1' };
const facts = { collectedAt: 1, durationMs: 2, sections: {} } as unknown as Facts; // only passed on
const run = (events: readonly WizardEvent[], from = startWizard({ kind: 'new' }, form)) =>
  events.reduce(wizard, from);
const attempt = (event: AttemptEvent, attemptId = 'a'): WizardEvent => ({
  type: 'attempt',
  attemptId,
  event,
});
const connect: WizardEvent = { type: 'connect', attemptId: 'a' };
const step = attempt({ type: 'step', step: 'connect', text: 'Connecting', at: 1 });
const question = attempt({
  type: 'question',
  questionId: 'q',
  question: {
    kind: 'password',
    user: 'root',
    host: 'pi-1',
    address: 'pi-1',
    port: 22,
    through: [],
    attempt: 1,
  },
});
const failed = attempt({
  type: 'failed',
  code: 'SSH_REFUSED',
  message: 'pi-1 refused the connection.',
  error: { hint: 'Check sshd.', data: {} },
});
const ready = (matches: IdentityMatch[] = []) =>
  attempt({ type: 'ready', facts, suggestion: { name: 'pi-1', kind: 'sbc' }, matches });
const match = (verdict: IdentityMatch['verdict']): IdentityMatch => ({
  deviceId: 'd1',
  deviceName: 'old-pi',
  reasons: [],
  verdict,
});

describe('the way to a machine', () => {
  it('goes from the form over steps and a question to the review', () => {
    const state = run([connect, step, question, { type: 'answered', questionId: 'q' }, ready()]);
    expect(state).toMatchObject({
      step: 'review',
      steps: [{ text: 'Connecting' }],
      choice: { name: 'pi-1', kind: 'sbc', deviceId: null, acceptFacts: true },
    });
  });

  it('takes a refused key for the choice that it is, and another failure for one', () => {
    const asked = run([connect, step, question]);
    const refused = run([{ type: 'answered', questionId: 'q', declined: true }, failed], asked);
    expect(refused).toMatchObject({ step: 'form', failure: keyDeclined });
    const other = run([{ type: 'answered', questionId: 'q' }, failed], asked);
    expect(other).toMatchObject({ failure: { code: 'SSH_REFUSED' } });
  });

  it('forgets the failure once the form is edited', () => {
    const state = run([connect, step, failed, { type: 'typed', form: { ...form, port: '0' } }]);
    expect(state).toMatchObject({ step: 'form', failure: null });
  });

  it('keeps the form and the steps when it fails, and says what and why', () => {
    expect(run([connect, step, failed])).toMatchObject({
      step: 'form',
      form,
      steps: [{ text: 'Connecting' }],
      failure: { message: 'pi-1 refused the connection.', hint: 'Check sshd.' },
    });
  });

  it('forgets the steps of the last attempt when it tries again', () => {
    const again = run([connect, step, failed, { type: 'connect', attemptId: 'b' }]);
    expect(again).toMatchObject({ step: 'connecting', attemptId: 'b', steps: [] });
  });

  it('takes no notice of an attempt that was left', () => {
    const state = run([connect, failed, { type: 'connect', attemptId: 'b' }]);
    expect(wizard(state, ready() as WizardEvent)).toBe(state);
  });

  it('does not take an answer for another question', () => {
    const state = run([connect, question]);
    expect(wizard(state, { type: 'answered', questionId: 'other' })).toBe(state);
  });

  it('offers to record on the device that it plainly is, and to change nothing declared there', () => {
    expect(run([connect, ready([match('same')])])).toMatchObject({
      choice: { deviceId: 'd1', acceptFacts: false },
    });
  });

  it('leaves it to the person where two devices are the same machine', () => {
    const twice = [match('same'), { ...match('same'), deviceId: 'd2' }];
    expect(run([connect, ready(twice)])).toMatchObject({ choice: { deviceId: undefined } });
  });

  it('takes a machine for new that only has something in common with others', () => {
    expect(run([connect, ready([match('another')])])).toMatchObject({
      choice: { deviceId: null, acceptFacts: true },
    });
  });

  it('asks where another machine answers for a device, and calls that by its name', () => {
    const goal = { kind: 'device', id: 'd9', name: 'nas' } as const;
    const mismatch = { message: 'It is not nas.', hint: 'Look.' };
    const review = run(
      [
        connect,
        attempt({
          type: 'ready',
          facts,
          suggestion: { name: 'pi-1', kind: 'sbc' },
          matches: [match('another')],
          mismatch,
        }),
        failed,
      ],
      startWizard(goal, form),
    );
    expect(review).toMatchObject({ step: 'review', mismatch, choice: { deviceId: undefined } });
    if (review.step !== 'review') throw new Error('just seen');
    const added = run(
      [
        { type: 'choose', choice: chooseDevice(review.choice, 'd9') },
        { type: 'added', attemptId: 'a', deviceId: 'd9' },
      ],
      review,
    );
    expect(added).toMatchObject({ step: 'added', name: 'nas', isNew: false });
  });

  it('goes back to declaring nothing when another device is chosen', () => {
    const choice = {
      deviceId: null,
      name: 'x',
      kind: 'sbc',
      rackId: null,
      acceptFacts: true,
    } as const;
    expect(chooseDevice(choice, 'd1')).toMatchObject({ deviceId: 'd1', acceptFacts: false });
    expect(chooseDevice(choice, null)).toMatchObject({ deviceId: null, acceptFacts: true });
  });

  it('takes neither a clone nor a likely machine for anything before the person says so', () => {
    for (const verdict of ['clone', 'probably-same'] as const) {
      const state = run([connect, ready([match(verdict)])]);
      if (state.step !== 'review') throw new Error('just seen');
      expect(state.choice.deviceId).toBeUndefined();
      expect(choiceProblem(state.choice)).toBe('Say which device this is.');
    }
  });

  it('stays in the review with what was chosen when adding fails', () => {
    const review = run([connect, ready()]) as Extract<WizardState, { step: 'review' }>; // just seen
    const failure = { code: 'DUPLICATE', message: 'There is one.', hint: 'Rename.', data: {} };
    const state = run(
      [
        { type: 'choose', choice: { ...review.choice, name: 'mine' } },
        { type: 'add' },
        { type: 'add-failed', attemptId: 'a', failure },
      ],
      review,
    );
    expect(state).toMatchObject({
      step: 'review',
      adding: false,
      failure,
      choice: { name: 'mine' },
    });
  });

  it('says when a stream breaks off, and not after it has ended well', () => {
    const failure = { code: 'LINK_DOWN', message: 'Gone.', hint: 'Wait.', data: {} };
    const broken: WizardEvent = { type: 'broken', attemptId: 'a', failure };
    expect(run([connect, broken])).toMatchObject({ step: 'form', failure });
    const done = run([connect, ready()]);
    expect(wizard(done, broken)).toBe(done);
  });

  it('does not take the end of an attempt that was left for that of this one', () => {
    const failure = { code: 'LINK_DOWN', message: 'Gone.', hint: 'Wait.', data: {} };
    const running = run([connect]);
    expect(wizard(running, { type: 'broken', attemptId: 'old', failure })).toBe(running);
    const review = run([connect, ready()]);
    expect(wizard(review, { type: 'added', attemptId: 'old', deviceId: 'd' })).toBe(review);
    expect(wizard(review, { type: 'add-failed', attemptId: 'old', failure })).toBe(review);
  });

  it('calls a device that is there by its own name, and wants none for it', () => {
    const review = run([connect, ready([match('another')])]);
    if (review.step !== 'review') throw new Error('just seen');
    const choice = { ...review.choice, deviceId: 'd1', name: '' };
    expect(choiceProblem(choice)).toBeNull();
    expect(choiceProblem({ ...choice, deviceId: null })).not.toBeNull();
    const chosen = wizard(review, { type: 'choose', choice });
    expect(wizard(chosen, { type: 'added', attemptId: 'a', deviceId: 'd1' })).toMatchObject({
      name: 'old-pi',
      isNew: false,
    });
    expect(wizard(review, { type: 'added', attemptId: 'a', deviceId: 'd2' })).toMatchObject({
      name: 'pi-1',
      isNew: true,
    });
  });

  it('asks for another host after one was added, and keeps the rest', () => {
    const typed = { ...form, user: 'admin' };
    const added = run(
      [connect, ready(), { type: 'added', attemptId: 'a', deviceId: 'd' }, { type: 'back' }],
      startWizard({ kind: 'new' }, typed),
    );
    expect(added).toMatchObject({ step: 'form', form: { host: '', user: 'admin' } });
  });

  it('never holds a secret', () => {
    const states = [connect, question, { type: 'answered', questionId: 'q' } as const];
    expect(JSON.stringify(run(states))).not.toMatch(/secret|responses/);
  });
});

describe('the form', () => {
  it('wants a host and a port that can be one', () => {
    expect(Object.keys(formProblems(emptyForm))).toEqual(['host']);
    expect(formProblems({ ...form, port: '70000' }).port).toBeDefined();
    expect(formProblems({ ...form, port: '22' })).toEqual({});
  });

  it('takes user and port where they are written with the host; their own fields win', () => {
    expect(targetOf({ ...form, host: ' root@10.0.0.5:2222 ' })).toEqual({
      host: '10.0.0.5',
      user: 'root',
      port: 2222,
    });
    expect(targetOf({ ...form, host: 'root@[fe80::1]:22', user: 'ops', port: '24' })).toEqual({
      host: 'fe80::1',
      user: 'ops',
      port: 24,
    });
    expect(formProblems({ ...form, host: 'root@10.0.0.5:70000' }).host).toContain('is no port');
  });

  it('leaves to the SSH configuration what is empty', () => {
    expect(targetOf(form)).toEqual({ host: 'pi-1' });
    expect(
      targetOf({ host: ' pi-1 ', port: '2222', user: 'me', identityFile: '', jump: 'a, b@c:1 ,' }),
    ).toEqual({ host: 'pi-1', port: 2222, user: 'me', jump: ['a', 'b@c:1'] });
  });
});

it('leads to the field that a failure is likeliest about', () => {
  const failure = (code: string) => ({ code, message: '', hint: '', data: {} });
  expect(fieldToMend(failure('SSH_REFUSED'))).toBe('port');
  expect(fieldToMend(failure('SSH_KEY_UNREADABLE'))).toBe('identityFile');
  expect(fieldToMend(failure('SSH_AUTH_FAILED'))).toBe('user');
  expect(fieldToMend(failure('SSH_JUMP_FAILED'))).toBe('jump');
  expect(fieldToMend(failure('SSH_TIMEOUT'))).toBe('host');
  expect(fieldToMend(null)).toBe('host');
});
