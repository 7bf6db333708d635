import { formatAddress, parseAddress } from '../../../../shared/network/address.ts';
import { formatPrefix, parsePrefix } from '../../../../shared/network/prefix.ts';
import { containsAddress, containsRange, overlap } from '../../../../shared/network/range.ts';
import type { LintInventory, LintRow } from '../lint-inventory.ts';
import { type KnownPrefix, networksIn, text } from '../networks-in.ts';
import type { Rule } from '../rule.ts';

/** From the outside to the inside: sorted so, a prefix stands behind all that hold it. */
function nested(a: KnownPrefix, b: KnownPrefix): number {
  if (a.prefix.family !== b.prefix.family) return a.prefix.family - b.prefix.family;
  if (a.prefix.first !== b.prefix.first) return a.prefix.first < b.prefix.first ? -1 : 1;
  return a.prefix.length - b.prefix.length;
}

/** Every prefix with the closest one around it that lies in a VLAN. */
function* insideOfVlans(prefixes: readonly KnownPrefix[]): Generator<[KnownPrefix, KnownPrefix]> {
  const around: KnownPrefix[] = [];
  for (const one of [...prefixes].sort(nested)) {
    while (around.length > 0) {
      const outer = around.at(-1);
      if (outer !== undefined && containsRange(outer.prefix, one.prefix)) break;
      around.pop();
    }
    const outer = around.findLast(({ row }) => typeof row.values.vlan === 'string');
    if (outer !== undefined) yield [outer, one];
    around.push(one);
  }
}

export const prefixOverlap: Rule = {
  name: 'prefix-overlap',
  title: 'Prefixes that overlap',
  *find(inventory) {
    for (const [outer, inner] of insideOfVlans(networksIn(inventory).prefixes)) {
      if (inner.row.values.vlan === null || inner.row.values.vlan === outer.row.values.vlan)
        continue;
      const [inside, outside] = [formatPrefix(inner.prefix), formatPrefix(outer.prefix)];
      yield {
        severity: 'error',
        message: `${inside} lies in ${outside}, but in another VLAN.`,
        hint: 'Hosts of the larger one take the others for neighbours. Make one of them smaller.',
        subjects: [inner, outer].map(({ row }) => inventory.subject('prefix', row, 'prefix')),
      };
    }
  },
};

export const gatewayOutside: Rule = {
  name: 'gateway-outside-prefix',
  title: 'Gateways outside their prefix',
  *find(inventory) {
    for (const { row, prefix } of networksIn(inventory).prefixes) {
      const gateway = parseAddress(text(row, 'gateway'));
      if (gateway === undefined || containsAddress(prefix, gateway)) continue;
      yield {
        severity: 'error',
        message: `The gateway ${formatAddress(gateway)} is outside ${formatPrefix(prefix)}.`,
        hint: 'Hosts of the prefix could not reach it.',
        subjects: [inventory.subject('prefix', row, 'gateway')],
      };
    }
  },
};

export const rangeOutside: Rule = {
  name: 'range-outside-prefix',
  title: 'Ranges that no prefix holds',
  *find(inventory) {
    const { ranges, prefixes } = networksIn(inventory);
    for (const { row, range } of ranges) {
      if (!['dhcp', 'load-balancer', 'reserved'].includes(text(row, 'role'))) continue;
      if (prefixes.some(({ prefix }) => containsRange(prefix, range))) continue;
      if (!prefixes.some(({ prefix }) => prefix.family === range.family)) continue;
      const partly = prefixes.find(({ prefix }) => overlap(prefix, range));
      yield {
        severity: 'warning',
        message:
          partly === undefined
            ? `${text(row, 'range')} is in no prefix of the plan.`
            : `${text(row, 'range')} reaches beyond ${formatPrefix(partly.prefix)}.`,
        hint: 'Correct the range, or add its prefix.',
        subjects: [
          inventory.subject('ip-range', row, 'range'),
          ...(partly === undefined ? [] : [inventory.subject('prefix', partly.row)]),
        ],
      };
    }
  },
};

