import type { ObservedInterface } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';

/** What /sys/class/net tells of an interface, whatever tool listed it. */
export interface SysLink {
  readonly kind: string;
  readonly mac: string | null;
  readonly macOrigin: ObservedInterface['macOrigin'];
  readonly physical: boolean;
  readonly mtu: number | null;
  readonly operState: string | null;
  readonly speedMbps: number | null;
  readonly vlanId: number | null;
  readonly parent: string | null;
  readonly master: string | null;
}

/** /sys/class/net with what needs looking through all of it: once, as there may be thousands. */
export interface SysNet {
  readonly evidence: Evidence;
  readonly names: ReadonlySet<string>;
  readonly byIndex: ReadonlyMap<string, string>;
  /** The first one below each, and the first bridge, bond or team above each. */
  readonly lower: ReadonlyMap<string, string>;
  readonly masters: ReadonlyMap<string, string>;
  readonly vlanIds: ReadonlyMap<string, number | null>;
}

export function readSysNet(evidence: Evidence): SysNet {
  const names = new Set<string>();
  for (const path of evidence.paths) {
    const [, name] = /^\/sys\/class\/net\/([^/]+)\/(?:type|mtu|address)$/.exec(path) ?? [];
    if (name !== undefined) names.add(name);
  }
  const byIndex = new Map<string, string>();
  for (const name of names) {
    const index = evidence.line(`/sys/class/net/${name}/ifindex`);
    if (index !== null && !byIndex.has(index)) byIndex.set(index, name);
  }
  return { evidence, names, byIndex, ...readLevels(evidence), vlanIds: readVlanIds(evidence) };
}

/** A bridge or bond shows its members below it, a VLAN what it stands upon. */
function readLevels(evidence: Evidence): Pick<SysNet, 'lower' | 'masters'> {
  const lower = new Map<string, string>();
  const masters = new Map<string, string>();
  // Asked once for each, as thousands may stand on one.
  const isMaster = new Map<string, boolean>();
  for (const path of evidence.existing) {
    const [, above, below] = /^\/sys\/class\/net\/([^/]+)\/lower_(.+)$/.exec(path) ?? [];
    if (above === undefined || below === undefined) continue;
    if (!lower.has(above)) lower.set(above, below);
    const known = isMaster.get(above) ?? masterKinds.has(sysKind(evidence, above));
    isMaster.set(above, known);
    if (known && !masters.has(below)) masters.set(below, above);
  }
  return { lower, masters };
}

const masterKinds: ReadonlySet<string> = new Set(['bridge', 'bond', 'team']);

/** Only root may read this table. */
function readVlanIds(evidence: Evidence): Map<string, number | null> {
  const lines = evidence.lines('/proc/net/vlan/config') ?? [];
  return new Map(
    lines.map((line) => {
      const [device = '', id] = line.split('|').map((cell) => cell.trim());
      return [device, integerOf(id)];
    }),
  );
}

export function sysLink(net: SysNet, name: string): SysLink {
  const { evidence } = net;
  const read = (file: string): string | null => evidence.line(`/sys/class/net/${name}/${file}`);
  const kind = sysKind(evidence, name);
  const isVlan = kind === 'vlan';
  const parent = net.lower.get(name) ?? net.byIndex.get(read('iflink') ?? '') ?? null;
  const master = evidence.link(`/sys/class/net/${name}/master`)?.split('/').at(-1);
  return {
    kind,
    mac: macOf(read('address')),
    macOrigin: macOrigins[read('addr_assign_type') ?? ''],
    physical: evidence.exists(`/sys/class/net/${name}/device`),
    mtu: integerOf(read('mtu')),
    operState: read('operstate'),
    speedMbps: speedOf(read('speed')),
    vlanId: isVlan ? vlanIdOf(net, name) : null,
    parent: isVlan || kind === 'macvlan' ? parent : null,
    master: master || (net.masters.get(name) ?? null),
  };
}

/** NET_ADDR_* of linux/netdevice.h. */
const macOrigins: Readonly<Record<string, ObservedInterface['macOrigin']>> = {
  '0': 'permanent',
  '1': 'random',
  '2': 'stolen',
  '3': 'set',
};

