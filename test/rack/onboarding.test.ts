import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runProgram } from './command.ts';
import { describeRack } from './index.ts';
import { ssh } from './ssh-client.ts';

describeRack('machines as they are brought in', 'onboarding', (rack) => {
  const say = async (node: string, command: string) => {
    const { stdout, stderr } = await rack().node(node).exec(command);
    return stdout.trim() || stderr.trim();
  };

  it('has every machine up, by whichever network manager is its own', async () => {
    for (const node of rack().nodes) {
      expect((await ssh(rack(), node.name, 'echo ok')).stdout).toBe('ok\n');
      const gateway = await say(node.name, 'ip -4 route show default');
      if (node.name !== 'router') expect(gateway).toContain('.10.1 ');
    }
    expect(await say('alpine', 'ping -c 1 -w 1 router >/dev/null && echo answered')).toBe(
      'answered',
    );
  });

  it('has a Pi whose memory cgroup comes with the flags and a restart, and not before', async () => {
    const memory = 'cat /sys/fs/cgroup/cgroup.controllers; grep ^memory /proc/cgroups';
    const file = '/boot/firmware/cmdline.txt';
    const wanted = 'cgroup_memory=1 cgroup_enable=memory';
    expect(await say('pi', memory)).toMatch(/^cpuset cpu io pids\nmemory\s.*\s0$/);
    await say('pi', `sed -i.old '1s/$/ ${wanted}/' ${file}`);
    expect(await say('pi', memory)).toMatch(/^cpuset cpu io pids\n/);
    await rack().node('pi').reboot();
    expect(await say('pi', memory)).toMatch(/^cpuset cpu io memory pids\nmemory\s.*\s1$/);
    expect(await say('pi', 'cat /proc/cmdline')).toContain(`rootwait ${wanted}`);
    await say('pi', `cat ${file}.old >${file}; rm ${file}.old; echo '${wanted}' >>${file}`);
    await rack().node('pi').reboot();
    // On a line of their own the flags do nothing.
    expect(await say('pi', memory)).toMatch(/^cpuset cpu io pids\n/);
    await say('pi', `sed -i 2d ${file}`);
  });

  it('has a Pi that swaps until its service is switched off', async () => {
    const swap = "tail -n +2 /proc/swaps | cut -d' ' -f1; grep SwapTotal /proc/meminfo";
    const here = readFileSync('/proc/swaps', 'utf8');
    expect(await say('pi', swap)).toMatch(/^\/var\/swap\nSwapTotal:\s+524284 kB$/);
    await say('pi', 'dphys-swapfile swapoff');
    expect(await say('pi', swap)).toMatch(/^SwapTotal:\s+0 kB$/);
    await say('pi', 'systemctl enable --now dphys-swapfile');
    expect(await say('pi', 'swapon --show --noheadings')).toContain('/var/swap file 511M');
    expect(await say('debian', 'swapoff -a && wc -l </proc/swaps')).toBe('1');
    await say('debian', 'swapon -a');
    expect(await say('debian', swap)).toMatch(/^\/swap.img\n/);
    expect(readFileSync('/proc/swaps', 'utf8')).toBe(here);
  });

  it('has a Pi that looks as delivered', async () => {
    expect(await say('pi', 'hostname; hostnamectl hostname')).toBe('raspberrypi\nraspberrypi');
    expect(await say('pi', "tr -d '\\0' </sys/firmware/devicetree/base/model")).toContain('Pi 4');
    expect(await say('pi', 'vcgencmd get_throttled')).toBe('throttled=0x0');
    await using _weak = await rack().node('pi').fault('under-voltage');
    expect(await say('pi', 'vcgencmd get_throttled')).toBe('throttled=0x50005');
  });

  it('has an old Pi whose command line lies where Debian 11 had it', async () => {
    const memory = 'cat /sys/fs/cgroup/cgroup.controllers; ls /boot';
    expect(await say('old-pi', memory)).toBe('cpuset cpu io pids\ncmdline.txt\nconfig.txt');
  });

  it('has an Alpine-like machine that restarts by busybox, as sshd says goodbye', async () => {
    const before = await rack().node('alpine').bootId();
    await ssh(rack(), 'alpine', 'reboot');
    await rack().node('alpine').waitForBoot(before);
    expect((await ssh(rack(), 'alpine', 'hostname')).stdout).toBe('alpine\n');
  });

  it('has twins that share machine-id, host keys and name, and no hardware', async () => {
    const both = (command: string) => Promise.all(['twin-1', 'twin-2'].map((n) => say(n, command)));
    for (const same of ['cat /etc/machine-id', 'cat /etc/ssh/*.pub', 'hostname']) {
      const [one, two] = await both(same);
      expect(one).toBe(two);
    }
    for (const own of [
      'cat /sys/class/net/enp1s0/address',
      'cat /sys/class/dmi/id/product_uuid',
      'ip -4 -o addr show scope global',
    ]) {
      const [one, two] = await both(own);
      expect(one).not.toBe(two);
    }
  });

  it('lets kernel settings be made that no other node and not this computer sees', async () => {
    const here = () => readFileSync('/proc/sys/vm/swappiness', 'utf8');
    const before = here();
    await say('clean', 'sysctl -q -w vm.swappiness=7 kernel.panic=10 net.ipv4.ip_forward=1');
    expect(await say('clean', 'sysctl -n vm.swappiness kernel.panic')).toBe('7\n10');
    expect(here()).toBe(before);
    expect(await say('debian', 'cat /proc/sys/vm/swappiness')).toBe(before.trim());
    await say('clean', 'modprobe br_netfilter; echo vxlan >/etc/modules-load.d/k.conf');
    expect(await say('clean', 'lsmod')).toContain('br_netfilter');
    expect(await say('clean', 'modprobe nonesuch')).toContain('FATAL: Module nonesuch not found');
    await say('clean', 'echo "vm.swappiness = 9" >/etc/sysctl.d/90-k.conf');
    await rack().node('clean').reboot();
    expect(await say('clean', 'sysctl -n vm.swappiness net.ipv4.ip_forward')).toBe('9\n0');
    expect(await say('clean', 'lsmod | cut -d" " -f1')).toBe('Module\nvxlan');
    await say('clean', 'rm /etc/sysctl.d/90-k.conf /etc/modules-load.d/k.conf');
  });

  it('names the machine and keeps its time by the tools of systemd', async () => {
    await say('clean', 'hostnamectl set-hostname other');
    expect(await say('clean', 'hostname; cat /etc/hostname')).toBe('other\nother');
    await say('clean', 'hostnamectl set-hostname clean');
    expect((await runProgram('hostname', [])).stdout).not.toBe('clean\n');
    const synchronized = 'timedatectl show -p NTPSynchronized --value';
    expect(await say('clean', synchronized)).toBe('yes');
    await say('clean', 'timedatectl set-ntp false');
    expect(await say('clean', synchronized)).toBe('no');
    await say('clean', 'timedatectl set-ntp true');
  });

  it('tells by systemctl who runs, and restarts sshd by it', async () => {
    const units = 'systemctl is-active ssh NetworkManager systemd-networkd networking';
    expect(await say('pi', units)).toBe('active\nactive\ninactive\ninactive');
    expect(await say('clean', units)).toBe('active\ninactive\nactive\ninactive');
    expect(await say('debian', units)).toBe('active\ninactive\ninactive\nactive');
    await say('debian', 'echo "MaxAuthTries 3" >>/etc/ssh/sshd_config; systemctl reload ssh');
    expect((await ssh(rack(), 'debian', 'echo ok')).stdout).toBe('ok\n');
    await say('debian', 'sed -i /MaxAuthTries/d /etc/ssh/sshd_config');
  });
});
