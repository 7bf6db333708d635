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
  metric: z.number().int().optional().catch(undefined),
  nexthops: z.array(hop).optional(),
});

export const parseRoutes: SectionParser<'routes'> = (evidence) => {
  const part4 = evidence.part('routes4-json');
  const part6 = evidence.part('routes6-json') ?? evidence.part('routes6-text');
  const v4 = familyOf(evidence, 'ipv4', '4');
  const v6 = familyOf(evidence, 'ipv6', '6');
  if (v4 && !v6 && (!part6 || part6.end === 'cut')) {
    return failed(reasonOf('ip -6 route', part6, evidence));
  }
  if (v4 || v6) return ok([...(v4 ?? []), ...(v6 ?? [])]);
  const files = evidence.part('routes-files');
  if (files?.end === 'cut') return failed(reasonOf('/proc/net/route', files, evidence));
  if (evidence.lines('/proc/net/route'))
    return ok([...fromProc4(evidence), ...fromProc6(evidence)]);
  return failed(reasonOf('ip route', part4 ?? evidence.part('routes4-text'), evidence));
};

/** Null where nothing was understood. */
function familyOf(evidence: Evidence, family: Family, digit: '4' | '6'): Route[] | null {
  const json = evidence.part(`routes${digit}-json`);
  const fromJson = json?.end === 0 ? readJson(json.text, family) : null;
  if (fromJson) return fromJson;
  // iproute2 4.13 to 4.15 takes -j and prints text none the less.
  return readText(json, family) ?? readText(evidence.part(`routes${digit}-text`), family);
}

function readJson(text: string, family: Family): Route[] | null {
  // Without any route it prints nothing at all, or an empty list.
  const parsed = z.array(z.unknown()).safeParse(text.trim() === '' ? [] : jsonIn(text));
  if (!parsed.success) return null;
  const known = parsed.data.flatMap((route) => jsonRoute.safeParse(route).data ?? []);
  if (known.length === 0 && parsed.data.length > 0) return null;
  return known.flatMap((route) => fromJson(route, family));
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
    routes.push({ family, destination, gateway, interface: dev, metric });
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
        },
  );
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
