import { formatAddress, parseAddress } from '../../../../shared/network/address.ts';
import { formatPrefix, parsePrefix, usableRange } from '../../../../shared/network/prefix.ts';
import { containsAddress } from '../../../../shared/network/range.ts';
import { groupBy, type LintInventory } from '../lint-inventory.ts';
import {
  addressKey,
  isPlanned,
  isSingle,
  type KnownAddress,
  networksIn,
  text,
} from '../networks-in.ts';
import type { Found, Rule } from '../rule.ts';

const subjectOf = (inventory: LintInventory, { row }: KnownAddress) =>
  inventory.subject('address', row, 'address');

/** Shared on purpose: nothing is wrong when several have it. */
const isShared = ({ row }: KnownAddress) =>
  row.values.role === 'virtual' || row.values.role === 'anycast';

/** What every machine has for its own containers and tunnels may be the same on each. */
function isOwnBridge(inventory: LintInventory, { row }: KnownAddress): boolean {
  const kind = inventory.row('interface', row.values.interface)?.values.kind;
  return ['bridge', 'veth', 'tun', 'loopback', 'dummy', 'vxlan'].includes(String(kind));
}

export const addressTwice: Rule = {
  name: 'address-twice',
  title: 'Addresses that two things have',
  *find(inventory) {
    const { addresses, around } = networksIn(inventory);
    const counted = addresses.filter(
      (one) =>
        isPlanned(one.address) &&
        !isShared(one) &&
        (!isOwnBridge(inventory, one) || around(one.address) !== undefined),
    );
    const byValue = groupBy(counted, ({ address }) => addressKey(address));
    for (const some of byValue.values()) {
      const [first] = some;
      if (first === undefined || some.length < 2) continue;
      yield {
        severity: 'error',
        message: `${formatAddress(first.address)} is on ${some.length} interfaces.`,
        hint: 'Give all but one another address, or mark it as virtual where several share it.',
        subjects: some.map((one) => subjectOf(inventory, one)),
      };
    }
  },
};

export const addressOutsidePrefix: Rule = {
  name: 'address-outside-prefix',
  title: 'Addresses outside the prefixes of their VLAN',
  *find(inventory) {
    const { addresses, prefixes } = networksIn(inventory);
    const byVlan = groupBy(prefixes, ({ row }) => row.values.vlan);
    for (const one of addresses) {
      if (!isPlanned(one.address) || typeof one.row.values.interface !== 'string') continue;
      const vlans = inventory
        .of('vlan-membership', 'interface', one.row.values.interface)
        .map(({ values }) => values.vlan);
      const there = vlans
        .flatMap((vlan) => (vlan === null || vlan === undefined ? [] : (byVlan.get(vlan) ?? [])))
        .filter(({ prefix }) => prefix.family === one.address.family);
      if (there.length === 0) continue;
      if (there.some(({ prefix }) => containsAddress(prefix, one.address))) continue;
      const names = there.slice(0, 3).map(({ prefix }) => formatPrefix(prefix));
      yield {
        severity: 'warning',
        message: `${formatAddress(one.address)} is in none of the prefixes of its VLANs: ${names.join(', ')}.`,
        hint: 'Correct the address, or the VLANs of its interface.',
        subjects: [
          subjectOf(inventory, one),
          ...there.slice(0, 3).map(({ row }) => inventory.subject('prefix', row)),
        ],
      };
    }
  },
};

export const addressLength: Rule = {
  name: 'address-length',
  title: 'Addresses whose prefix length differs from the plan',
  *find(inventory) {
    const { addresses, around } = networksIn(inventory);
    for (const one of addresses) {
      if (isSingle(one) || isShared(one)) continue;
      const prefix = around(one.address);
      if (prefix === undefined || prefix.prefix.length === one.length) continue;
      yield {
        severity: 'warning',
        message: `${text(one.row, 'address')} has a /${one.length}, but the plan has ${formatPrefix(prefix.prefix)} there.`,
        hint: `Change it to /${prefix.prefix.length}, or add the prefix that is meant.`,
        subjects: [subjectOf(inventory, one), inventory.subject('prefix', prefix.row)],
      };
    }
  },
};

