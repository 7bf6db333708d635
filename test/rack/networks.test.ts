import { describe, expect, it } from 'vitest';
import { runProgram } from './command.ts';
import { describeRack } from './index.ts';
import { dnsDomain, type NetworkName, networkNames } from './networks.ts';
import { ssh } from './ssh-client.ts';

const families = ['ipv4', 'ipv6'] as const;

describeRack('networks of the seed rack', 'seed', (rack) => {
  const addressesOf = (node: string, network: NetworkName) => {
    const found = rack().node(node).addresses[network];
    if (!found) throw new Error(`${node} is not on ${network}`);
    return found;
  };
  /** `open`, `refused` or `silent`: only silence means that no packet came back. */
  const connect = async (from: string, address: string, port: number) => {
    const { stderr, exitCode } = await rack().node(from).exec(`nc -zv -w 1 ${address} ${port}`);
    if (exitCode === 0) return 'open';
    if (stderr.includes('refused')) return 'refused';
    // Anything else, such as a missing program or route, proves nothing.
    if (!stderr.includes('timed out')) throw new Error(`${from} to ${address}: ${stderr}`);
    return 'silent';
  };

  describe.each(families)('isolation over %s', (family) => {
    it('lets the jump host reach internal', async () => {
      const target = addressesOf('db-1', 'internal')[family];
      expect(await connect('jump', target, 22)).toBe('open');
      expect(await connect('jump', target, 5432)).toBe('open');
    });

    it('keeps everybody else out of internal', async () => {
      const target = addressesOf('db-1', 'internal')[family];
      const tries = ['worker-1', 'worker-2', 'pi-1', 'gpu', 'nas'].flatMap((from) =>
        [22, 5432].map(async (port) => [from, port, await connect(from, target, port)]),
      );
      const open = (await Promise.all(tries)).filter(([, , answer]) => answer !== 'silent');
      expect(open).toEqual([]);
    });

    it('sends what comes from ingress through the ingress leg, and drops it', async () => {
      const target = addressesOf('db-1', 'internal')[family];
      const route = await rack().node('worker-1').exec(`ip route get ${target}`);
      expect(route.stdout).toContain(addressesOf('router', 'ingress')[family]);
    });

    it('keeps internal from every other network', async () => {
      const [pi, web] = [addressesOf('pi-1', 'management'), addressesOf('worker-1', 'ingress')];
      const answers = [connect('db-1', pi[family], 22), connect('db-1', web[family], 80)];
      expect(await Promise.all(answers)).toEqual(['silent', 'silent']);
    });

    it('lets management use the web on ingress, but not every port', async () => {
      const web = addressesOf('worker-1', 'ingress')[family];
      expect(await connect('jump', web, 80)).toBe('open');
      expect(await connect('jump', web, 9999)).toBe('silent');
    });
  });

  it('is reached from this computer: management directly, internal through the jump host', async () => {
    const reach = async (address: string) =>
      (await runProgram('nc', ['-z', '-w', '1', address, '22'])).exitCode;
    expect(await reach(addressesOf('pi-1', 'management').ipv4)).toBe(0);
    expect(await reach(addressesOf('db-1', 'internal').ipv4)).toBe(1);
    const jumped = await ssh(rack(), 'db-1', 'hostname', { user: 'root' });
    expect(jumped.stdout).toBe('db-1\n');
  });

  it('carries packets of 9000 bytes on storage only', async () => {
    const { stdout } = await rack()
      .node('worker-1')
      .exec('cat /sys/class/net/enp2s0/mtu /sys/class/net/enp1s0/mtu');
    expect(stdout).toBe('9000\n1500\n');
    const big = (address: string) =>
      rack().node('worker-1').exec(`ping -c 1 -W 1 -M do -s 8972 ${address}`);
    expect((await big(addressesOf('gpu', 'storage').ipv4)).exitCode).toBe(0);
    expect((await big(addressesOf('gpu', 'management').ipv4)).exitCode).not.toBe(0);
  });

  it('gave the alpine node its address by DHCP', async () => {
    const { ipv4 } = addressesOf('alpine', 'management');
    const leases = await rack().node('router').exec('cat /var/lib/misc/dnsmasq.leases');
    expect(leases.stdout).toContain(` ${ipv4} alpine `);
    const own = await rack().node('alpine').exec('ip -4 addr show eth0');
    expect(own.stdout).toContain(`${ipv4}/24`);
  });

  it('leases an address of the range to a stranger', async () => {
    const { stdout, stderr } = await rack()
      .node('jump')
      .exec('busybox udhcpc -i enp1s0 -n -q -t 3 -T 1 -C -s /bin/true -x 0x3d:00112233445566 2>&1');
    expect(`${stdout}${stderr}`).toMatch(/lease of 10\.\d+\.10\.(20\d|21\d|22\d|23\d) obtained/);
  });

  it('answers names of nodes and refuses to guess others', async () => {
    const { ipv4, ipv6 } = addressesOf('nas', 'management');
    const good = await rack().node('alpine').exec(`nslookup nas.${dnsDomain}`);
    expect(good.stdout).toContain(ipv4);
    expect(good.stdout).toContain(ipv6);
    const bad = await rack().node('alpine').exec(`nslookup nobody.${dnsDomain}`);
    expect(`${bad.stdout}${bad.stderr}`).toContain('NXDOMAIN');
    const fromPi = await rack().node('pi-1').exec('getent ahostsv4 gpu');
    expect(fromPi.stdout).toContain(addressesOf('gpu', 'management').ipv4);
  });

  it('has an IPv4 and an IPv6 address on each leg', async () => {
    for (const node of rack().nodes) {
      const { stdout } = await node.exec('ip addr');
      for (const network of networkNames) {
        const own = node.addresses[network];
        if (own) expect(stdout).toContain(`${own.ipv4}/24`);
        if (own) expect(stdout).toContain(`${own.ipv6}/64`);
      }
    }
  });

  it('blocks a port at the router for those beyond it', async () => {
    const target = addressesOf('db-1', 'internal');
    const fault = await rack().node('db-1').fault('port-blocked', { port: 5432, at: 'router' });
    expect(await connect('jump', target.ipv4, 5432)).toBe('silent');
    expect(await connect('jump', target.ipv6, 5432)).toBe('silent');
    expect(await connect('jump', target.ipv4, 22)).toBe('open');
    await fault.clear();
    expect(await connect('jump', target.ipv4, 5432)).toBe('open');
  });

  it('cuts one network of a node and leaves the others', async () => {
    await using _cut = await rack().node('worker-2').fault('network-cut', { network: 'storage' });
    const { management, storage } = rack().node('worker-2').addresses;
    expect(await connect('pi-1', storage?.ipv4 ?? '', 22)).toBe('silent');
    expect(await connect('pi-1', management?.ipv4 ?? '', 22)).toBe('open');
  });
});
