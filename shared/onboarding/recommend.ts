import type { FactsSummary, SummedDisk } from './facts-summary.ts';
import { type NodeRole, nodeRoles, type RankedRole, type RoleReason } from './role.ts';

const gibibyte = 1024 ** 3;

/** What of the inventory a recommendation looks at. */
export interface RoleView {
  /** The cluster that the machine is to belong to; null: none is there or was chosen. */
  readonly cluster: {
    readonly name: string;
    /** It is there and reached by a kubeconfig, whatever the inventory knows of its machines. */
    readonly runs: boolean;
    readonly members: readonly {
      readonly deviceName: string;
      readonly role: string;
      /** What it would fail with, by name: sources of power, a chassis. Empty: not documented. */
      readonly domains: readonly string[];
    }[];
  } | null;
  /** Of this machine, where its place is known already. */
  readonly domains: readonly string[];
  /** How many devices have these roles or kinds, other than this one. */
  readonly storageDevices: number;
  readonly gpuDevices: number;
  readonly edgeDevices: number;
}

/** A reason and what it is worth. */
interface Weighed extends RoleReason {
  readonly points: number;
}

const yes = (points: number, text: string): Weighed => ({ weight: 'for', points, text });
const but = (points: number, text: string): Weighed => ({
  weight: 'against',
  points: -points,
  text,
});
const never = (text: string): Weighed => ({ weight: 'rules-out', points: 0, text });

type Judge = (facts: FactsSummary, view: RoleView) => (Weighed | null)[];

const isSmallArm = ({ board, architecture }: FactsSummary) =>
  (board === 'raspberry-pi' || board === 'small-board') && architecture !== 'amd64';
const isX86 = ({ architecture }: FactsSummary) => architecture === 'amd64';
const memoryText = (memory: number) => `${Number((memory / gibibyte).toFixed(1))} GiB of memory`;
const memoryUnder = ({ memoryBytes }: FactsSummary, gib: number) =>
  // A machine never tells all that it was sold with.
  memoryBytes !== null && memoryBytes < gib * gibibyte * 0.9;
const isFast = ({ kind }: SummedDisk) => kind === 'nvme' || kind === 'ssd';
const diskWords: Readonly<Record<SummedDisk['kind'], string>> = {
  nvme: 'an NVMe disk',
  ssd: 'an SSD',
  hdd: 'a spinning disk',
  'sd-card': 'an SD card',
  emmc: 'eMMC memory',
  usb: 'a USB stick',
  virtual: 'a virtual disk',
  unknown: 'a disk of unknown kind',
};
const controlPlanes = ({ cluster }: RoleView) =>
  (cluster?.members ?? []).filter(({ role }) => role === 'control-plane' || role === 'etcd');
const plural = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

/** An etcd goes on while more than half of its members do: an even number bears no more than one less. */
function quorum(view: RoleView): Weighed | null {
  if (view.cluster === null) return null;
  const count = controlPlanes(view).length;
  const { name, runs } = view.cluster;
  if (count === 0 && runs)
    return but(15, `${name} runs already; which machines are its control plane is not documented.`);
  if (count === 0) return yes(45, `${name} has no control plane yet.`);
  if (count === 1) {
    return yes(12, `${name} has one control plane; with two more it could lose one and go on.`);
  }
  if (count % 2 === 0) {
    return yes(
      30,
      `${name} has ${count} control planes; with this one the number is odd, so that it can lose ${count / 2}.`,
    );
  }
  return but(
    count >= 5 ? 45 : 30,
    `${name} has ${count} control planes; an even number bears no more failures than ${count} do.`,
  );
}

function failureDomain(view: RoleView): Weighed | null {
  const mine = new Set(view.domains);
  if (mine.size === 0) return null;
  for (const { deviceName, domains } of controlPlanes(view)) {
    const shared = domains.find((domain) => mine.has(domain));
    if (shared !== undefined) {
      return but(15, `It would fail together with ${deviceName}: both depend on ${shared}.`);
    }
  }
  if (controlPlanes(view).every(({ domains }) => domains.length === 0)) return null;
  return yes(10, `Nothing else of the control plane depends on ${[...mine].join(' or ')}.`);
}

