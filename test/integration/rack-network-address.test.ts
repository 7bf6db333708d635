import { describe, expect, it } from 'vitest';
import type { PhaseContext } from '../../electron/host/engine/jobs/index.ts';
import type { HeldMachine } from '../../electron/host/engine/machines/index.ts';
import { createNetworkAddressPhase } from '../../electron/host/onboarding/phases/network/index.ts';
import { describeRack, type Node } from '../rack/index.ts';
import { workstation } from './rack/workstation.ts';
import { errorOf, never } from './sshd/index.ts';

const phase = createNetworkAddressPhase({ seconds: 12 });

function contextOf(machine: HeldMachine) {
  const lines: string[] = [];
  const context: PhaseContext = {
    machine,
    signal: never,
    jobId: '0190a000-0000-7000-8000-000000000000',
    lane: 'lane',
    log: (text) => lines.push(text),
    progress: () => {},
    ask: async () => ({ kind: 'cancel' }),
  };
  return { context, lines };
}

/** The same network, another last part. */
function neighbour(address: string): string {
  const parts = address.split('.');
  return [...parts.slice(0, 3), String(Number(parts[3]) + 100)].join('.');
}

describeRack('static addresses', 'onboarding', (rack) => {
  const addresses = async (node: Node, link: string) =>
    (await node.exec(`ip -o -4 addr show dev ${link} | grep -o 'inet [^ ]*'`)).stdout.trim();
  const left = async (node: Node) =>
    (await node.exec('ls -A /var/lib/rackhelm /etc/cron.d/rackhelm-network 2>/dev/null')).stdout;
  const linkOf = (name: string) => (name === 'pi' ? 'eth0' : 'enp1s0');

  async function onto(name: string) {
    const link = linkOf(name);
    const node = rack().node(name);
    const machine = await workstation(rack(), 'one').open(node, 'root');
    const { context, lines } = contextOf(machine);
    const from = node.address;
    const gateway = (await node.exec('ip -4 route show default')).stdout.split(' ')[2] ?? '';
    const params = (to: string) =>
      phase.params.parse({ interface: link, addresses: [`${to}/24`], gateways: [gateway] });
    return { node, machine, context, lines, from, params, link };
  }

  describe.each([
    ['debian', 'ifupdown'],
    ['clean', 'systemd-networkd'],
    ['twin-1', 'netplan'],
    ['pi', 'NetworkManager'],
  ])('of %s, by %s', (name, by) => {
    it('change, are kept by a new login at the new address, and come back by undo', async () => {
      const { node, machine, context, lines, from, params, link } = await onto(name);
      const to = neighbour(from);
      const probed = await phase.probe(context, params(to));
      expect(probed.found).toContain(`looked after by ${by}`);
      expect(probed.standing).toBe('absent');
      const saved = await phase.save(context, params(to));
      await phase.apply(context, params(to), saved);
      expect(machine.at).toBe(to);
      expect(lines.join('\n')).toContain(`A new login at ${to} got in`);
      expect((await phase.probe(context, params(to))).standing).toBe('present');
      expect(await addresses(node, link)).toBe(`inet ${to}/24`);
      await phase.undo(context, params(to), saved);
      expect(machine.at).toBe(from);
      expect(await addresses(node, link)).toBe(`inet ${from}/24`);
      expect((await phase.probe(context, params(to))).standing).toBe('absent');
      await machine.release();
      expect(await left(node)).toBe('');
    }, 90_000);
  });

  it('that cut us off come back by themselves, and the job says so', async () => {
    const { node, machine, context, from, link } = await onto('debian');
    const params = phase.params.parse({ interface: link, addresses: ['203.0.113.9/24'] });
    const saved = await phase.save(context, params);
    const error = await errorOf(phase.apply(context, params, saved));
    expect(error.code).toBe('NETWORK_PUT_BACK');
    expect(error.message).toContain('has put the old one back by itself');
    expect(machine.at).toBe(from);
    expect(await addresses(node, link)).toBe(`inet ${from}/24`);
    expect((await phase.probe(context, params)).standing).toBe('absent');
    await phase.undo(context, params, saved);
    await machine.release();
    expect(await left(node)).toBe('');
  }, 90_000);

  it('of a host that is killed in the middle are put back by the machine', async () => {
    const { node, machine, context, from, params, link } = await onto('debian');
    const to = params(neighbour(from));
    const saved = await phase.save(context, to);
    const killed = new AbortController();
    const applying = phase.apply({ ...context, signal: killed.signal }, to, saved);
    const ended = errorOf(applying);
    await node.exec(
      `for n in $(seq 100); do [ -e /var/lib/rackhelm/network/up ] && break; sleep 0.1; done`,
    );
    killed.abort();
    await ended;
    await node.exec('sleep 16');
    expect(await addresses(node, link)).toBe(`inet ${from}/24`);
    await machine.moveTo({ at: from, signal: never });
    // What the trial left on the machine is still there, so that undo is not passed over.
    expect((await phase.probe(context, to)).standing).toBe('partly');
    await phase.undo(context, to, saved);
    expect((await phase.probe(context, to)).standing).toBe('absent');
    await machine.release();
    expect(await left(node)).toBe('');
  }, 90_000);
});
