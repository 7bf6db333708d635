import { type Address, formatAddress, parseAddress } from '../../../../shared/network/address.ts';
import {
  formatPrefix,
  type Prefix,
  parseHostAddress,
  usableRange,
} from '../../../../shared/network/prefix.ts';
import { type AddressRange, containsAddress, nextFree } from '../../../../shared/network/range.ts';
import type { Draft, DraftMachine } from '../../../../shared/onboarding/draft.ts';
import type { SummedLink } from '../../../../shared/onboarding/facts-summary.ts';
import type { PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import type { Database } from '../../db/index.ts';

type OfferedAddress = PlacementOffer['addresses'][number];

/** Hands out addresses for all machines of a draft, none twice. */
export class FreeAddresses {
  readonly #db: Database;
  readonly #draft: Draft;
  readonly #prefixes: readonly (Prefix & { readonly id: string; readonly vlanId: string | null })[];
  readonly #given: AddressRange[];

  constructor(db: Database, draft: Draft) {
    this.#db = db;
    this.#draft = draft;
    this.#prefixes = db.tables.prefixSpace.prefixes();
    this.#given = draft.machines
      .flatMap(({ answers }) => answers.addresses)
      .flatMap(({ address }) => asRange(parseHostAddress(address)?.address) ?? []);
  }

  /** For the link that leads out: what it has where that may stay, else the next free one. */
  offerFor(machine: DraftMachine, vlanIds: readonly string[]): OfferedAddress[] {
    const { facts } = machine;
    const link = facts?.links.find(({ name }) => name === facts.defaultLink) ?? facts?.links[0];
    if (facts === null || link === undefined) return [];
    const prefix = this.#prefixFor(link, vlanIds);
    if (prefix === undefined) return [];
    const described = this.#db.tables.prefixSpace.describe([prefix.id]).get(prefix.id);
    const common = {
      interface: link.name,
      gateway: described?.gateway ?? (isIn(prefix, facts.gateway) ? facts.gateway : null),
      dns: facts.dns.filter((server) => parseAddress(server) !== undefined).slice(0, 4),
      prefix: formatPrefix(prefix),
      vlan: described?.vlanName ?? null,
    };
    const own = ownAddress(link, prefix);
    if (own !== undefined && own.dynamic === false) {
      return [{ ...common, address: own.text, set: false, why: 'It has this address already.' }];
    }
    const free = this.#next(prefix);
    if (free === undefined) return [];
    const why = own
      ? `Its address ${own.text} is from a lease; this one is free.`
      : `The next address of ${common.prefix} that nothing has.`;
    return [{ ...common, address: `${formatAddress(free)}/${prefix.length}`, set: true, why }];
  }

  /** The one that was chosen; else that of the VLAN at the port; else the narrowest that it is in. */
  #prefixFor(link: SummedLink, vlanIds: readonly string[]) {
    const chosen = this.#draft.common.prefixId;
    if (chosen !== null) return this.#prefixes.find(({ id }) => id === chosen);
    const own = this.#prefixes
      .filter((prefix) => ownAddress(link, prefix) !== undefined)
      .toSorted((a, b) => b.length - a.length)[0];
    return own ?? this.#prefixes.find(({ vlanId }) => vlanId !== null && vlanIds.includes(vlanId));
  }

  #next(prefix: Prefix): Address | undefined {
    const within = usableRange(prefix);
    const free = nextFree(within, [...this.#db.tables.addresses.taken(within), ...this.#given]);
    const range = asRange(free);
    if (range !== undefined) this.#given.push(range);
    return free;
  }
}

function asRange(address: Address | undefined): AddressRange | undefined {
  return address && { family: address.family, first: address.value, last: address.value };
}

function isIn(prefix: Prefix, text: string | null): boolean {
  const address = text === null ? undefined : parseAddress(text);
  return address !== undefined && containsAddress(prefix, address);
}

function ownAddress(link: SummedLink, prefix: Prefix) {
  for (const { address: text, dynamic } of link.addresses) {
    const parsed = parseHostAddress(text);
    if (parsed !== undefined && containsAddress(prefix, parsed.address)) return { text, dynamic };
  }
  return undefined;
}
