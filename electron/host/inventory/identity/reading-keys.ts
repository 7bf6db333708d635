import type { Facts, ObservedInterface } from '../../../../shared/model/facts.ts';
import type { IdentityKind } from '../../../../shared/model/identity.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { IdentityKey } from '../../db/index.ts';
import { isCompared, isIdentifying, ownAddresses } from '../interface-rules.ts';
import { gradeOnLink, type MacGrade } from './mac-grade.ts';
import {
  isImageName,
  isPlaceholderMachineId,
  isPlaceholderSerial,
  isPlaceholderUuid,
} from './placeholders.ts';

/** How a machine was reached: what the connection knows of it beside its facts. */
export interface Way {
  /** As the person wrote it. */
  readonly target: SshTarget;
  /** After ssh configuration and defaults; left out: only what was written is known. */
  readonly resolved?:
    | { readonly host: string; readonly port: number; readonly jump: readonly string[] }
    | undefined;
  /** The key that the machine showed and proved on this connection. */
  readonly hostKey?: { readonly type: string; readonly sha256: string } | undefined;
}

/** Everything by which the machine of one reading may be known. */
export interface ReadingKeys {
  readonly keys: readonly IdentityKey[];
  /** By MAC, lower case; of every MAC among the keys. */
  readonly grades: ReadonlyMap<string, MacGrade>;
  /** Kinds of which this reading knows all: what was known before of these is outdated. */
  readonly told: ReadonlySet<IdentityKind>;
  readonly isVirtual: boolean;
  /** Where it answered, lower case, as it was written and as that was resolved. */
  readonly hosts: readonly string[];
}

/** No machine that is known again by its cards has more; a hostile one may tell of thousands. */
const mostOfAKind = 256;

/** Kinds of virtualisation that see the board of the machine below, as if it were theirs. */
const containers = new Set([
  'lxc',
  'lxc-libvirt',
  'systemd-nspawn',
  'docker',
  'podman',
  'rkt',
  'openvz',
  'proot',
  'pouch',
  'jail',
  'wsl',
  'container-other',
]);
const boardKinds = ['product-uuid', 'serial', 'board-serial', 'chassis-serial'] as const;

function isContainer(facts: Facts): boolean {
  const { virtualization } = facts.sections;
  return virtualization.status === 'ok' && containers.has(virtualization.data.kind);
}

export function readingKeys(facts: Facts, way?: Way): ReadingKeys {
  const { interfaces, virtualization, machineId } = facts.sections;
  const told = new Set<IdentityKind>();
  const keys: IdentityKey[] = [];
  const add = (kind: IdentityKind, values: readonly (string | null | undefined)[]) => {
    for (const value of new Set(values)) if (value) keys.push({ kind, value });
    if (values.length > 0) told.add(kind);
  };
  if (isContainer(facts)) for (const kind of [...boardKinds, 'disk'] as const) told.add(kind);
  else addHardware(facts, add);
  if (machineId.status === 'absent') told.add('machine-id');
  add('machine-id', machineIdsOf(facts));
  add('host-id', uuids([identifiersOf(facts).hostId]));
  const grades = macsOf(facts);
  if (interfaces.status === 'ok' && interfaces.data.length > 0) told.add('mac');
  add('mac', [...grades.keys()]);
  add('hostname', hostnamesOf(facts));
  add('address', addressesOf(facts, way));
  if (way) addWay(way, add);
  const kind = virtualization.status === 'ok' ? virtualization.data.kind : 'none';
  const isVirtual = kind !== 'none' && !containers.has(kind);
  return { keys, grades, told, isVirtual, hosts: hostsOf(way) };
}

type Add = (kind: IdentityKind, values: readonly (string | null | undefined)[]) => void;

/** Of a part that could not be read, often since only root may, nothing is outdated. */
function addHardware(facts: Facts, add: Add): void {
  const { model, blockDevices } = facts.sections;
  const { productUuid, boardSerial, chassisSerial } = identifiersOf(facts);
  const serials = (values: readonly (string | null)[]) =>
    values.flatMap((value) => (value && !isPlaceholderSerial(value) ? value.trim() : []));
  add('serial', serials([model.status === 'ok' ? model.data.serial : null]));
  add('product-uuid', uuids([productUuid]));
  add('board-serial', serials([boardSerial]));
  add('chassis-serial', serials([chassisSerial]));
  if (blockDevices.status !== 'ok') return;
  const disks = blockDevices.data.filter(({ type, parent }) => type === 'disk' && parent === null);
  const known = serials(disks.map(({ serial }) => serial)).filter((text) => !isMadeUpDisk(text));
  add('disk', known.sort().slice(0, mostOfAKind));
}

/** Beside what every reading has: not told by older ones, and most of it to root alone. */
interface Identifiers {
  readonly productUuid: string | null;
  readonly boardSerial: string | null;
  readonly chassisSerial: string | null;
  readonly hostId: string | null;
}

function identifiersOf(
  facts: Facts & { readonly identifiers?: Identifiers | undefined },
): Identifiers {
  const none = { productUuid: null, boardSerial: null, chassisSerial: null, hostId: null };
  return facts.identifiers ?? none;
}

