import { management, type NodeSpec, node } from './node-spec.ts';

const tools = ['kernel', 'systemctl', 'systemd-tools'] as const;

/** Machines for a real Kubernetes: one that serves, two on which pods run, one that is to join. */
export const cluster: readonly NodeSpec[] = [
  node({
    name: 'server-1',
    look: 'x86',
    gateway: null,
    accounts: ['root', 'deploy', 'admin', 'viewer'],
    legs: [management(21, 'enp1s0')],
    services: [...tools, 'kubelet'],
    diskMiB: 1024,
  }),
  ...['agent-1', 'agent-2', 'agent-3'].map((name, index) =>
    node({
      ...{ name, look: 'x86', gateway: null },
      accounts: ['root', 'deploy', 'admin', 'viewer'],
      legs: [management(31 + index, 'enp1s0')],
      services: [...tools, 'kubelet'],
      diskMiB: 1024,
    } as const),
  ),
];

const k3sNames = ['server-1', 'server-2', 'agent-1', 'agent-2'] as const;

/**
 * Machines for K3s, on which nothing of it is yet. On `alpine` OpenRC starts it, and it comes as far as the
 * server: containers have nothing to run by there.
 */
export const k3s: readonly NodeSpec[] = [
  ...k3sNames.map((name, index) =>
    node({
      // K3s takes that address for its own by which the default route goes, and does not start without.
      ...{ name, look: 'x86', gateway: 'management' },
      accounts: ['root', 'deploy', 'admin', 'viewer'],
      legs: [management(61 + index, 'enp1s0')],
      services: [...tools, 'k3s'],
      diskMiB: 1024,
    } as const),
  ),
  node({
    ...{ name: 'alpine', look: 'alpine' },
    legs: [management(66)],
    services: ['openrc', 'k3s'],
  }),
];