export const addressNotForHosts: Rule = {
  name: 'address-not-for-hosts',
  title: 'Addresses that no host can have',
  *find(inventory) {
    const { addresses, around } = networksIn(inventory);
    for (const one of addresses) {
      const prefix =
        around(one.address)?.prefix ?? parsePrefix(text(one.row, 'address'), { hostBits: 'clear' });
      if (prefix === undefined || isSingle(one)) continue;
      const usable = usableRange(prefix);
      if (containsAddress(usable, one.address) || one.address.family === 6) continue;
      const which = one.address.value === prefix.first ? 'network' : 'broadcast';
      yield {
        severity: 'error',
        message: `${formatAddress(one.address)} is the ${which} address of ${formatPrefix(prefix)}.`,
        hint: `Hosts have ${formatAddress({ family: usable.family, value: usable.first })} to ${formatAddress({ family: usable.family, value: usable.last })} there.`,
        subjects: [subjectOf(inventory, one)],
      };
    }
  },
};

export const addressWithoutPrefix: Rule = {
  name: 'address-without-prefix',
  title: 'Addresses in no declared prefix',
  *find(inventory) {
    const { addresses, around, prefixes } = networksIn(inventory);
    const families = new Set(prefixes.map(({ prefix }) => prefix.family));
    const lost = addresses.filter(
      (one) =>
        families.has(one.address.family) &&
        isPlanned(one.address) &&
        !isOwnBridge(inventory, one) &&
        around(one.address) === undefined,
    );
    for (const one of lost) {
      yield {
        severity: 'note',
        message: `${formatAddress(one.address)} is in no prefix of the plan.`,
        hint: 'Add its prefix, so that what is free there can be offered.',
        subjects: [subjectOf(inventory, one)],
      };
    }
  },
};

export const addressInDhcpRange: Rule = {
  name: 'address-in-dhcp-range',
  title: 'Fixed addresses that DHCP may give to others',
  *find(inventory) {
    const { addresses, ranges } = networksIn(inventory);
    const given = ranges.filter(({ row }) => row.values.role === 'dhcp').sort(byStart);
    if (given.length === 0) return;
    const reserved = new Set(
      inventory.rows('dhcp-reservation').flatMap((row) => {
        const address = parseAddress(text(row, 'address'));
        return address === undefined ? [] : [addressKey(address)];
      }),
    );
    for (const one of addresses) {
      const range = given.find((each) => containsAddress(each.range, one.address));
      if (range === undefined || reserved.has(addressKey(one.address))) continue;
      yield {
        severity: 'warning',
        message: `${formatAddress(one.address)} is in the DHCP range ${text(range.row, 'range')}, which may give it to another.`,
        hint: 'Reserve it for its MAC address, or take one outside the range.',
        subjects: [subjectOf(inventory, one), inventory.subject('ip-range', range.row)],
      };
    }
  },
};

function byStart(a: { range: { first: bigint } }, b: { range: { first: bigint } }): number {
  return a.range.first < b.range.first ? -1 : 1;
}

export const reservationClash: Rule = {
  name: 'reservation-clash',
  title: 'Reservations that clash with an address',
  *find(inventory) {
    const { addresses } = networksIn(inventory);
    const taken = groupBy(addresses, ({ address }) => addressKey(address));
    for (const row of inventory.rows('dhcp-reservation')) {
      const address = parseAddress(text(row, 'address'));
      if (address === undefined) continue;
      for (const other of taken.get(addressKey(address)) ?? []) {
        const found = clash(inventory, row, other);
        if (found !== null) yield found;
      }
    }
  },
};

/** Reserved for another MAC address than the interface has that carries it. */
function clash(
  inventory: LintInventory,
  reservation: KnownAddress['row'],
  other: KnownAddress,
): Found | null {
  const { interface: carrier } = other.row.values;
  if (typeof carrier !== 'string' || isShared(other)) return null;
  const macs = inventory.of('mac', 'interface', carrier).map((row) => text(row, 'mac'));
  if (macs.length === 0 || macs.includes(text(reservation, 'mac'))) return null;
  return {
    severity: 'warning',
    message: `${text(reservation, 'address')} is reserved for ${text(reservation, 'mac')}, but ${inventory.nameOf('interface', inventory.row('interface', carrier))} has it.`,
    hint: 'Reserve it for the MAC address of that interface, or change the address.',
    subjects: [
      inventory.subject('dhcp-reservation', reservation, 'mac'),
      inventory.subject('address', other.row),
    ],
  };
}

export const macTwice: Rule = {
  name: 'mac-twice',
  title: 'MAC addresses on two devices',
  *find(inventory) {
    for (const [mac, rows] of inventory.by('mac', 'mac')) {
      const owners = new Set(
        rows.map((row) => inventory.row('interface', row.values.interface)?.values.device),
      );
      if (owners.size < 2) continue;
      yield {
        severity: 'warning',
        message: `${mac} is on ${owners.size} devices.`,
        hint: 'A clone or an adapter that moved; delete it where it no longer is.',
        subjects: rows.map((row) => inventory.subject('mac', row, 'mac')),
      };
    }
  },
};