function systemDiskForEtcd({ systemDisk }: FactsSummary): Weighed | null {
  if (systemDisk === null) return null;
  if (isFast(systemDisk)) {
    return yes(15, `Its system lies on ${diskWords[systemDisk.kind]}, which etcd wants.`);
  }
  if (systemDisk.kind === 'unknown' || systemDisk.kind === 'virtual') return null;
  return but(
    systemDisk.kind === 'sd-card' || systemDisk.kind === 'usb' ? 40 : 20,
    `Its system lies on ${diskWords[systemDisk.kind]}: etcd writes all the time, and waits for each write.`,
  );
}

const controlPlane: Judge = (facts, view) => [
  facts.board === 'container' ? never('A container does not boot and reboot by itself.') : null,
  facts.cores !== null && facts.cores < 2
    ? never('It has one core; a K3s server wants two at least.')
    : null,
  memoryUnder(facts, 2)
    ? never(`It has ${memoryText(facts.memoryBytes ?? 0)}; a K3s server wants 2 GiB at least.`)
    : memoryUnder(facts, 4)
      ? but(8, `${memoryText(facts.memoryBytes ?? 0)} leave a server little room.`)
      : yes(5, 'It has the cores and the memory that a server wants.'),
  quorum(view),
  failureDomain(view),
  systemDiskForEtcd(facts),
  facts.kubernetes?.role === 'server' ? yes(40, 'It runs a K3s server already.') : null,
  facts.gpus.length > 0 ? but(20, 'Its graphics processor would lie idle.') : null,
];

const worker: Judge = (facts, view) => [
  facts.board === 'container' ? never('A container does not boot and reboot by itself.') : null,
  memoryUnder(facts, 0.5)
    ? never(`It has ${memoryText(facts.memoryBytes ?? 0)}; a K3s agent wants 512 MiB at least.`)
    : null,
  view.cluster !== null && (view.cluster.runs || controlPlanes(view).length > 0)
    ? yes(15, `${view.cluster.name} has a control plane that it can join.`)
    : but(15, 'There is no control plane yet that it could join.'),
  memoryUnder(facts, 8)
    ? null
    : facts.memoryBytes === null
      ? null
      : yes(10, `${memoryText(facts.memoryBytes)} hold many workloads.`),
  isX86(facts) ? yes(8, 'Every image runs on x86.') : null,
  isSmallArm(facts) ? but(2, 'Images have to be there for ARM.') : null,
  facts.kubernetes?.role === 'agent' ? yes(40, 'It runs a K3s agent already.') : null,
];

