import type { ManagerId } from './package-managers.ts';

type Family = 'debian' | 'redhat' | 'alpine' | 'arch' | 'suse';

const families: Readonly<Record<ManagerId, Family>> = {
  apt: 'debian',
  dnf: 'redhat',
  yum: 'redhat',
  apk: 'alpine',
  pacman: 'arch',
  zypper: 'suse',
};

/** By the name that Rackhelm uses; what is not listed is called the same everywhere. */
const names: Readonly<Record<string, Partial<Readonly<Record<Family, string>>>>> = {
  'nfs-common': { redhat: 'nfs-utils', alpine: 'nfs-utils', arch: 'nfs-utils', suse: 'nfs-client' },
  'open-iscsi': { redhat: 'iscsi-initiator-utils' },
  wireguard: {
    redhat: 'wireguard-tools',
    alpine: 'wireguard-tools',
    arch: 'wireguard-tools',
    suse: 'wireguard-tools',
  },
  'apparmor-utils': { redhat: 'policycoreutils', arch: 'apparmor' },
  apparmor: { redhat: 'policycoreutils', suse: 'apparmor-parser' },
  iproute2: { redhat: 'iproute' },
  procps: { redhat: 'procps-ng', alpine: 'procps-ng', arch: 'procps-ng' },
  'iputils-ping': { redhat: 'iputils', alpine: 'iputils', arch: 'iputils', suse: 'iputils' },
  netcat: {
    debian: 'netcat-openbsd',
    redhat: 'nmap-ncat',
    alpine: 'netcat-openbsd',
    arch: 'openbsd-netcat',
    suse: 'netcat-openbsd',
  },
  dnsutils: { redhat: 'bind-utils', alpine: 'bind-tools', arch: 'bind', suse: 'bind-utils' },
  'xz-utils': { redhat: 'xz', alpine: 'xz', arch: 'xz', suse: 'xz' },
  sqlite3: { redhat: 'sqlite', alpine: 'sqlite', arch: 'sqlite' },
  'postgresql-client': { redhat: 'postgresql', arch: 'postgresql-libs', suse: 'postgresql' },
};

/** As this package manager calls it. */
export function nativeName(generic: string, manager: ManagerId): string {
  return names[generic]?.[families[manager]] ?? generic;
}
