import { macOfLeg } from '../fabric.ts';
import type { NodeBuild } from '../looks/index.ts';
import {
  type AllowedRoute,
  addressOf,
  allowedRoutes,
  dhcpRange,
  dnsDomain,
  prefixOf,
  routerHost,
} from '../networks.ts';
import type { NodeSpec } from '../node-spec.ts';

type Interfaces = ReadonlyMap<string, string>;

/** The plan of the networks as nftables rules: what is not allowed is dropped without an answer. */
export function routerRules(slot: number, specs: readonly NodeSpec[], router: NodeSpec): string {
  const interfaces: Interfaces = new Map(
    router.legs.map((leg) => [leg.network as string, leg.interface]),
  );
  const rules = allowedRoutes.flatMap((route) => allowRules(route, { slot, specs, interfaces }));
  const management = interfaces.get('management') ?? '';
  return `table inet rack {
  # For the fault port-blocked.
  set blocked4 { type ipv4_addr . inet_service; }
  set blocked6 { type ipv6_addr . inet_service; }
  chain forward {
    type filter hook forward priority 0; policy drop;
    ip daddr . tcp dport @blocked4 drop
    ip6 daddr . tcp dport @blocked6 drop
    ct state established,related accept
${rules.map((rule) => `    ${rule}`).join('\n')}
  }
  # The router itself serves management only; elsewhere it answers ping.
  chain input {
    type filter hook input priority 0; policy drop;
    iifname { "lo", "${management}" } accept
    ct state established,related accept
    meta l4proto { icmp, ipv6-icmp } accept
  }
}
`;
}

function allowRules(
  route: AllowedRoute,
  context: {
    readonly slot: number;
    readonly specs: readonly NodeSpec[];
    readonly interfaces: Interfaces;
  },
): string[] {
  const { slot, specs, interfaces } = context;
  const path = `iifname "${interfaces.get(route.from.network)}" oifname "${interfaces.get(route.to)}"`;
  const what = route.ports === 'any' ? '' : `tcp dport { ${route.ports.join(', ')} } `;
  const node = specs.find((spec) => spec.name === route.from.node);
  const leg = node?.legs.find((one) => one.network === route.from.network);
  if (!leg) return [`${path} ${what}accept`];
  const { ipv4, ipv6 } = addressOf(slot, leg.network, leg.host);
  return [`${path} ip saddr ${ipv4} ${what}accept`, `${path} ip6 saddr ${ipv6} ${what}accept`];
}

/** DHCP with a reservation for the machines that ask, and names for all of them. */
export function dnsmasqConfig(build: NodeBuild): string {
  const { slot, specs, spec } = build;
  const management = spec.legs.find((leg) => leg.network === 'management');
  const router = addressOf(slot, 'management', routerHost);
  const hosts = specs.flatMap((one) =>
    one.legs.map(({ network, host }, index) => {
      const { ipv4, ipv6 } = addressOf(slot, network, host);
      // The bare name means the first leg; the others carry their network in the name.
      const names =
        index === 0
          ? `${one.name}.${dnsDomain},${one.name}`
          : `${one.name}.${network}.${dnsDomain}`;
      return `host-record=${names},${ipv4},${ipv6}`;
    }),
  );
  const reservations = specs.flatMap((one) =>
    one.legs
      .filter((leg) => leg.dhcp)
      .map((leg) => {
        const address = addressOf(slot, leg.network, leg.host).ipv4;
        return `dhcp-host=${macOfLeg(slot, one, leg)},${one.name},${address}`;
      }),
  );
  const base = prefixOf(slot, 'management').ipv4.replace('0/24', '');
  return [
    `interface=${management?.interface ?? ''}`,
    'bind-interfaces',
    'no-resolv',
    'no-hosts',
    `domain=${dnsDomain}`,
    `local=/${dnsDomain}/`,
    `dhcp-range=${base}${dhcpRange.first},${base}${dhcpRange.last},255.255.255.0,1h`,
    `dhcp-option=option:router,${router.ipv4}`,
    `dhcp-option=option:dns-server,${router.ipv4}`,
    'dhcp-authoritative',
    // Nobody else gives out addresses here, so it need not look for one that is in use.
    'no-ping',
    'dhcp-leasefile=/var/lib/misc/dnsmasq.leases',
    'log-facility=/var/log/dnsmasq.log',
    ...reservations,
    ...hosts,
    '',
  ].join('\n');
}

export function serveRouter(build: NodeBuild): void {
  const { files } = build;
  files.write('etc/nftables.conf', routerRules(build.slot, build.specs, build.spec));
  files.write('etc/dnsmasq.conf', dnsmasqConfig(build));
  files.startStep(
    '20-router',
    'set -e',
    'nft -f /etc/nftables.conf',
    'echo 1 >/proc/sys/net/ipv4/ip_forward',
    'echo 1 >/proc/sys/net/ipv6/conf/all/forwarding',
    'mkdir -p /var/lib/misc',
    'exec dnsmasq --conf-file=/etc/dnsmasq.conf',
  );
}
