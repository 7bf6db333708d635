import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { PhaseContext } from '../../../engine/jobs/index.ts';
import { FakeMachine } from '../../../engine/machines/fake-machine.ts';
import { switchOver } from './switch-over.ts';
import { confirmScript, prepareScript, startScript, statusScript } from './switch-script.ts';

const clock = vi.hoisted(() => ({ now: 0 }));
vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    clock.now += ms;
  },
}));
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => clock.now);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What the switch on the machine says when it is looked at, one after the other; the last for good. */
function trial(states: readonly string[]) {
  const left = [...states];
  const machine = new FakeMachine({ name: 'pi-1' })
    .answer(/./, '')
    .answer(prepareScript, '')
    .answer(startScript, '')
    .answer(statusScript, () => (left.length > 1 ? left.shift() : left[0]) ?? '')
    .answer(confirmScript, '');
  const lines: string[] = [];
  const context: PhaseContext = {
    machine,
    signal: new AbortController().signal,
    jobId: 'job',
    lane: 'lane',
    log: (text) => lines.push(text),
    progress: () => {},
    ask: async () => ({ kind: 'cancel' }),
  };
  const moves: string[] = [];
  const answersAt = (check: (at: string) => RackhelmError | null) => {
    const move = machine.moveTo.bind(machine);
    machine.moveTo = async (options) => {
      moves.push(options.at);
      const error = check(options.at);
      if (error) throw error;
      await move(options);
    };
  };
  answersAt(() => null);
  const done = () =>
    switchOver(context, {
      path: '/etc/network/interfaces',
      state: null,
      text: 'new',
      mode: 0o644,
      activation: { check: [], activate: ['true'] },
      candidates: ['192.0.2.11'],
      seconds: 20,
    });
  return { machine, lines, moves, answersAt, done };
}

const refused = new RackhelmError('SSH_UNREACHABLE', 'There is no way to it.');
const confirmed = (machine: FakeMachine) =>
  machine.scripts.some(({ script }) => script === confirmScript);

describe('a change of the network on trial', () => {
  it('is confirmed by a login that came in after it was in effect, not before', async () => {
    const { done, moves, machine } = trial(['trying', 'up', 'gone']);
    await done();
    expect(moves).toEqual(['192.0.2.11', '192.0.2.11', '192.0.2.11']);
    expect(confirmed(machine)).toBe(true);
  });

  it('says that another machine answers, and never confirms through that', async () => {
    const { done, answersAt, machine, lines } = trial(['ended\nlog of the switch\n']);
    const other = new RackhelmError('SSH_HOST_KEY_CHANGED', 'Another key.');
    answersAt((at) => (at === '192.0.2.11' ? other : null));
    await expect(done()).rejects.toMatchObject({
      code: 'NETWORK_PUT_BACK',
      message: expect.stringContaining('another machine answers at 192.0.2.11'),
    });
    expect(confirmed(machine)).toBe(false);
    expect(machine.at).toBe('192.0.2.1');
    expect(lines).toContain('log of the switch');
  });

  it('is told at once where the machine went back by itself', async () => {
    const { done, machine } = trial(['ended\nRTNETLINK answers: File exists\n']);
    await expect(done()).rejects.toThrow('could not bring it into effect');
    expect(confirmed(machine)).toBe(false);
  });

  it('is MACHINE_NOT_BACK where nothing answers anywhere', async () => {
    const { done, answersAt } = trial(['trying']);
    answersAt(() => refused);
    await expect(done()).rejects.toMatchObject({ code: 'MACHINE_NOT_BACK' });
  });

  it('does not take a failure of our own for a network that does not work', async () => {
    const { done, answersAt } = trial(['trying']);
    const lost = new RackhelmError('LOCK_LOST', 'Another took it.');
    answersAt(() => lost);
    await expect(done()).rejects.toBe(lost);
  });
});
