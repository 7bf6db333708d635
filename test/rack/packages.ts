import { accessSync, constants } from 'node:fs';
import { networkPackages } from './network-managers/index.ts';
import type { NodeSpec, ServiceName } from './node-spec.ts';
import { hasSystemctl, hasUnpacked, isUnpacked } from './unpacked-packages.ts';

interface Requirement {
  /** Debian's name of the package. */
  readonly package: string;
  readonly isThere: () => boolean;
}

function has(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not a program: the same to us
  }
}

const program = (name: string, file: string): Requirement => ({
  package: name,
  isThere: () => has(file),
});

export const postgresDirectory = '/usr/lib/postgresql/15/bin';

const basic = [program('openssh-server', '/usr/sbin/sshd'), program('iproute2', '/usr/sbin/ip')];
const sudo = program('sudo', '/usr/bin/sudo');
const nftables = program('nftables', '/usr/sbin/nft');
const busybox = program('busybox-static', '/usr/bin/busybox');

const containers = [
  program('containerd', '/usr/bin/containerd'),
  program('runc', '/usr/sbin/runc'),
  program('containernetworking-plugins', '/usr/lib/cni/bridge'),
  program('iptables', '/usr/sbin/iptables'),
  busybox,
];

const byService: Readonly<Record<ServiceName, readonly Requirement[]>> = {
  dnsmasq: [program('dnsmasq', '/usr/sbin/dnsmasq'), nftables],
  docker: [program('docker.io', '/usr/sbin/dockerd'), busybox],
  k3s: [...containers, program('perl', '/usr/bin/perl'), program('python3', '/usr/bin/python3')],
  kernel: [],
  kubelet: containers,
  lldpd: [program('lldpd', '/usr/sbin/lldpd')],
  nginx: [program('nginx-light', '/usr/sbin/nginx')],
  'nvidia-smi': [],
  openrc: [program('openrc', '/sbin/openrc-run'), busybox],
  postgresql: [program('postgresql-15', `${postgresDirectory}/postgres`)],
  redis: [program('redis-server', '/usr/bin/redis-server')],
  systemctl: [
    program('python3', '/usr/bin/python3'),
    { package: 'systemctl', isThere: hasSystemctl },
  ],
  'systemd-tools': [],
};

export function hasSudo(): boolean {
  return sudo.isThere();
}

/** Debian packages that these machines need and that are not installed, each once. */
export function missingPackages(specs: readonly NodeSpec[]): readonly string[] {
  const services = specs.flatMap((spec) => spec.services);
  const needed = [...basic, ...services.flatMap((service) => byService[service])];
  const unpacked = networkPackages(specs);
  if (!hasUnpacked(unpacked)) {
    needed.push(...unpacked.map((name) => ({ package: name, isThere: () => isUnpacked(name) })));
  }
  // Plain nodes go without the two sudo accounts; a rack with services is to be complete.
  if (services.length > 0) needed.push(sudo, nftables);
  return [...new Set(needed.filter((one) => !one.isThere()).map((one) => one.package))];
}
