import { isIP } from 'node:net';
import { z } from 'zod';
import type { SectionData } from '../../../shared/model/facts.ts';
import { ipv4FromHex, ipv6FromHex, prefixLengthOf, withPrefix } from './addresses.ts';
import type { Evidence } from './evidence.ts';
import type { Part } from './frames.ts';
import { integerOf } from './link-kind.ts';
import { failed, jsonIn, ok, reasonOf, type SectionParser } from './outcome.ts';

type Route = SectionData<'routes'>[number];
type Family = Route['family'];

const hop = z.object({
  gateway: z.string().optional(),
  via: z.object({ host: z.string() }).optional().catch(undefined),
  dev: z.string().optional(),
});
const jsonRoute = hop.extend({
  type: z.string().optional(),
  dst: z.string(),
  metric: z
    .union([
      z.number().int(),
      z
        .string()
        .regex(/^\d{1,10}$/)
        .transform(Number),
    ])
    .optional()
    .catch(undefined),
  prefsrc: z.string().optional().catch(undefined),
  nexthops: z.array(hop).optional(),
});

/** One family's ways; `complete` where nothing says that some of them are missing. */
interface Learned {
  readonly routes: readonly Route[];
  readonly complete: boolean;
}

/** A family that was not learned is not none: then the section fails and says which. */
export const parseRoutes: SectionParser<'routes'> = (evidence) => {
  const v4 = familyOf(evidence, 'ipv4');
  const v6 = familyOf(evidence, 'ipv6');
  const isWhole = v4?.complete && v6?.complete;
  if (!isWhole && !plainWasAsked(evidence) && evidence.part('routes4-json')?.end === 0) {
    evidence.doubt('routes');
  }
  if (v4 && v6) return ok([...v4.routes, ...v6.routes]);
  const bsd = evidence.part('netstat-routes');
  const ofSystem = bsd?.end === 0 ? fromNetstat(bsd.text) : [];
  if (ofSystem.length > 0) return ok(ofSystem);
  return failed(whyNot(evidence, !v4));
};

function plainWasAsked(evidence: Evidence): boolean {
  return evidence.part('routes4-text') !== undefined || evidence.part('routes-files') !== undefined;
}

function whyNot(evidence: Evidence, lacks4: boolean): string {
  const files = evidence.part('routes-files');
  if (files?.end === 'cut') return reasonOf('/proc/net/route', files, evidence);
  const digit = lacks4 ? '4' : '6';
  const part = evidence.part(`routes${digit}-text`) ?? evidence.part(`routes${digit}-json`);
  return reasonOf(lacks4 ? 'ip route' : 'ip -6 route', part, evidence);
}

/** Null where nothing was learned of it. */
function familyOf(evidence: Evidence, family: Family): Learned | null {
  const digit = family === 'ipv4' ? '4' : '6';
  const json = evidence.part(`routes${digit}-json`);
  const text = evidence.part(`routes${digit}-text`);
  const fromJson = json?.end === 0 ? readJson(json.text, family) : null;
  if (fromJson && !isDoubtful(fromJson, family, evidence)) return fromJson;
  // iproute2 4.13 to 4.15 takes -j and prints text none the less.
  const fromText = readText(text, family) ?? readText(json, family);
  if (fromText) return { routes: fromText, complete: text !== undefined || fromText.length > 0 };
  const files = fromFiles(evidence, family);
  if (files && (files.length > 0 || !fromJson)) return { routes: files, complete: true };
  if (fromJson) return { ...fromJson, complete: plainWasAsked(evidence) };
  return isWithout(evidence, family, text ?? json) ? { routes: [], complete: true } : null;
}

