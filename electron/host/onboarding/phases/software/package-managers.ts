import { quote } from '../../../connections/ssh/index.ts';
import type { Command } from '../../../engine/phases/index.ts';

export const managerIds = ['apt', 'dnf', 'yum', 'apk', 'pacman', 'zypper'] as const;
export type ManagerId = (typeof managerIds)[number];

/** What one package manager is asked, and how its answers read. */
export interface PackageManager {
  readonly id: ManagerId;
  /** Whether "$p" is installed. */
  readonly has: string;
  /** Whether its own list can be read at all: it always knows this one. */
  readonly readable: string;
  /** Fetches lists of what there is; null: it does so by itself. */
  readonly refresh: Command | null;
  /** Tells what installing these would bring, and changes nothing. */
  simulate(names: string): string;
  /** The packages that are new in what `simulate` said. */
  added(said: string): string[];
  install(names: string): Command;
  /** Tells what deleting these would take along, and changes nothing; fails where others need them. */
  simulateDelete(names: string): string;
  deleted(said: string): string[];
  delete(names: string): Command;
}

/** Downloads on a small board through a thin line take their time. */
const installMs = 20 * 60_000;
const lines = (said: string, shape: RegExp) =>
  said.split('\n').flatMap((line) => shape.exec(line)?.[1] ?? []);

const aptOptions =
  '-o DPkg::Lock::Timeout=60 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold';
const apt: PackageManager = {
  id: 'apt',
  has: `dpkg-query -W -f='\${db:Status-Status}' "$p" 2>/dev/null | grep -qx installed`,
  readable: 'dpkg-query -W dpkg',
  refresh: { command: 'apt-get -q -o Acquire::Retries=0 update', timeoutMs: 5 * 60_000 },
  simulate: (names) => `apt-get -s -q -y --no-install-recommends install ${names}`,
  added: (said) => lines(said, /^Inst (\S+) (?!\[)/),
  install: (names) => ({
    command: `DEBIAN_FRONTEND=noninteractive apt-get -q -y ${aptOptions} --no-install-recommends install ${names}`,
    timeoutMs: installMs,
  }),
  simulateDelete: (names) => `apt-get -s -q -y remove ${names}`,
  deleted: (said) => lines(said, /^(?:Remv|Purg) (\S+)/),
  delete: (names) => ({
    command: `DEBIAN_FRONTEND=noninteractive apt-get -q -y ${aptOptions} remove ${names}`,
    says: 'Settings files that somebody changed stay.',
    timeoutMs: installMs,
  }),
};

const rpmHas = 'rpm -q --whatprovides "$p" >/dev/null 2>&1';

/** Rows below `Installing:` and what hangs on it, up to the next heading. */
function rpmAdded(said: string): string[] {
  let adding = false;
  return said.split('\n').flatMap((line) => {
    const heading = /^(\S[^:]*):\s*$/.exec(line)?.[1];
    if (heading !== undefined) adding = /^Installing/.test(heading);
    if (/^Transaction Summary/.test(line)) adding = false;
    const name = /^ (\S+)\s+(?:x86_64|aarch64|armv7hl|noarch|i686|ppc64le|s390x)\s/.exec(line)?.[1];
    return adding && name !== undefined ? [name] : [];
  });
}

const redHat = (id: 'dnf' | 'yum'): PackageManager => ({
  id,
  has: rpmHas,
  readable: 'rpm -q rpm',
  refresh: null,
  // Its answer to its own question is no, so it ends with 1 also where all is well.
  simulate: (names) => `${id} --assumeno install ${names} || [ $? -eq 1 ]`,
  added: rpmAdded,
  install: (names) => ({ command: `${id} -y install ${names}`, timeoutMs: installMs }),
  simulateDelete: (names) => `rpm -e --test ${names}`,
  deleted: () => [],
  delete: (names) => ({
    command: id === 'dnf' ? `dnf -y remove --noautoremove ${names}` : `yum -y remove ${names}`,
    timeoutMs: installMs,
  }),
});

const apk: PackageManager = {
  id: 'apk',
  has: 'apk info -e "$p" >/dev/null 2>&1',
  readable: 'apk info -e busybox',
  refresh: { command: 'apk update', timeoutMs: 5 * 60_000 },
  simulate: (names) => `apk add -s ${names}`,
  added: (said) => lines(said, /^\(\s*\d+\/\d+\) Installing (\S+) \(/),
  install: (names) => ({ command: `apk add --wait 60 ${names}`, timeoutMs: installMs }),
  simulateDelete: (names) => `apk del -s ${names}`,
  deleted: (said) => lines(said, /^\(\s*\d+\/\d+\) Purging (\S+) \(/),
  delete: (names) => ({ command: `apk del --wait 60 ${names}`, timeoutMs: installMs }),
};

const pacman: PackageManager = {
  id: 'pacman',
  has: 'pacman -T "$p" >/dev/null 2>&1',
  readable: 'pacman -Q pacman',
  // Lists that are newer than what is installed would mix two states of the system.
  refresh: null,
  simulate: (names) =>
    `all=$(pacman -S --needed --print --print-format %n ${names}) || { echo "$all"; exit 1; }; for n in $all; do pacman -Q "$n" >/dev/null 2>&1 || echo "new $n"; done`,
  added: (said) => lines(said, /^new (\S+)$/),
  install: (names) => ({
    command: `pacman -S --needed --noconfirm ${names}`,
    timeoutMs: installMs,
  }),
  simulateDelete: (names) => `pacman -R --print --print-format %n ${names}`,
  deleted: (said) => lines(said, /^(\S+)$/),
  delete: (names) => ({ command: `pacman -R --noconfirm ${names}`, timeoutMs: installMs }),
};

const zypper: PackageManager = {
  id: 'zypper',
  has: rpmHas,
  readable: 'rpm -q rpm',
  refresh: null,
  simulate: (names) => `zypper --non-interactive install --dry-run --no-recommends ${names}`,
  added: (said) => {
    const [, block = ''] =
      /NEW packages? (?:is|are) going to be installed:\n((?: .*\n?)+)/.exec(said) ?? [];
    return block.split(/\s+/).filter((name) => name !== '');
  },
  install: (names) => ({
    command: `ZYPP_LOCK_TIMEOUT=60 zypper --non-interactive install --no-recommends ${names}`,
    timeoutMs: installMs,
  }),
  simulateDelete: (names) => `rpm -e --test ${names}`,
  deleted: () => [],
  delete: (names) => ({
    command: `ZYPP_LOCK_TIMEOUT=60 zypper --non-interactive remove ${names}`,
    timeoutMs: installMs,
  }),
};

export const managers: Readonly<Record<ManagerId, PackageManager>> = {
  apt,
  dnf: redHat('dnf'),
  yum: redHat('yum'),
  apk,
  pacman,
  zypper,
};

/** Says which there is; a system may have another one's tool lying about, so the usual one is first. */
export const managerAsked =
  'for m in apt-get dnf yum apk zypper pacman; do command -v "$m" >/dev/null && { echo "$m"; exit 0; }; done; exit 1';

export function managerOf(said: string): PackageManager | null {
  const name = said.trim().replace(/-get$/, '');
  const id = managerIds.find((one) => one === name);
  return id === undefined ? null : managers[id];
}

export const words = (names: readonly string[]) => names.map(quote).join(' ');

/** Says which of these are installed, one a line. */
export function installedAsked({ has }: PackageManager, names: readonly string[]): string {
  return `for p in ${words(names)}; do ${has} && echo "$p"; done; true`;
}
