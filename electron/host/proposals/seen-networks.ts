import type { Facts, ObservedInterface } from '../../../shared/model/facts.ts';
import { networkOf, parseAddress } from '../db/index.ts';
import { comparedInterfaces, ownAddresses } from '../inventory/index.ts';

/** One interface of a machine that is in a VLAN, and how that is known. */
export interface SeenVlan {
  readonly number: number;
  /** Null: nothing calls it anything. */
  readonly name: string | null;
  readonly interface: string;
  /** Of a tagged one: the interface that carries it. */
  readonly parent: string | null;
  readonly source: 'interface' | 'name' | 'neighbour';
}

export interface SeenPrefix {
  /** Canonical: `10.0.10.0/24`. */
  readonly prefix: string;
  readonly vlan: number | null;
  readonly addresses: readonly { readonly interface: string; readonly address: string }[];
}

/** VLANs that this machine's interfaces are in. */
export function seenVlans(facts: Facts): readonly SeenVlan[] {
  const links = comparedInterfaces(facts);
  const names = new Set(links.map(({ name }) => name));
  const bridges = new Map(links.map((link) => [link.name, link]));
  const carried = links.flatMap((link): SeenVlan[] => {
    const { name, parent, vlanId } = link;
    if (vlanId !== null) {
      const called = nameOf(link, bridges);
      return [{ number: vlanId, name: called, interface: name, parent, source: 'interface' }];
    }
    // Named as one, upon an interface that is there: as a stand-in where the kernel has no 802.1q.
    const [, below = '', digits] = /^(.+)\.(\d{1,4})$/.exec(name) ?? [];
    const number = Number(digits);
    if (!names.has(below) || !isVlan(number)) return [];
    return [{ number, name: null, interface: name, parent: below, source: 'name' }];
  });
  return [...carried, ...toldBySwitches(facts, names)].filter(({ number }) => isVlan(number));
}

const isVlan = (number: number) => number >= 1 && number <= 4094;

/** What the person called the interface, or the bridge upon it; `eth0.30` and `vlan30` say nothing. */
function nameOf(link: ObservedInterface, all: ReadonlyMap<string, ObservedInterface>) {
  const candidates = [link.name, link.master === null ? '' : (all.get(link.master)?.name ?? '')];
  const told = candidates.find(
    (name) => name !== '' && !/(^|[._-])(vlan|v|vmbr|br|bridge)?[._-]?\d+$/i.test(name),
  );
  return told?.replace(/^br[._-]/i, '') ?? null;
}

/** The untagged VLAN of the switch's port. 1 is what a port has that nobody set. */
function toldBySwitches(facts: Facts, names: ReadonlySet<string>): SeenVlan[] {
  const { lldp } = facts.sections;
  if (lldp.status !== 'ok') return [];
  return lldp.data.flatMap((neighbour): SeenVlan[] => {
    const { interface: name, pvid } = neighbour;
    if (pvid === null || pvid === 1 || !names.has(name)) return [];
    return [{ number: pvid, name: null, interface: name, parent: null, source: 'neighbour' }];
  });
}

/** Docker's first network, which also shows inside its containers. */
const containerNetworks: ReadonlySet<string> = new Set(['172.17.0.0/16']);

/** Networks that this machine has an address in. */
export function seenPrefixes(facts: Facts): readonly SeenPrefix[] {
  const vlans = new Map(seenVlans(facts).map((vlan) => [vlan.interface, vlan.number]));
  const found = new Map<
    string,
    { vlan: number | null; addresses: SeenPrefix['addresses'][number][] }
  >();
  for (const link of comparedInterfaces(facts)) {
    for (const { address } of ownAddresses(link)) {
      const prefix = prefixAround(address);
      if (prefix === undefined || containerNetworks.has(prefix)) continue;
      const known = found.get(prefix) ?? { vlan: null, addresses: [] };
      found.set(prefix, known);
      known.vlan ??= vlans.get(link.name) ?? null;
      known.addresses.push({ interface: link.name, address });
    }
  }
  return [...found].map(([prefix, { vlan, addresses }]) => ({ prefix, vlan, addresses }));
}

/** `10.0.10.11/24` → `10.0.10.0/24`; undefined of a lone host, which says nothing of its network. */
function prefixAround(text: string): string | undefined {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  const bits = address.address.includes(':') ? 128 : 32;
  if (address.prefixLength >= bits || address.prefixLength === 0) return undefined;
  return networkOf(address).prefix;
}