/** Values of DEVTYPE in uevent that are not called as `ip` calls the kind. */
const devtypes: Readonly<Record<string, string>> = {
  wlan: 'wifi',
  gadget: 'ethernet',
  dsa: 'ethernet',
};
/** ARPHRD_* numbers of if_arp.h. */
const arphrd: Readonly<Record<string, string>> = {
  '32': 'infiniband',
  '280': 'can',
  '512': 'ppp',
  '768': 'ipip',
  '769': 'ip6tnl',
  '772': 'loopback',
  '776': 'sit',
  '778': 'gre',
};

/** The kind without help from `ip -d`. */
export function sysKind(evidence: Evidence, name: string): string {
  const base = `/sys/class/net/${name}/`;
  const type = evidence.line(`${base}type`) ?? '';
  const special = arphrd[type];
  if (special) return special;
  const uevent = evidence.lines(`${base}uevent`) ?? [];
  const devtype = uevent.find((line) => line.startsWith('DEVTYPE='))?.slice('DEVTYPE='.length);
  if (devtype) return Object.hasOwn(devtypes, devtype) ? (devtypes[devtype] ?? devtype) : devtype;
  if (evidence.exists(`${base}wireless`) || evidence.exists(`${base}phy80211`)) return 'wifi';
  if (evidence.exists(`${base}bridge`)) return 'bridge';
  if (evidence.exists(`${base}bonding`)) return 'bond';
  if (evidence.lines(`${base}tun_flags`)) return 'tun';
  if (name === 'lo') return 'loopback';
  if (type !== '1' && type !== '') return 'other';
  if (!isVirtual(evidence, name)) return 'ethernet';
  // The other end of a veth has another index; a VLAN has told its DEVTYPE above.
  const ifindex = evidence.line(`${base}ifindex`);
  const iflink = evidence.line(`${base}iflink`);
  return ifindex !== null && iflink !== null && ifindex !== iflink ? 'veth' : 'other';
}

const kindsByName: readonly (readonly [RegExp, string])[] = [
  [/^lo$/, 'loopback'],
  [/^(vlan\d|.*\.\d{1,4}$)/, 'vlan'],
  [/^(wl|wifi|ath)\w*\d/, 'wifi'],
  [/^(vmbr|virbr|lxcbr|docker|podman|br)([-_]|\d|$)/, 'bridge'],
  [/^(bond|team)\d/, 'bond'],
  [/^veth/, 'veth'],
  [/^(tun|tap)\d/, 'tun'],
  [/^wg\d/, 'wireguard'],
  [/^ppp\d/, 'ppp'],
];

/** Where neither the tool nor /sys tells: by the usual names; else what has a MAC is a card. */
export function kindByName({ name, mac }: { name: string; mac?: string | null }): string {
  const known = kindsByName.find(([pattern]) => pattern.test(name));
  return known?.[1] ?? (mac ? 'ethernet' : 'other');
}

function isVirtual(evidence: Evidence, name: string): boolean {
  if (evidence.exists(`/sys/class/net/${name}/device`)) return false;
  return /\/virtual\/net\//.test(evidence.link(`/sys/class/net/${name}`) ?? '');
}

/** What is known of the card behind an interface; nothing that is not told. */
export function cardOf(
  mac: string | null,
  permanentMac: string | null,
  { macOrigin, physical }: SysLink,
): Pick<ObservedInterface, 'permanentMac' | 'macOrigin' | 'physical'> {
  return {
    ...(permanentMac !== null && permanentMac !== mac ? { permanentMac } : {}),
    ...(macOrigin === undefined || mac === null ? {} : { macOrigin }),
    ...(physical ? { physical } : {}),
  };
}

export function macOf(text: string | null | undefined): string | null {
  const mac = text?.trim().toLowerCase() ?? '';
  return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac) && mac !== '00:00:00:00:00:00' ? mac : null;
}

export function integerOf(text: string | null | undefined): number | null {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** -1, and its unsigned form, mean that the link is down or the driver does not know. */
function speedOf(text: string | null): number | null {
  const speed = integerOf(text);
  return speed !== null && speed > 0 && speed < 4_294_967_295 ? speed : null;
}

/** Where the table may not be read the name tells, in both usual forms. */
function vlanIdOf(net: SysNet, name: string): number | null {
  const told = net.vlanIds.get(name);
  return told === undefined ? vlanInName(name) : told;
}

export function vlanInName(name: string): number | null {
  const [, digits] = /(?:\.|vlan)(\d{1,4})$/i.exec(name) ?? [];
  const id = integerOf(digits);
  return id !== null && id >= 1 && id <= 4094 ? id : null;
}
