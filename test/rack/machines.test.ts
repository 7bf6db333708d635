import { existsSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { describeRack } from './index.ts';
import { ssh } from './ssh-client.ts';

describeRack('machines of the seed rack', 'seed', (rack) => {
  const run = async (node: string, command: string) => {
    const { stdout, stderr } = await ssh(rack(), node, command);
    return stdout.trim() || stderr.trim();
  };

  it('has eleven machines, all up', () => {
    const names = rack().nodes.map((node) => node.name);
    for (const name of ['pi-1', 'pi-2', 'pi-3', 'worker-1', 'worker-2', 'alpine', 'router'])
      expect(names).toContain(name);
    for (const name of ['nas', 'jump', 'gpu', 'db-1']) expect(names).toContain(name);
    expect(
      rack()
        .status()
        .every((node) => node.state === 'up'),
    ).toBe(true);
  });

  it('gives each machine its own name, machine-id and host keys', async () => {
    const values = await Promise.all(
      rack().nodes.map(async (node) => {
        const { stdout } = await node.exec(
          'hostname; cat /etc/machine-id; cat /etc/ssh/ssh_host_ed25519_key.pub | cut -d" " -f2',
        );
        expect(stdout.split('\n')[0]).toBe(node.name);
        return stdout.split('\n');
      }),
    );
    for (const index of [0, 1, 2]) {
      expect(new Set(values.map((lines) => lines[index])).size).toBe(rack().nodes.length);
    }
  });

  it.each([
    ['pi-1', 'Raspberry Pi 5 Model B Rev 1.0', 'Cortex-A76'],
    ['pi-2', 'Raspberry Pi 4 Model B Rev 1.4', 'Cortex-A72'],
  ])('%s looks like a %s', async (node, model, cpu) => {
    expect(await run(node, "tr -d '\\0' </sys/firmware/devicetree/base/model")).toBe(model);
    expect(await run(node, 'uname -m')).toBe('aarch64');
    expect(await run(node, 'uname -a')).not.toContain('x86_64');
    expect(await run(node, 'lscpu')).toContain(cpu);
    expect(await run(node, 'nproc')).toBe('4');
    expect(await run(node, 'grep -c ^processor /proc/cpuinfo')).toBe('4');
    expect(await run(node, 'grep Model /proc/cpuinfo')).toContain(model);
    expect(await run(node, 'ls /sys/class/dmi/id 2>&1')).toContain('No such file');
  });

  it('has Pis with and without the memory cgroup, in the file and in effect', async () => {
    expect(await run('pi-1', 'cat /boot/firmware/cmdline.txt')).toContain('cgroup_enable=memory');
    expect(await run('pi-1', 'cat /sys/fs/cgroup/cgroup.controllers')).toContain('memory');
    expect(await run('pi-3', 'cat /boot/firmware/cmdline.txt')).not.toContain('cgroup');
    expect(await run('pi-3', 'wc -l </boot/firmware/cmdline.txt')).toBe('1');
    expect(await run('pi-3', 'cat /sys/fs/cgroup/cgroup.controllers')).not.toContain('memory');
    expect(await run('pi-3', 'grep memory /proc/cgroups')).toMatch(/\s0$/);
    expect(await run('pi-3', 'stat -fc %T /sys/fs/cgroup')).toBe('cgroup2fs');
  });

  it('has PCs with a maker and a serial number of their own', async () => {
    const serials = await Promise.all(
      ['worker-1', 'worker-2', 'nas'].map((node) =>
        run(node, 'cat /sys/class/dmi/id/product_serial'),
      ),
    );
    expect(new Set(serials).size).toBe(3);
    expect(await run('worker-1', 'cat /sys/class/dmi/id/sys_vendor')).toBe('Beelink');
    expect(await run('worker-1', 'uname -m')).toBe('x86_64');
    expect(await run('worker-1', 'ls /sys/class/net')).toContain('enp1s0');
  });

  it('has an Alpine-like machine with ash and few tools', async () => {
    expect(await run('alpine', '. /etc/os-release; echo $ID')).toBe('alpine');
    expect(await run('alpine', 'readlink /bin/sh')).toBe('/usr/bin/busybox');
    expect(
      await run(
        'alpine',
        'for t in bash python3 perl jq lsblk lscpu ss; do command -v $t; done; echo none',
      ),
    ).toBe('none');
    expect(await run('alpine', 'echo $SHELL')).toBe('/bin/ash');
  });

  it('has a NAS with terabytes that can be written to', async () => {
    const size = await run('nas', 'df -k --output=size,fstype /srv/tank | tail -1');
    expect(Number(size.split(/\s+/)[0])).toBeGreaterThan(7 * 1024 ** 3);
    expect(size).toContain('ext4');
    expect(await run('nas', 'echo data >/srv/tank/backups/x && cat /srv/tank/backups/x')).toBe(
      'data',
    );
  });

  // What is tried here would do nothing to this computer even if a node were let.
  it('keeps this computer out of sight: processes, homes, secrets, clock and kernel', async () => {
    expect(await run('worker-1', 'ps -e | wc -l')).toMatch(/^\d{1,2}$/);
    expect(await run('worker-1', 'ls -A /home')).toBe('deploy\nnoisy');
    expect(await run('worker-1', 'ls -A /root')).toBe('.ssh');
    expect(await run('worker-1', 'ls -A /opt /media /mnt | grep -v :; echo none')).toBe('none');
    expect(await run('worker-1', `ls ${process.cwd()} 2>&1`)).toContain('No such file');
    expect(await run('worker-1', 'date -s "@$(date +%s)" 2>&1')).toContain('not permitted');
    const panic = '/proc/sys/kernel/panic';
    expect(await run('worker-1', `echo "$(cat ${panic})" >${panic}`)).toContain('Read-only');
    expect(await run('worker-1', 'mknod /root/disk b 254 0')).toContain('not permitted');
  });

  it('writes only to its own layer', async () => {
    const before = readFileSync('/etc/issue', 'utf8');
    await run('worker-1', 'echo changed >/etc/issue; touch /usr/new');
    expect(await run('worker-1', 'cat /etc/issue; ls /usr/new')).toBe('changed\n/usr/new');
    expect(await run('worker-2', 'cat /etc/issue')).toBe(before.trim());
    expect(await run('worker-2', 'ls /usr/new')).toContain('No such file');
    expect(readFileSync('/etc/issue', 'utf8')).toBe(before);
    expect(existsSync('/usr/new')).toBe(false);
  });

  it('reaps what its processes leave behind', async () => {
    const jump = rack().node('jump');
    const ended = 'sleep 0.5718';
    await jump.exec(`for n in 1 2 3 4 5; do (${ended} & exec true) & done >/dev/null 2>&1`);
    const left = async () => {
      const { stdout } = await jump.exec('ps -e -o stat= -o args=');
      return stdout.split('\n').filter((row) => row.startsWith('Z') || row.includes(ended));
    };
    expect(await left()).not.toEqual([]);
    await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 5000 });
  });
});
