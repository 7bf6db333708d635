import { type AccountName, accountNames } from './accounts.ts';
import { cluster, k3s } from './cluster-profile.ts';
import { ingress, management, type NodeSpec, node, storage } from './node-spec.ts';
import { onboarding } from './onboarding-profile.ts';
import { RackError } from './rack-error.ts';

export const profileNames = ['small', 'seed', 'scale', 'onboarding', 'cluster', 'k3s'] as const;
export type ProfileName = (typeof profileNames)[number];

const seed: readonly NodeSpec[] = [
  node({
    name: 'router',
    look: 'router',
    gateway: null,
    services: ['dnsmasq', 'lldpd'],
    legs: [
      management(1, 'mgmt0'),
      storage(1, 'stor0'),
      ingress(1, 'ingr0'),
      { network: 'internal', interface: 'intl0', host: 1 },
    ],
  }),
  node({
    name: 'pi-1',
    look: 'pi-5',
    accounts: ['root', 'deploy'],
    legs: [management(11), storage(11, 'eth1')],
    services: ['lldpd', 'systemctl'],
  }),
  node({
    name: 'pi-2',
    look: 'pi-4',
    accounts: ['root', 'admin', 'viewer'],
    legs: [management(12), storage(12, 'eth1')],
    services: ['systemctl'],
  }),
  node({
    name: 'pi-3',
    look: 'pi-4',
    accounts: ['root', 'sealed'],
    legs: [management(13)],
    memoryCgroup: false,
    services: ['systemctl'],
  }),
  node({
    name: 'worker-1',
    look: 'x86',
    gateway: 'ingress',
    accounts: ['root', 'deploy', 'noisy'],
    legs: [management(21, 'enp1s0'), storage(21, 'enp2s0'), ingress(21, 'enp3s0')],
    services: ['nginx', 'lldpd', 'systemctl'],
  }),
  node({
    name: 'worker-2',
    look: 'x86',
    accounts: ['root', 'admin', 'kbd'],
    legs: [
      management(22, 'enp1s0'),
      storage(22, 'enp2s0'),
      { ...ingress(22, 'enp1s0.30'), taggedOn: 'enp1s0' },
    ],
    services: ['redis', 'systemctl'],
  }),
  node({
    name: 'alpine',
    look: 'alpine',
    accounts: ['root', 'viewer'],
    legs: [{ ...management(31), dhcp: true }],
    services: ['openrc'],
  }),
  node({
    name: 'nas',
    look: 'nas',
    accounts: ['root', 'pwonly'],
    legs: [management(41, 'enp1s0'), storage(41, 'enp2s0')],
    services: ['systemctl'],
  }),
  node({
    name: 'jump',
    look: 'x86',
    accounts: ['root', 'deploy', 'locked'],
    legs: [management(51, 'enp1s0')],
  }),
  node({
    name: 'gpu',
    look: 'gpu',
    accounts: ['root', 'deploy'],
    legs: [management(61, 'enp1s0'), storage(61, 'enp2s0')],
    services: ['docker', 'nvidia-smi', 'systemctl'],
    diskMiB: 1024,
  }),
  node({
    name: 'db-1',
    look: 'x86',
    gateway: 'internal',
    accounts: ['root', 'admin'],
    legs: [{ network: 'internal', interface: 'enp1s0', host: 71 }],
    services: ['postgresql', 'systemctl'],
    jump: 'jump',
    diskMiB: 1024,
  }),
];

function plainNodes(count: number, accountsOfFirst: readonly AccountName[]): readonly NodeSpec[] {
  return Array.from({ length: count }, (_, index) =>
    node({
      name: `node-${index + 1}`,
      look: 'plain',
      legs: [management(11 + index)],
      gateway: null,
      accounts: index === 0 ? accountsOfFirst : ['root'],
    }),
  );
}

/** Above this the addresses would run into the DHCP range. */
export const mostPlainNodes = 180;
const ownMachines = { seed, onboarding, cluster, k3s } as const;
const defaultCounts = { small: 4, scale: 16 } as const;

/** The machines of a profile. `nodes` counts the plain ones of `small` and `scale`. */
export function nodesOf(profile: ProfileName, nodes?: number): readonly NodeSpec[] {
  if (profile !== 'small' && profile !== 'scale') {
    if (nodes === undefined) return ownMachines[profile];
    throw new RackError(`The profile ${profile} has its own machines; leave --nodes out.`);
  }
  const count = nodes ?? defaultCounts[profile];
  if (!Number.isInteger(count) || count < 1 || count > mostPlainNodes) {
    throw new RackError(`The number of nodes must lie between 1 and ${mostPlainNodes}.`);
  }
  return plainNodes(count, profile === 'small' ? accountNames : ['root']);
}
