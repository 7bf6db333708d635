import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runProgram } from './command.ts';
import { describeRack } from './index.ts';
import { ssh } from './ssh-client.ts';

describeRack('faults in the middle of work', 'small', (rack) => {
  const victim = () => rack().node('node-2');
  const login = (command: string) => ssh(rack(), 'node-2', command, { connectTimeout: 1 });
  const isAnswering = async () =>
    (await runProgram('ping', ['-c', '1', '-W', '0.2', victim().address])).exitCode === 0;

  it('sshd-killed ends every session and refuses new ones', async () => {
    const session = login('echo started; sleep 60');
    await victim().exec('until pgrep -f "^sleep 60" >/dev/null; do sleep 0.02; done');
    await using fault = await victim().fault('sshd-killed');
    expect(await session).toMatchObject({ stdout: 'started\n', exitCode: 255 });
    expect((await login('true')).stderr).toContain('Connection refused');
    await fault.clear();
    await victim().exec('pkill -f "^sleep 60"');
    expect((await login('echo ok')).stdout).toBe('ok\n');
  });

  it('command-hangs and command-fails take the place of a program, by whatever path', async () => {
    await using hanging = await victim().fault('command-hangs', { command: 'lsblk' });
    expect((await login('timeout 0.3 /usr/bin/lsblk; echo $?')).stdout).toBe('124\n');
    await hanging.clear();
    await using failing = await victim().fault('command-fails', { command: 'lsblk' });
    expect(await login('lsblk')).toMatchObject({ exitCode: 1, stdout: '' });
    await failing.clear();
    expect((await login('lsblk --version')).stdout).toContain('util-linux');
    await expect(victim().fault('command-hangs', { command: 'a b' })).rejects.toThrow('--command');
  });

  it('is over by itself when it was set for some seconds', async () => {
    const cut = victim().faultFor(0.6, 'network-cut');
    await sleep(200);
    expect(await isAnswering()).toBe(false);
    await cut;
    expect(await isAnswering()).toBe(true);
  });
});
