import { afterEach, expect, it } from 'vitest';
import { runProgram } from './command.ts';
import { type ActiveFault, describeRack, type FaultKind, type FaultOptions } from './index.ts';
import { ssh } from './ssh-client.ts';

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const startedAt = performance.now();
  return { result: await work(), ms: performance.now() - startedAt };
}

describeRack('faults', 'small', (rack) => {
  const active: ActiveFault[] = [];
  const victim = () => rack().node('node-2');
  const set = async (kind: FaultKind, options?: FaultOptions) => {
    const fault = await victim().fault(kind, options);
    active.push(fault);
    return fault;
  };
  const login = (command = 'echo ok') => ssh(rack(), 'node-2', command, { connectTimeout: 1 });
  const expectWell = async () => expect((await login()).stdout).toBe('ok\n');
  const ping = async (count: number) => {
    const args = ['-q', '-n', '-i', '0.005', '-W', '0.2', '-c', String(count), victim().address];
    const { stdout } = await runProgram('ping', args);
    return Number(/([\d.]+)% packet loss/.exec(stdout)?.[1]);
  };
  // A test that failed half way must not spoil the rack for the others.
  afterEach(async () => {
    for (const fault of active.splice(0)) await fault.clear();
  });

  it('sshd-stopped refuses connections while the node runs', async () => {
    const fault = await set('sshd-stopped');
    expect((await login()).stderr).toContain('Connection refused');
    expect(victim().status).toMatchObject({ state: 'up', faults: ['sshd-stopped'] });
    await fault.clear();
    await expectWell();
    expect(victim().status.faults).toEqual([]);
  });

  it('frozen lets connections hang', async () => {
    const fault = await set('frozen');
    expect((await login()).stderr).toContain('timed out');
    expect(await ping(5)).toBe(0);
    await fault.clear();
    await expectWell();
  });

  it('killed takes the machine away and its disk survives', async () => {
    await victim().exec('echo kept >/root/kept');
    const fault = await set('killed');
    expect(victim().status.state).toBe('down');
    expect((await login()).exitCode).toBe(255);
    await fault.clear();
    expect(victim().status.state).toBe('up');
    expect((await login('cat /root/kept')).stdout).toBe('kept\n');
  });

  it.each(['both', 'in', 'out'] as const)('network-cut: %s', async (direction) => {
    const fault = await set('network-cut', { direction });
    const [program, args] = ['ping', ['-c', '2', '-i', '0.1', '-W', '0.3']] as const;
    expect((await runProgram(program, [...args, victim().address])).exitCode).not.toBe(0);
    // What the node sends and what reaches it, counted on its own interface.
    const counter = (name: string) => victim().exec(`cat /sys/class/net/eth0/statistics/${name}`);
    const before = Number((await counter('rx_packets')).stdout);
    await runProgram(program, [...args, victim().address]);
    const received = Number((await counter('rx_packets')).stdout) - before;
    if (direction === 'out') expect(received).toBeGreaterThan(0);
    else expect(received).toBe(0);
    await fault.clear();
    await expectWell();
  });

  it('loss drops about the share that was asked for', async () => {
    const fault = await set('loss', { share: 40, direction: 'in' });
    const lost = await ping(300);
    expect(lost).toBeGreaterThan(25);
    expect(lost).toBeLessThan(55);
    await fault.clear();
    expect(await ping(50)).toBe(0);
  });

  it('bandwidth lets through no more than its rate', async () => {
    const download = () => timed(() => login('head -c 400000 /dev/zero'));
    const fault = await set('bandwidth', { kbit: 1600 });
    const during = await download();
    expect(during.result.stdout.length).toBe(400_000);
    // 400 kB at 1.6 Mbit/s take 2 s; less than a tenth of them go as the first burst.
    expect(during.ms).toBeGreaterThan(1800);
    await fault.clear();
    expect((await download()).ms).toBeLessThan(during.ms);
  });

  it('latency is added to the answers', async () => {
    const banner = () =>
      timed(() => runProgram('ssh-keyscan', ['-t', 'ed25519', victim().address]));
    const fault = await set('latency', { ms: 500 });
    const during = await banner();
    expect(during.result.stdout).toContain('ssh-ed25519');
    // The greeting and the key exchange are answers that each wait half of it on each way.
    expect(during.ms).toBeGreaterThan(900);
    await fault.clear();
    const after = await banner();
    expect(after.ms).toBeLessThan(during.ms);
    expect(after.result.stdout).toBe(during.result.stdout);
  });

  it('disk-full leaves no byte: ENOSPC, and df shows it', async () => {
    const fault = await set('disk-full');
    const { stdout } = await login(
      'dd if=/dev/zero of=/root/more bs=4096 count=1 2>&1; df --output=pcent,avail / | tail -1',
    );
    expect(stdout).toContain('No space left on device');
    expect(stdout).toMatch(/100%\s+0$/m);
    await fault.clear();
    const after = await login('dd if=/dev/zero of=/root/more bs=4096 count=1 2>&1; rm /root/more');
    expect(after.stdout).toContain('4096 bytes');
  });

  it('read-only-root refuses writes', async () => {
    const fault = await set('read-only-root');
    expect((await login('touch /root/x')).stderr).toContain('Read-only file system');
    await fault.clear();
    expect((await login('touch /root/x')).exitCode).toBe(0);
  });

  it('wrong-clock shows in date and to programs', async () => {
    const offset = -7 * 86_400;
    const fault = await set('wrong-clock', { offset });
    const { stdout } = await login('date +%s');
    expect(Math.abs(Number(stdout) - (Date.now() / 1000 + offset))).toBeLessThan(5);
    const { stdout: perl } = await login('perl -e "print time"');
    expect(Math.abs(Number(perl) - (Date.now() / 1000 + offset))).toBeLessThan(5);
    await fault.clear();
    expect(Math.abs(Number((await login('date +%s')).stdout) - Date.now() / 1000)).toBeLessThan(5);
  });

  it('host-key-replaced is seen by ssh-keyscan and stops ssh', async () => {
    const scan = async () =>
      (await runProgram('ssh-keyscan', ['-t', 'ed25519', victim().address])).stdout;
    const before = await scan();
    const fault = await set('host-key-replaced');
    const during = await scan();
    expect(during).toContain('ssh-ed25519');
    expect(during).not.toBe(before);
    expect((await login()).stderr).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED');
    await fault.clear();
    expect(await scan()).toBe(before);
    await expectWell();
  });

  it('machine-id-cloned copies another node', async () => {
    const id = async (node: string) =>
      (await rack().node(node).exec('cat /etc/machine-id')).stdout.trim();
    const own = await id('node-2');
    expect(own).toMatch(/^[0-9a-f]{32}$/);
    expect(own).not.toBe(await id('node-3'));
    const fault = await set('machine-id-cloned', { from: 'node-3' });
    expect(await id('node-2')).toBe(await id('node-3'));
    await fault.clear();
    expect(await id('node-2')).toBe(own);
  });

  it('hostname-duplicated copies another node', async () => {
    const fault = await set('hostname-duplicated', { from: 'node-3' });
    expect((await login('hostname; cat /etc/hostname')).stdout).toBe('node-3\nnode-3\n');
    await fault.clear();
    expect((await login('hostname')).stdout).toBe('node-2\n');
  });

  it('port-blocked drops one port and no other', async () => {
    const fault = await set('port-blocked', { port: 22 });
    expect((await login()).stderr).toContain('timed out');
    expect(await ping(5)).toBe(0);
    await fault.clear();
    await expectWell();
  });

  it('goes together with others, in any order', async () => {
    const stopped = await set('sshd-stopped');
    const renamed = await set('hostname-duplicated', { from: 'node-4' });
    const dead = await set('killed');
    await dead.clear();
    expect((await login('hostname')).stdout).toBe('node-4\n');
    await stopped.clear();
    await renamed.clear();
    expect((await login('hostname')).stdout).toBe('node-2\n');
    expect(victim().status.faults).toEqual([]);
  });

  it('is not set twice, and clearing it twice is fine', async () => {
    const fault = await set('hostname-duplicated');
    await expect(victim().fault('hostname-duplicated')).rejects.toThrow('on at node-2 already');
    await fault.clear();
    await fault.clear();
    await expectWell();
  });
});