/** Some releases end well and leave all of IPv4 out, though connected networks make routes. */
function isDoubtful({ routes, complete }: Learned, family: Family, evidence: Evidence): boolean {
  if (!complete) return true;
  if (routes.length > 0 || family === 'ipv6') return false;
  const asked = ['ip-json', 'ip-detail', 'ip-text'].map(
    (label) => evidence.part(label)?.text ?? '',
  );
  // An ip that tells no addresses either is not to be believed.
  if (evidence.part('ip-json') && asked.every((text) => text.trim() === '')) return true;
  return asked.some((text) => /"local":\s?"(?!127\.)\d+\.|\binet (?!127\.)\d+\./.test(text));
}

/** A kernel without IPv6 says so. */
function isWithout(evidence: Evidence, family: Family, part: Part | undefined): boolean {
  if (family === 'ipv4' || !part || part.end === 0) return false;
  const says = /not supported|address family|no such file/i.test(part.text.slice(0, 500));
  return says && evidence.lines('/proc/net/if_inet6') === undefined;
}

function fromFiles(evidence: Evidence, family: Family): Route[] | null {
  const files = evidence.part('routes-files');
  if (files?.end === 'cut') return null;
  // Without any route of IPv6 its file is empty, which is not told from a missing one.
  if (!evidence.lines('/proc/net/route') && !evidence.lines('/proc/net/ipv6_route')) return null;
  return family === 'ipv4' ? fromProc4(evidence) : fromProc6(evidence);
}

function readJson(text: string, family: Family): Learned | null {
  // Without any route it prints nothing at all, or an empty list.
  const parsed = z.array(z.unknown()).safeParse(text.trim() === '' ? [] : jsonIn(text));
  if (!parsed.success) return null;
  const known = parsed.data.flatMap((route) => jsonRoute.safeParse(route).data ?? []);
  if (known.length === 0 && parsed.data.length > 0) return null;
  const routes = known.flatMap((route) => fromJson(route, family));
  return { routes, complete: known.length === parsed.data.length };
}

/** Ways of several next hops have these on lines of their own, below destination and metric. */
function readText(part: Part | undefined, family: Family): Route[] | null {
  if (part?.end !== 0) return null;
  const routes: Route[] = [];
  let destination: string | null = null;
  let metric: number | null = null;
  for (const line of part.text.split('\n')) {
    if (!/^\s+nexthop /.test(line)) {
      destination = destinationOf(line.split(' ', 1)[0] ?? '', family);
      metric = integerOf(/ metric (\S+)/.exec(line)?.[1]);
    }
    const dev = / dev (\S+)/.exec(line)?.[1];
    if (destination === null || dev === undefined) continue;
    const gateway = / via (?:inet6? )?(\S+)/.exec(line)?.[1] ?? null;
    const source = sourceOf(destination, / src (\S+)/.exec(line)?.[1]);
    routes.push({ family, destination, gateway, interface: dev, metric, ...source });
  }
  return routes.length > 0 || part.text.trim() === '' ? routes : null;
}

/** Routes that lead nowhere (blackhole, unreachable) have no interface, or say lo. */
function fromJson(route: z.infer<typeof jsonRoute>, family: Family): Route[] {
  const destination = destinationOf(route.dst, family);
  if (!destination || (route.type ?? 'unicast') !== 'unicast') return [];
  return [route, ...(route.nexthops ?? [])].flatMap(({ dev, gateway, via }) =>
    dev === undefined
      ? []
      : {
          family,
          destination,
          gateway: gateway ?? via?.host ?? null,
          interface: dev,
          metric: route.metric ?? null,
          ...sourceOf(destination, route.prefsrc),
        },
  );
}

/** Told of the default route alone: which of its addresses the machine shows to others. */
function sourceOf(destination: string, address: string | undefined): Pick<Route, 'source'> {
  const isTold = destination === 'default' && address !== undefined && isIP(address) !== 0;
  return isTold ? { source: address } : {};
}

function destinationOf(dst: string, family: Family): string | null {
  if (dst === 'default') return dst;
  const [address = '', length] = dst.split('/');
  const full = family === 'ipv4' ? 32 : 128;
  return prefixOrDefault(address, length === undefined ? full : Number(length));
}

function prefixOrDefault(address: string, length: number): string | null {
  return length === 0 ? 'default' : withPrefix(address, length);
}

/** Iface Destination Gateway Flags RefCnt Use Metric Mask …, addresses in hex. */
const line4 = /^(\S+)\s+([0-9A-F]{8})\s+([0-9A-F]{8})\s+(?:\S+\s+){3}(\d+)\s+([0-9A-F]{8})\s/;

function fromProc4(evidence: Evidence): Route[] {
  return (evidence.lines('/proc/net/route') ?? []).flatMap((line): Route[] => {
    const [, dev, dst, gateway, metric, mask] = line4.exec(line) ?? [];
    if (!dev || dev === '*' || !dst || !gateway || !mask) return [];
    const destination = prefixOrDefault(ipv4FromHex(dst), prefixLengthOf(ipv4FromHex(mask)) ?? 32);
    if (!destination) return [];
    const via = gateway === '00000000' ? null : ipv4FromHex(gateway);
    return [
      {
        family: 'ipv4',
        destination,
        gateway: via,
        interface: dev,
        metric: integerOf(metric) || null,
      },
    ];
  });
}

/** Destination, its length, source, its length, next hop, metric, references, uses, flags, device. */
const line6 =
  /^([0-9a-f]{32}) ([0-9a-f]{2}) \S+ \S+ ([0-9a-f]{32}) ([0-9a-f]{8}) \S+ \S+ ([0-9a-f]{8})\s+(\S+)$/;
/** RTF_REJECT, RTF_ANYCAST and RTF_LOCAL: the machine's own addresses, not ways to others. */
const notAWay = 0x200n | 0x00100000n | 0x80000000n;

function fromProc6(evidence: Evidence): Route[] {
  return (evidence.lines('/proc/net/ipv6_route') ?? []).flatMap((line): Route[] => {
    const [, dst, length, hopHex, metric, flags, dev] = line6.exec(line) ?? [];
    if (!dst || !length || !hopHex || !metric || !flags || !dev || dev === 'lo') return [];
    if ((BigInt(`0x${flags}`) & notAWay) !== 0n || dst.startsWith('ff')) return [];
    const destination = prefixOrDefault(ipv6FromHex(dst), Number.parseInt(length, 16));
    const via = /^0+$/.test(hopHex) ? null : ipv6FromHex(hopHex);
    if (!destination) return [];
    const order = Number.parseInt(metric, 16);
    return [{ family: 'ipv6', destination, gateway: via, interface: dev, metric: order }];
  });
}

/** `netstat -rn` of BSD and macOS: destination, gateway, flags, …, interface, in a table for each family. */
function fromNetstat(text: string): Route[] {
  let family: Family = 'ipv4';
  return text.split('\n').flatMap((line): Route[] => {
    if (/^Internet6?:/.test(line)) family = line.startsWith('Internet6') ? 'ipv6' : 'ipv4';
    const [dst = '', gateway = '', flags = '', ...rest] = line.trim().split(/\s+/, 12);
    if (!/^U[A-Za-z0-9]{0,15}$/.test(flags)) return [];
    const device = rest.find((word) => /^[a-z][\w.]{0,30}\d$/i.test(word) && !/^\d/.test(word));
    const destination = bsdDestination(dst, family, flags);
    if (!device || !destination) return [];
    const via =
      flags.includes('G') && isIP(gateway.replace(/%.*$/, '')) !== 0
        ? gateway.replace(/%.*$/, '')
        : null;
    return [{ family, destination, gateway: via, interface: device, metric: null }];
  });
}

/** `default`, `10.7/16`, `127` (a network by its class), `192.168.1`, `fe80::%lo0/64`. */
function bsdDestination(dst: string, family: Family, flags: string): string | null {
  if (dst === 'default') return dst;
  const [bare = '', length] = dst.replace(/%[\w.]+/, '').split('/');
  if (family === 'ipv6') return prefixOrDefault(bare, length === undefined ? 128 : Number(length));
  const bytes = bare.split('.');
  const full = [...bytes, '0', '0', '0'].slice(0, 4).join('.');
  const own = bytes.length === 4 || flags.includes('H') ? 32 : bytes.length * 8;
  return prefixOrDefault(full, length === undefined ? own : Number(length));
}
