import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { describeRack } from './index.ts';
import { initOf } from './node-process.ts';
import { ssh } from './ssh-client.ts';

describeRack('a node that restarts', 'small', (rack) => {
  const node = () => rack().node('node-1');
  const say = async (command: string) => (await node().exec(command)).stdout.trim();
  const bootId = () => node().bootId();
  /** By a command on the node itself, as a person or Rackhelm would. */
  const rebootBy = async (command: string, user: 'root' | 'deploy' = 'root') => {
    const before = await bootId();
    const result = await ssh(rack(), 'node-1', command, { user, connectTimeout: 1 });
    await node().waitForBoot(before);
    return result;
  };
  it.each([
    ['sudo -n systemctl reboot', 'deploy'],
    ['shutdown -r now', 'root'],
    ['busybox reboot -f', 'root'],
  ] as const)('%s takes it away and brings it back with a new boot id', async (command, user) => {
    const before = await bootId();
    await rebootBy(command, user);
    expect(await bootId()).toMatch(/^[0-9a-f-]{36}$/);
    expect(await bootId()).not.toBe(before);
    expect((await ssh(rack(), 'node-1', 'hostname')).stdout).toBe('node-1\n');
  });

  it('keeps its disk, and begins anew with time, temporary files, name and network', async () => {
    await node().exec(`echo renamed >/etc/hostname; echo kept >/root/kept; touch /tmp/gone /run/gone
      ip link add extra0 type dummy; ip addr add 192.0.2.1/24 dev eth0
      echo 1 >/proc/sys/net/ipv4/ip_forward`);
    const routes = 'ip -4 route; ip -6 route | grep -v multicast';
    const wanted = await say(`ip addr del 192.0.2.1/24 dev eth0; ${routes}`);
    await node().exec('ip addr add 192.0.2.1/24 dev eth0');
    await node().reboot();
    expect(await say('cat /root/kept; ls /tmp; ls -d /run/gone 2>/dev/null')).toBe('kept');
    expect(Number(await say('cut -d. -f1 /proc/uptime'))).toBeLessThan(10);
    expect(await say('hostname')).toBe('renamed');
    expect(await say('cat /proc/sys/net/ipv4/ip_forward')).toBe('0');
    expect(await say(routes)).toBe(wanted);
    expect(await say('ls /sys/class/net')).not.toContain('extra0');
    await node().exec('echo node-1 >/etc/hostname; hostname node-1; rm /root/kept');
  });

  it('ends what ran and cuts what was connected', async () => {
    const hanging = ssh(rack(), 'node-1', 'sleep 600 & wait');
    await node().exec('until pgrep -xf "sleep 600" >/dev/null; do sleep 0.02; done');
    await node().reboot();
    expect((await hanging).exitCode).toBe(255);
    expect(await say('pgrep -xf "sleep 600" || echo none')).toBe('none');
  });

  it('is asked to stop by nobody but root', async () => {
    const before = await bootId();
    const { exitCode, stderr } = await ssh(rack(), 'node-1', '/usr/sbin/reboot', {
      user: 'viewer',
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'reboot: Must be root.\n' });
    expect(await bootId()).toBe(before);
  });

  it('stays off when it was switched off, until somebody presses its button', async () => {
    const before = initOf(rack().state, 'node-1');
    await ssh(rack(), 'node-1', 'poweroff', { connectTimeout: 1 });
    while (initOf(rack().state, 'node-1')) await sleep(20);
    await sleep(1200);
    expect(node().status.state).toBe('down');
    await node().reboot();
    expect(initOf(rack().state, 'node-1')).not.toEqual(before);
  });

  it('reboot-never and reboot-slow keep it away until they are mended', async () => {
    for (const [kind, options] of [['reboot-never'], ['reboot-slow', { seconds: 60 }]] as const) {
      await using fault = await node().fault(kind, options ?? {});
      await ssh(rack(), 'node-1', 'reboot', { connectTimeout: 1 });
      await sleep(1500);
      expect(node().status).toMatchObject({ state: 'down', faults: [kind] });
      await fault.clear();
      expect((await ssh(rack(), 'node-1', 'hostname')).stdout).toBe('node-1\n');
    }
  });

  it('comes back with another address and other host keys where a fault wants it', async () => {
    await using moved = await node().fault('reboot-other-address');
    await using rekeyed = await node().fault('reboot-other-key');
    expect((await ssh(rack(), 'node-1', 'hostname')).stdout).toBe('node-1\n');
    await node().reboot();
    const other = { set: [`HostName=${node().otherAddress}`, 'HostKeyAlias=node-1'] };
    const refused = await ssh(rack(), 'node-1', 'true', other);
    expect(refused.stderr).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED');
    await rekeyed.clear();
    expect((await ssh(rack(), 'node-1', 'hostname', other)).stdout).toBe('node-1\n');
    await moved.clear();
    expect((await ssh(rack(), 'node-1', 'hostname')).stdout).toBe('node-1\n');
  });

  it('comes back without the faults that no machine has after a restart', async () => {
    await using stopped = await node().fault('sshd-stopped');
    await node().reboot();
    expect(node().status.faults).toEqual([]);
    await stopped.clear();
    expect((await ssh(rack(), 'node-1', 'hostname')).stdout).toBe('node-1\n');
  });
});