function uuids(values: readonly (string | null)[]): readonly string[] {
  return values.flatMap((uuid) => (uuid && !isPlaceholderUuid(uuid) ? uuid.toLowerCase() : []));
}

/** What QEMU calls its disks, and what bridges to USB call whatever hangs on them. */
function isMadeUpDisk(serial: string): boolean {
  return /^(QM0000\d|drive-\w+\d+|VB[0-9a-f]{8}-[0-9a-f]{8}|0x[0-9a-f]{1,8}|DD5641988\w*|[0-9A-F]{12}0000)$/i.test(
    serial,
  );
}

/** The system's own serial number, where it tells this machine from others. */
export function serialOf(facts: Facts): string | null {
  const { model } = facts.sections;
  if (model.status !== 'ok' || isContainer(facts)) return null;
  const { serial } = model.data;
  return serial === null || isPlaceholderSerial(serial) ? null : serial;
}

function machineIdsOf({ sections: { machineId } }: Facts): readonly string[] {
  if (machineId.status !== 'ok') return [];
  const text = machineId.data.machineId.toLowerCase();
  return isPlaceholderMachineId(text) ? [] : [text];
}

/** Containers that were given the network of their host see its cards; those of LXC may own one. */
function sharesCards(facts: Facts): boolean {
  const { virtualization } = facts.sections;
  if (virtualization.status !== 'ok' || !isContainer(facts)) return false;
  return !/^(lxc|wsl)/.test(virtualization.data.kind);
}

/** Those that say most first; of equal ones in the order of their digits, so that two readings agree. */
function macsOf(facts: Facts): ReadonlyMap<string, MacGrade> {
  const { interfaces } = facts.sections;
  const grades = new Map<string, MacGrade>();
  const isOfHost = sharesCards(facts);
  for (const link of interfaces.status === 'ok' ? interfaces.data : []) {
    const mac = lastingMac(link)?.toLowerCase();
    if (mac === undefined || !isIdentifying(link)) continue;
    const grade = gradeOnLink(link, mac);
    if (isOfHost && (grade === 'hardware' || grade === 'removable')) continue;
    const known = grades.get(mac);
    if (grade !== null && (known === undefined || ranks[grade] < ranks[known])) {
      grades.set(mac, grade);
    }
  }
  if (grades.size <= mostOfAKind) return grades;
  const sorted = [...grades].sort(([a, x], [b, y]) => ranks[x] - ranks[y] || (a < b ? -1 : 1));
  return new Map(sorted.slice(0, mostOfAKind));
}

/** The one burnt in stays when another one is set for a while. */
function lastingMac(link: ObservedInterface & { readonly permanentMac?: string | undefined }) {
  return link.permanentMac ?? link.mac;
}

const ranks: Readonly<Record<MacGrade, number>> = {
  hardware: 0,
  assigned: 1,
  removable: 2,
  local: 3,
};

/** Without its domain, which comes and goes with DHCP. */
export function shortHostname(hostname: string): string | null {
  const short = hostname.split('.')[0]?.trim().toLowerCase() ?? '';
  return short === '' || /^\d+$/.test(short) || isImageName(short) ? null : short;
}

function hostnamesOf({ sections: { hostname } }: Facts): readonly (string | null)[] {
  return hostname.status === 'ok' ? [shortHostname(hostname.data.hostname)] : [];
}

/** Addresses that belong to this machine alone, and the one it answered at; no prefix length. */
function addressesOf(facts: Facts, way: Way | undefined): readonly string[] {
  const { interfaces } = facts.sections;
  const found = new Set(hostsOf(way));
  // Not all first: telling what an address is takes its time, and a machine may tell of thousands.
  for (const link of interfaces.status === 'ok' ? interfaces.data : []) {
    if (found.size >= mostOfAKind) break;
    if (!isCompared(link)) continue;
    for (const { address, role } of ownAddresses(link)) {
      if (role === 'host') found.add((address.split('/')[0] ?? address).toLowerCase());
    }
  }
  return [...found].filter((text) => !isLoopback(text)).slice(0, mostOfAKind);
}

function hostsOf(way: Way | undefined): readonly string[] {
  return way
    ? [way.target.host, way.resolved?.host ?? way.target.host].map((h) => h.toLowerCase())
    : [];
}

/** Forwarded ports and tunnels end there, each another machine. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function addWay({ target, resolved, hostKey }: Way, add: Add): void {
  if (hostKey) add('ssh-host-key', [`${hostKey.type} ${hostKey.sha256}`]);
  const { host, port = 22, jump = [] } = target;
  const written = wayText({ host, port, jump });
  add('ssh-target', [written, resolved ? wayText(resolved) : written]);
}

/** `10.0.0.5:22`, `10.0.0.5:22 through ada@gate:22`: one place, whoever logs in there. */
export function wayText(way: {
  readonly host: string;
  readonly port: number;
  readonly jump: readonly string[];
}): string {
  const through = way.jump.length > 0 ? ` through ${way.jump.join(', ')}` : '';
  return `${way.host.toLowerCase()}:${way.port}${through}`;
}