function largeDisks({ disks, systemDisk }: FactsSummary) {
  const data = disks.filter(
    ({ name, sizeBytes, kind }) =>
      name !== systemDisk?.name && sizeBytes >= 400 * gibibyte && kind !== 'usb',
  );
  return { data, bytes: data.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

const storageSystems = /truenas|freenas|openmediavault|unraid|synology|qnap/i;

const storage: Judge = (facts, view) => {
  const { data, bytes } = largeDisks(facts);
  const tebibytes = `${Number((bytes / 1024 ** 4).toFixed(1))} TiB`;
  return [
    data.length >= 2
      ? yes(
          40,
          `Beside its system it has ${plural(data.length, 'disk')} with ${tebibytes} together.`,
        )
      : data.length === 1
        ? yes(15, `Beside its system it has a disk of ${tebibytes}; alone it bears no failure.`)
        : but(30, 'Beside its system it has no large disk.'),
    storageSystems.test(`${facts.os ?? ''} ${facts.model ?? ''}`)
      ? yes(45, 'Its operating system was made for storage.')
      : null,
    view.storageDevices === 0
      ? yes(8, 'Nothing in the inventory keeps data for others yet.')
      : null,
    isSmallArm(facts) ? but(10, 'A small board has few lanes to its disks.') : null,
    memoryUnder(facts, 4) ? but(8, 'File systems that check their data want more memory.') : null,
    facts.listens.some((name) => /nfsd|rpcbind|smbd|minio|iscsi|ceph/i.test(name))
      ? yes(25, 'It serves files already.')
      : null,
  ];
};

const gpu: Judge = (facts, view) => {
  const [first] = facts.gpus;
  if (first === undefined) return [never('It has no graphics processor that could be seen.')];
  return [
    yes(
      70,
      `It has ${facts.gpus.length === 1 ? first.name : `${facts.gpus.length} graphics processors`}.`,
    ),
    view.gpuDevices === 0 ? yes(10, 'Nothing else in the inventory has one.') : null,
    facts.containerEngines.includes('docker') ? yes(5, 'Docker runs on it.') : null,
  ];
};

const edgePrograms =
  /dnsmasq|named|unbound|pihole|adguard|coredns|haproxy|nginx|traefik|caddy|gitea|prometheus|grafana/i;

const edge: Judge = (facts, view) => {
  const runs = facts.listens.filter((name) => edgePrograms.test(name)).slice(0, 3);
  return [
    isSmallArm(facts)
      ? yes(
          25,
          'A small ARM board takes little power and does for DNS, proxies, monitoring and Git.',
        )
      : null,
    runs.length > 0 ? yes(30, `It runs ${runs.join(', ')} already.`) : null,
    view.edgeDevices === 0 && view.cluster !== null
      ? yes(4, 'Others lean on such services, which are better outside of the cluster.')
      : null,
    facts.cores !== null && facts.cores >= 8
      ? but(20, `${facts.cores} cores would mostly lie idle.`)
      : null,
    facts.gpus.length > 0 ? but(40, 'Its graphics processor would lie idle.') : null,
    isX86(facts) ? but(5, 'It is worth more for what only x86 does well.') : null,
  ];
};

const judges: Readonly<Record<NodeRole, Judge>> = {
  'control-plane': controlPlane,
  worker,
  storage,
  gpu,
  edge,
};

/** Where each role begins, before anything is known. */
const beginnings: Readonly<Record<NodeRole, number>> = {
  'control-plane': 35,
  worker: 45,
  storage: 30,
  gpu: 20,
  edge: 30,
};

function suitsOf(role: NodeRole, facts: FactsSummary): string[] {
  if (role === 'gpu') return ['models', 'video', 'AI services'];
  if (role === 'storage') return ['volumes', 'backups', 'S3'];
  if (role === 'control-plane') return [];
  if (isSmallArm(facts)) return ['DNS', 'proxies', 'monitoring', 'Git'];
  return isX86(facts) && role === 'worker' ? ['databases', 'builds', 'video', 'AI'] : [];
}

/**
 * Roles for a machine, best first, each with its reasons; one that is ruled out has 0 and stands last.
 * What is not known counts neither way. Pure.
 */
export function recommendRole(facts: FactsSummary, view: RoleView): RankedRole[] {
  return nodeRoles
    .map((role, order) => {
      const weighed = judges[role](facts, view).filter((reason) => reason !== null);
      const isRuledOut = weighed.some(({ weight }) => weight === 'rules-out');
      const sum = weighed.reduce((total, { points }) => total + points, beginnings[role]);
      const score = isRuledOut ? 0 : Math.max(1, Math.min(100, sum));
      const reasons = weighed
        .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
        .sort((a, b) => Number(b.weight === 'rules-out') - Number(a.weight === 'rules-out'))
        .map(({ weight, text }) => ({ weight, text }));
      return { order, ranked: { role, score, reasons, suits: suitsOf(role, facts) } };
    })
    .sort((a, b) => b.ranked.score - a.ranked.score || a.order - b.order)
    .map(({ ranked }) => ranked);
}
