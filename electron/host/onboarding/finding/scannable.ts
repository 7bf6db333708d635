import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type Prefix, parsePrefix, usableRange } from '../../../../shared/network/prefix.ts';
import { type AddressRange, containsRange, countOf } from '../../../../shared/network/range.ts';
import { type ScannablePrefix, shortestScanned } from '../../../../shared/onboarding/finding.ts';
import type { Database } from '../../db/index.ts';

const mostListed = 100;

/** Networks that are nobody else's: RFC 1918, and what is given out behind carriers (RFC 6598). */
const own = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'];

/** Prefixes of management VLANs, those that may be scanned first. */
export function scannablePrefixes(db: Database): ScannablePrefix[] {
  const { prefixSpace } = db.tables;
  const all = prefixSpace.prefixes();
  const described = prefixSpace.describe(all.map(({ id }) => id));
  return all
    .flatMap((prefix) => {
      const row = described.get(prefix.id);
      if (row?.traffic !== 'management') return [];
      return {
        id: prefix.id,
        prefix: row.prefix,
        vlan: row.vlanName,
        hosts: Number(minimum(countOf(usableRange(prefix)), 1n << 32n)),
        refused: refusalOf(prefix),
      };
    })
    .sort(
      (a, b) =>
        Number(a.refused !== null) - Number(b.refused !== null) ||
        a.prefix.localeCompare(b.prefix, 'en', { numeric: true }),
    )
    .slice(0, mostListed);
}

const minimum = (a: bigint, b: bigint) => (a < b ? a : b);

/** Addresses of the prefix that a scan tries. Throws NOT_FOUND or INVALID_INPUT. */
export function scannedRange(db: Database, prefixId: string): AddressRange {
  const row = db.tables.prefixSpace.describe([prefixId]).get(prefixId);
  const prefix = row && parsePrefix(row.prefix);
  if (row === undefined || prefix === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This prefix does not exist any more.');
  }
  const refused =
    row.traffic === 'management'
      ? refusalOf(prefix)
      : 'Only prefixes of a VLAN for management are scanned.';
  if (refused !== null) throw new RackhelmError('INVALID_INPUT', refused);
  return usableRange(prefix);
}

function refusalOf(prefix: Prefix): string | null {
  if (prefix.family === 6) return 'An IPv6 prefix has too many addresses to try them all.';
  if (prefix.length < shortestScanned) {
    return `It is larger than a /${shortestScanned}, which is the most that is scanned.`;
  }
  const isOwn = own.some((text) => {
    const network = parsePrefix(text);
    return network !== undefined && containsRange(network, prefix);
  });
  return isOwn ? null : 'Its addresses may be those of others; only private networks are scanned.';
}
