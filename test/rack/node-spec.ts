import type { AccountName } from './accounts.ts';
import type { NetworkName } from './networks.ts';

/** What a machine looks like to somebody who logs in. */
export type Look = 'plain' | 'pi-4' | 'pi-5' | 'x86' | 'alpine' | 'router' | 'nas' | 'gpu';
export type ServiceName =
  | 'dnsmasq'
  | 'docker'
  | 'k3s'
  | 'kernel'
  | 'kubelet'
  | 'lldpd'
  | 'nginx'
  | 'nvidia-smi'
  | 'openrc'
  | 'postgresql'
  | 'redis'
  | 'systemctl'
  | 'systemd-tools';

/** Each runs for real in the nodes that have it; see network-managers/. */
export const networkManagers = [
  'ifupdown',
  'netplan',
  'networkd',
  'NetworkManager',
  'dhcpcd',
] as const;
export type NetworkManager = (typeof networkManagers)[number];

export interface Leg {
  readonly network: NetworkName;
  readonly interface: string;
  /** Last part of the address. */
  readonly host: number;
  /** Asks the router's DHCP for the (reserved) IPv4 address, as a machine without a plan does. */
  readonly dhcp?: true;
  /** The interface that carries this one as a tagged VLAN; left out where the kernel has no 802.1q. */
  readonly taggedOn?: string;
}

export interface NodeSpec {
  readonly name: string;
  readonly look: Look;
  readonly legs: readonly Leg[];
  /** The network whose router is the default gateway; null has none. */
  readonly gateway: NetworkName | null;
  readonly accounts: readonly AccountName[];
  readonly services: readonly ServiceName[];
  /** The node through which this computer reaches it. */
  readonly jump?: string;
  /** Size of the root disk in MiB. */
  readonly diskMiB: number;
  /** The Pi whose kernel command line lacks the memory cgroup flags. */
  readonly memoryCgroup: boolean;
  /** Who configures its network; else it has the addresses of its legs whatever its files say. */
  readonly networkManager?: NetworkManager;
  /** As /etc/hostname says. Default: its name, or that of the node whose clone it is. */
  readonly hostname?: string;
  /** The node whose disk it was copied from: same machine-id, host keys and host name. */
  readonly cloneOf?: string;
  /** Where a Pi's firmware partition is mounted: `boot` before Debian 12. Default `boot/firmware`. */
  readonly bootDirectory?: 'boot' | 'boot/firmware';
  /** Whether it swaps, by dphys-swapfile on a Pi, by fstab elsewhere. Needs the service `kernel`. */
  readonly swap?: true;
}

type Draft = Pick<NodeSpec, 'name' | 'look' | 'legs'> & Partial<NodeSpec>;

export function node(draft: Draft): NodeSpec {
  return {
    gateway: 'management',
    accounts: ['root'],
    services: [],
    diskMiB: 512,
    memoryCgroup: true,
    ...draft,
  };
}

export const management = (host: number, name = 'eth0'): Leg => ({
  network: 'management',
  interface: name,
  host,
});
export const storage = (host: number, name: string): Leg => ({
  network: 'storage',
  interface: name,
  host,
});
export const ingress = (host: number, name: string): Leg => ({
  network: 'ingress',
  interface: name,
  host,
});

/** What the machine calls itself. */
export function hostnameOf(spec: NodeSpec): string {
  return spec.hostname ?? spec.cloneOf ?? spec.name;
}
