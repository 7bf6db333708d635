import { type Address, parseAddress } from '../../network/address.ts';
import { parseHostAddress, parsePrefix, prefixOf } from '../../network/prefix.ts';
import { containsAddress } from '../../network/range.ts';

/** An address of a machine, as it has it or is to have it. */
export interface NodeAddress {
  readonly interface: string;
  /** With prefix length. */
  readonly address: string;
  /** What its VLAN carries; null: it is in none that is documented. */
  readonly traffic: string | null;
  readonly vlan: string | null;
  /** It is given by the plan; what the machine has now may change. */
  readonly planned: boolean;
}

export interface NodePlace {
  readonly interface: string;
  readonly address: string;
  /** One sentence. */
  readonly why: string;
}

/**
 * By which of its addresses a node talks to the others: in the network of the server that it joins, else
 * in the VLAN for what is internal, else by the interface of the default route. Undefined: it has none.
 */
export function nodePlace(
  addresses: readonly NodeAddress[],
  { server, defaultLink }: { readonly server: string | null; readonly defaultLink: string | null },
): NodePlace | undefined {
  const usable = addresses.flatMap((each) => {
    const parsed = parseHostAddress(each.address);
    return parsed === undefined || isLocal(parsed.address) ? [] : [{ ...each, parsed }];
  });
  const planned = usable.filter((one) => one.planned);
  const links = new Set(planned.map((one) => one.interface));
  // Of an interface that is given others, those of now count no more.
  const all = usable.filter((one) => one.planned || !links.has(one.interface));
  const target = server === null ? undefined : parseAddress(server);
  const near = all.find(
    ({ parsed }) => target && containsAddress(prefixOf(parsed.address, parsed.length), target),
  );
  if (near) return placeOf(near, `It is in the network of ${server}.`);
  const internal = all.find(({ traffic }) => traffic === 'internal');
  if (internal)
    return placeOf(internal, `${internal.vlan ?? 'Its VLAN'} carries what is internal.`);
  const leading = all.find((one) => one.interface === defaultLink) ?? all[0];
  return leading && placeOf(leading, 'Its default route leads by this interface.');
}

function placeOf({ interface: link, address }: NodeAddress, why: string): NodePlace {
  return { interface: link, address: address.split('/')[0] ?? address, why };
}

const localNets = ['127.0.0.0/8', '169.254.0.0/16', '::1/128', 'fe80::/10'].flatMap(
  (text) => parsePrefix(text) ?? [],
);

/** Loopback and link-local ones reach nobody else. */
function isLocal(address: Address): boolean {
  return localNets.some((net) => containsAddress(net, address));
}
