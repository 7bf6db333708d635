import { setTimeout as pause } from 'node:timers/promises';
import { createInventory } from '../../../electron/host/inventory/index.ts';
import type { Rack } from '../../rack/index.ts';
import { installClock } from './node-clock.ts';
import { offerPackages } from './node-packages.ts';
import { deviceId, type NodeScenario, targetOf, token } from './node-scenario.ts';

const user = 'deploy';

async function say(rack: Rack, node: string, command: string): Promise<string> {
  return (await rack.node(node).exec(command)).stdout.trim();
}

/** The same network, another last part. */
function neighbourOf(rack: Rack, node: string): string {
  const parts = rack.node(node).address.split('.');
  return [...parts.slice(0, 3), String(Number(parts[3]) + 100)].join('.');
}

const fixed = (node: string, phase: string, params: Record<string, unknown>): NodeScenario => ({
  ...{ name: `${phase} of ${node}`, node, user, phase },
  params: async () => params,
});

const config = '/etc/ssh/sshd_config';

const restartable = 'debian';

/** Waits for the restart that a host was killed in, and asks for another. */
async function wantRestart(rack: Rack): Promise<void> {
  const held = 'grep -qF RACKHELM_RUN=held- /proc/[0-9]*/environ 2>/dev/null';
  const want = `while ${held}; do sleep 0.2; done; touch /run/reboot-required && echo wanted`;
  for (let said = ''; said !== 'wanted'; await pause(200)) {
    // While it restarts there is no such node.
    said = await say(rack, restartable, want).catch(() => '');
  }
}

/** Every phase of an onboarding, on the kind of machine that it is for. */
export const nodeScenarios: readonly NodeScenario[] = [
  fixed('debian', 'hostname', { name: 'db-9' }),
  fixed('pi', 'swap', {}),
  fixed('debian', 'swap', {}),
  fixed('clean', 'kernel-modules', { modules: ['br_netfilter', 'vxlan'] }),
  fixed('clean', 'sysctl', { values: { 'net.ipv4.ip_forward': '1', 'vm.swappiness': '7' } }),
  {
    ...fixed('clean', 'time-sync', { servers: ['10.0.0.1'] }),
    prepare: (rack) => installClock(rack.node('clean')),
  },
  {
    ...fixed('twin-2', 'machine-id', {}),
    params: async (rack) => ({ was: await say(rack, 'twin-1', 'cat /etc/machine-id') }),
    byChance: /machine-id$/,
  },
  {
    ...fixed('twin-2', 'host-keys', {}),
    params: async (rack) => ({
      was: (await say(rack, 'twin-1', 'cat /etc/ssh/ssh_host_*_key.pub'))
        .split('\n')
        .map((line) => line.split(' ')[1] ?? ''),
    }),
    byChance: /ssh_host_.*_key/,
  },
  {
    ...fixed('debian', 'ssh-key', {}),
    params: async (rack) => {
      const line = await say(rack, 'debian', 'head -1 /home/deploy/.ssh/authorized_keys');
      const key = `ssh-ed25519 ${line.split(' ')[1]} rackhelm`;
      return { user: rack.account('viewer').user, key };
    },
  },
  {
    ...fixed('clean', 'ssh-password-login', {}),
    params: async (rack) => ({ user: rack.account(user).user }),
    // As most systems come: with passwords.
    prepare: async (rack) => {
      const edit = `s/^PasswordAuthentication no/PasswordAuthentication yes/`;
      await say(rack, 'clean', `sed -i '${edit}' ${config}; systemctl reload ssh`);
    },
  },
  {
    ...fixed('twin-2', 'packages', { packages: ['rackhelm-one'] }),
    prepare: (rack) => offerPackages(rack.node('twin-2')),
  },
  fixed('pi', 'memory-cgroup', {}),
  {
    ...fixed(restartable, 'reboot', { wanted: ['updates'] }),
    prepare: wantRestart,
    again: wantRestart,
  },
  {
    ...fixed('debian', 'network-address', {}),
    params: async (rack) => ({
      interface: 'enp1s0',
      addresses: [`${neighbourOf(rack, 'debian')}/24`],
      gateways: [(await say(rack, 'debian', 'ip -4 route show default')).split(' ')[2]],
    }),
    movesTo: (rack) => neighbourOf(rack, 'debian'),
  },
  {
    ...fixed('clean', 'record-device', {}),
    params: async (rack) => ({
      ...{ token, deviceId, identity: { as: 'new' }, name: 'clean-1', kind: 'server' },
      ...{ role: 'worker', clusterId: null, hostKey: null, place: null, heightUnits: 1 },
      target: targetOf(rack.node('clean'), rack, user),
      ...{ cables: [], vlans: [], addresses: [], tags: ['new'] },
    }),
  },
  {
    ...fixed('clean', 'retire-device', {}),
    params: async (_, database) => ({
      ...{ token, deviceId: createInventory(database).devices.list({}).rows[0]?.id },
      ...{ freePlace: true, freeAddresses: true, deleteCables: true, leaveClusters: true },
    }),
    prepare: async (_, database) => {
      const { devices } = createInventory(database);
      devices.create({ name: 'old-1', kind: 'server' });
    },
  },
];
