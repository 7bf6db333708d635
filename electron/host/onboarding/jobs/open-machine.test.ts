import { expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { newId } from '../../db/index.ts';
import type { OpenContext } from '../../engine/jobs/index.ts';
import { FakeMachine } from '../../engine/machines/fake-machine.ts';
import type { Machines } from '../../engine/machines/index.ts';
import { openMachine } from './open-machine.ts';
import { Reached } from './reached.ts';

const machine = { name: 'nas', target: { host: 'nas-alias' }, hosts: ['10.0.0.143'] };

/** Machines of which one stands at this address only, wherever its name leads. */
function standingAt(address: string, asked: [SshTarget, string | undefined][]): Machines {
  return {
    async open(target: SshTarget, { at }: Parameters<Machines['open']>[1]) {
      asked.push([target, at]);
      if (at !== address) throw new RackhelmError('SSH_TIMEOUT', 'Nobody answers.');
      const resolved = { host: at, port: 2222, user: 'ops', identityFiles: ['/k'], jump: [] };
      const held = new FakeMachine({ name: 'nas' });
      // A fake has all of a machine but how it was reached.
      return Object.assign(held, {
        reached: { resolved: { ...resolved, asked: target }, hostKey: null },
      }) as unknown as Awaited<ReturnType<Machines['open']>>;
    },
    look: () => Promise.reject(new Error('nothing is looked at')),
  };
}

const context: OpenContext = {
  jobId: newId(),
  lookOnly: false,
  attended: false,
  signal: new AbortController().signal,
  ask: () => Promise.reject(new Error('nothing is asked')),
  log: () => {},
};

it('signs in at the new address as the ssh configuration says of the old one', async () => {
  const asked: [SshTarget, string | undefined][] = [];
  const reached = new Reached();
  const found = await openMachine(
    { machines: standingAt('10.0.0.143', asked), reached },
    machine,
    context,
  );
  expect(asked).toEqual([
    [machine.target, undefined],
    [machine.target, '10.0.0.143'],
  ]);
  expect(reached.targetOf(found)).toEqual({ host: '10.0.0.143', port: 2222, user: 'ops' });
});
