import { describe, expect, it } from 'vitest';
import { FakeMachine } from './fake-machine.ts';
import { machineContract } from './machine.contract.ts';

const signal = new AbortController().signal;

machineContract('the fake', async () => {
  const machine = new FakeMachine();
  return {
    machine,
    dir: '/tmp/test',
    put: async (path, content, mode) => machine.files.put(path, { content, mode }),
    link: async (path, link) => machine.files.put(path, { link }),
    makeDirectory: async (path) => machine.files.put(path, { directory: true }),
    answer: (script, answer) => machine.answer(script, answer),
  };
});

describe('FakeMachine', () => {
  it('answers scripts by name or by what stands in them, the newest answer first', async () => {
    const machine = new FakeMachine()
      .answer(/^swapon/, { stdout: 'a swap\n', exitCode: 1 })
      .answer('look at swap', ({ root }) => (root ? 'as root' : 'as somebody'));
    expect((await machine.run('swapon --show', { signal })).exitCode).toBe(1);
    const named = { signal, named: 'look at swap', root: true };
    expect((await machine.run('swapon --show', named)).stdout.toString()).toBe('as root');
    machine.answer('look at swap', 'otherwise');
    expect((await machine.run('swapon --show', named)).stdout.toString()).toBe('otherwise');
    expect(machine.deeds).toEqual(['run swapon --show', 'run look at swap', 'run look at swap']);
  });

  it('fails a test whose script nobody answers', async () => {
    const run = new FakeMachine().run('reboot', { signal });
    await expect(run).rejects.toThrow('No answer for this script was given:\nreboot');
  });

  it('fails at will, before or after what was asked is done', async () => {
    const machine = new FakeMachine({ files: { '/etc/hostname': 'pi' } });
    const seen = await machine.readFile('/etc/hostname', { signal });
    const write = (content: string) =>
      machine.writeFile({ path: '/etc/hostname', content }, { signal, expect: seen });
    machine.fail('writeFile', undefined, { times: 1 });
    await expect(write('one')).rejects.toMatchObject({ code: 'SSH_CONNECTION_LOST' });
    expect(machine.files.text('/etc/hostname')).toBe('pi');
    machine.fail('writeFile', undefined, { when: 'after' });
    await expect(write('two')).rejects.toMatchObject({ code: 'SSH_CONNECTION_LOST' });
    expect(machine.files.text('/etc/hostname')).toBe('two');
    await machine.mend().readFile('/etc/hostname', { signal });
  });

  it('comes back from a restart with another boot id, and as the test says', async () => {
    const machine = new FakeMachine().onReboot(() => machine.files.put('/proc/cmdline', 'new'));
    const before = await machine.bootId(signal);
    await machine.reboot({ signal });
    expect(await machine.bootId(signal)).not.toBe(before);
    expect(machine.files.text('/proc/cmdline')).toBe('new');
  });
});
