import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { runProgram } from './command.ts';
import { computerLink } from './fabric.ts';
import { clearFault } from './faults/index.ts';
import { type ActiveFault, describeRack, type FaultKind, type FaultOptions } from './index.ts';
import { addressOf, computerHost } from './networks.ts';
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
  const refusal = async (port: number) =>
    (await runProgram('nc', ['-zv', '-w', '1', victim().address, String(port)])).stderr;
  const expectWell = async () => expect((await login()).stdout).toBe('ok\n');
  const ping = async (count: number) => {
    const args = ['-q', '-n', '-i', '0.005', '-W', '0.2', '-c', String(count), victim().address];
    const { stdout } = await runProgram('ping', args);
    return Number(/([\d.]+)% packet loss/.exec(stdout)?.[1]);
  };
  // A test that failed half way must not spoil the rack for the others.
  afterEach(async () => {
    for (const fault of active.splice(0).reverse()) await fault.clear();
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

  it('killed takes the machine away without a word, and its disk and routes survive', async () => {
    await victim().exec('echo kept >/root/kept');
    const routes = async () =>
      (await victim().exec('ip -4 route; ip -6 route | grep -v multicast')).stdout;
    const before = await routes();
    const fault = await set('killed');
    expect(victim().status.state).toBe('down');
    // No process is left to answer, and neither does the network in its place.
    expect((await login()).stderr).toMatch(/timed out|No route to host/);
    expect(await ping(5)).toBe(100);
    await fault.clear();
    expect(victim().status.state).toBe('up');
    expect((await login('cat /root/kept')).stdout).toBe('kept\n');
    expect(await routes()).toBe(before);
  });

  it('killed ends the faults that no machine has after a restart', async () => {
    await set('hostname-duplicated', { from: 'node-3' });
    await set('sshd-stopped');
    await set('frozen');
    const dead = await set('killed');
    expect(victim().status.faults).toHaveLength(4);
    await dead.clear();
    expect(victim().status.faults).toEqual(['hostname-duplicated']);
    expect((await login('hostname')).stdout).toBe('node-3\n');
  });

  const here = () => addressOf(rack().description().slot, 'management', computerHost).ipv4;

  /** Whether a datagram that the node sends to this computer arrives. */
  const isHeard = async () => {
    const socket = createSocket('udp4');
    socket.bind(0, here());
    await once(socket, 'listening');
    const heard = once(socket, 'message').then(() => true);
    const { port } = socket.address();
    try {
      const sent = await victim().exec(`bash -c 'echo hello >/dev/udp/${here()}/${port}'`);
      expect(sent.stderr).toBe('');
      return await Promise.race([heard, sleep(500, false)]);
    } finally {
      socket.close();
    }
  };

  it.each([
    ['both', { received: false, heard: false }],
    ['in', { received: false, heard: true }],
    ['out', { received: true, heard: false }],
  ] as const)('network-cut: %s', async (direction, expected) => {
    // The node knows this computer's MAC without an answer, so that `out` alone decides.
    const mac = readFileSync(`/sys/class/net/${computerLink(rack().state)}/address`, 'utf8').trim();
    const known = `${here()} dev eth0 lladdr ${mac}`;
    await victim().exec(`ip neigh replace ${known} nud permanent`);
    expect(await isHeard()).toBe(true);
    const fault = await set('network-cut', { direction });
    const count = async () =>
      Number((await victim().exec('cat /sys/class/net/eth0/statistics/rx_packets')).stdout);
    const before = await count();
    expect(await ping(2)).toBe(100);
    const received = (await count()) > before;
    expect({ received, heard: await isHeard() }).toEqual(expected);
    await fault.clear();
    await victim().exec(`ip neigh del ${known}`);
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

  it('bandwidth lets through no more than its rate, in each direction', async () => {
    const bytes = 300_000;
    const download = () => timed(() => login(`head -c ${bytes} /dev/zero`));
    const stdin = 'x'.repeat(bytes);
    const upload = () => timed(() => ssh(rack(), 'node-2', 'wc -c', { stdin, connectTimeout: 1 }));
    const fault = await set('bandwidth', { kbit: 1600 });
    const slow = { down: await download(), up: await upload() };
    expect(slow.down.result.stdout.length).toBe(bytes);
    expect(slow.up.result.stdout.trim()).toBe(String(bytes));
    // 300 kB at 1.6 Mbit/s take 1.5 s; less than a tenth of them go as the first burst.
    expect(slow.down.ms).toBeGreaterThan(1300);
    expect(slow.up.ms).toBeGreaterThan(1300);
    await fault.clear();
    expect((await download()).ms).toBeLessThan(slow.down.ms / 2);
    expect((await upload()).ms).toBeLessThan(slow.up.ms / 2);
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
    expect(after.ms).toBeLessThan(during.ms / 2);
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
    expect(await refusal(23)).toContain('refused');
    await fault.clear();
    await expectWell();
  });

  it('port-blocked at the router is refused where there is none before the node', async () => {
    await expect(set('port-blocked', { at: 'router' })).rejects.toThrow('no router before node-2');
    expect(victim().status.faults).toEqual([]);
  });

  it('a fault that breaks off half way is taken back', async () => {
    // The proxy for port 22 listens before the rules name port 70000, which there is not.
    await expect(set('latency', { ports: [22, 70_000] })).rejects.toThrow('nft');
    expect(victim().status.faults).toEqual([]);
    expect((await victim().exec("ss -Hltn 'sport = :47000'")).stdout).toBe('');
    await expectWell();
  });

  it('a fault whose command was killed half way is mended by --off', async () => {
    const target = { state: rack().state, description: rack().description(), spec: victim().spec };
    // As it stands when nothing was done yet but the record written.
    const record = 'nodes/node-2/faults/network-cut.json';
    rack().state.writeJson(record, { networks: 'management', direction: 'both' });
    await clearFault(target, 'network-cut');
    expect(victim().status.faults).toEqual([]);
    await expectWell();
  });

  it('host-key-replaced keeps a stopped sshd stopped', async () => {
    const stopped = await set('sshd-stopped');
    const replaced = await set('host-key-replaced');
    expect((await login()).stderr).toContain('Connection refused');
    await stopped.clear();
    expect((await login()).stderr).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED');
    await replaced.clear();
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