export const rangesOverlap: Rule = {
  name: 'ranges-overlap',
  title: 'Ranges that overlap',
  *find(inventory) {
    const { ranges } = networksIn(inventory);
    const sorted = [...ranges].sort((a, b) => (a.range.first < b.range.first ? -1 : 1));
    for (const [at, one] of sorted.entries()) {
      for (let next = at + 1; next < sorted.length; next += 1) {
        const other = sorted[next];
        if (other === undefined || other.range.first > one.range.last) break;
        if (!overlap(one.range, other.range)) continue;
        yield {
          severity: 'error',
          message: `${text(one.row, 'range')} and ${text(other.row, 'range')} overlap.`,
          hint: 'Two would give out the same addresses. Make one of them smaller.',
          subjects: [one, other].map(({ row }) => inventory.subject('ip-range', row, 'range')),
        };
      }
    }
  },
};

/** What a cluster takes for itself, which nothing else in the rack may have. */
const clusterFields = [
  { field: 'podPrefix', what: 'pods' },
  { field: 'servicePrefix', what: 'services' },
] as const;

export const clusterRangeClash: Rule = {
  name: 'cluster-range-clash',
  title: 'Ranges of clusters that clash with the network',
  *find(inventory) {
    const { prefixes } = networksIn(inventory);
    for (const { cluster, field, what, range } of clusterRanges(inventory)) {
      for (const one of prefixes.filter(({ prefix }) => overlap(prefix, range))) {
        yield {
          severity: 'error',
          message: `The ${what} of ${text(cluster, 'name')} (${text(cluster, field)}) clash with ${formatPrefix(one.prefix)}.`,
          hint: 'Whatever has such an address cannot be reached from inside the cluster.',
          subjects: [
            inventory.subject('cluster', cluster, field),
            inventory.subject('prefix', one.row),
          ],
        };
      }
    }
  },
};

export const clusterRangesOverlap: Rule = {
  name: 'cluster-ranges-overlap',
  title: 'Pods and services of a cluster that overlap',
  *find(inventory) {
    for (const cluster of inventory.rows('cluster')) {
      const pods = parsePrefix(text(cluster, 'podPrefix'));
      const services = parsePrefix(text(cluster, 'servicePrefix'));
      if (pods === undefined || services === undefined || !overlap(pods, services)) continue;
      yield {
        severity: 'error',
        message: `Pods and services of ${text(cluster, 'name')} overlap.`,
        hint: 'They must be apart, and cannot be changed once the cluster is installed.',
        subjects: [inventory.subject('cluster', cluster, 'servicePrefix')],
      };
    }
  },
};

function clusterRanges(inventory: LintInventory) {
  return inventory.rows('cluster').flatMap((cluster: LintRow) =>
    clusterFields.flatMap(({ field, what }) => {
      const range = parsePrefix(text(cluster, field));
      return range === undefined ? [] : [{ cluster, field, what, range }];
    }),
  );
}

export const podRangeClash: Rule = {
  name: 'pod-range-clash',
  title: 'Pod and service ranges that clash with a prefix',
  *find(inventory) {
    const { ranges, prefixes } = networksIn(inventory);
    for (const { row, range } of ranges) {
      if (!['pods', 'services'].includes(text(row, 'role'))) continue;
      const clash = prefixes.find(({ prefix }) => overlap(prefix, range));
      if (clash === undefined) continue;
      yield {
        severity: 'error',
        message: `${text(row, 'range')}, kept for ${text(row, 'role')}, clashes with ${formatPrefix(clash.prefix)}.`,
        hint: 'A cluster keeps such a range for itself; take another prefix.',
        subjects: [
          inventory.subject('ip-range', row, 'range'),
          inventory.subject('prefix', clash.row),
        ],
      };
    }
  },
};
