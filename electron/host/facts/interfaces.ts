import type { ObservedAddress, ObservedInterface } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import { fromIfconfig, type ListedInterface } from './interfaces-ifconfig.ts';
import { fromIpJson } from './interfaces-ip-json.ts';
import { fromIpText } from './interfaces-ip-text.ts';
import { addressesFromProc } from './interfaces-proc.ts';
import { cardOf, kindByName, readSysNet, type SysNet, sysLink, vlanInName } from './link-kind.ts';
import { failed, type Outcome, ok, reasonOf, type SectionParser } from './outcome.ts';
import { reachedFamily } from './reached-at.ts';

/** The best of what the machine could tell: `ip -j -d`, `ip -d`, busybox `ip`, ifconfig, /sys and /proc. */
export const parseInterfaces: SectionParser<'interfaces'> = (evidence) => {
  const net = readSysNet(evidence);
  const json = evidence.part('ip-json');
  const fromJson = json?.end === 0 ? fromIpJson(json.text, net) : null;
  if (fromJson?.complete) return believed(evidence, fromJson.links);
  // iproute2 4.13 takes -j and prints text none the less.
  for (const label of ['ip-json', 'ip-detail', 'ip-text']) {
    const part = evidence.part(label);
    const listed = part?.end === 0 ? fromIpText(part.text) : [];
    if (listed.length > 0) return believed(evidence, complete(listed, net));
  }
  // It answered, and nothing or half: the same is asked in plain words then.
  if (json?.end === 0) evidence.doubt('addresses');
  if (fromJson && fromJson.links.length > 0)
    return believed(evidence, withSilent(fromJson.links, net));
  const listed = askedWithoutIp(evidence) ? withoutIp(net) : [];
  if (listed.length > 0) return believed(evidence, complete(listed, net));
  if (json || evidence.hasTool('ip')) return failed(reasonOf('ip', json, evidence));
  return failed('Neither ip, ifconfig nor /sys/class/net is there.');
};

/** Whoever reached it at an address of a family knows that it has one: no list without is whole. */
function believed(evidence: Evidence, links: ObservedInterface[]): Outcome<ObservedInterface[]> {
  const unique = firstOfEach(links);
  const family = reachedFamily(evidence);
  if (family === null) return ok(unique);
  const has = unique.some(({ addresses }) =>
    addresses.some((address) => address.family === family),
  );
  if (has) return ok(unique);
  if (!evidence.part('ip-detail') && !evidence.part('ip-text')) evidence.doubt('addresses');
  const name = family === 'ipv4' ? 'IPv4' : 'IPv6';
  return failed(`The machine was reached by ${name}, but its tools tell no ${name} address.`);
}

/** Some releases list one twice, as one may be called in two ways. */
function firstOfEach(links: readonly ObservedInterface[]): ObservedInterface[] {
  const byName = new Map<string, ObservedInterface>();
  for (const link of links) if (!byName.has(link.name)) byName.set(link.name, link);
  return [...byName.values()];
}

/** What /sys knows and a list that was only half understood does not name. */
function withSilent(links: ObservedInterface[], net: SysNet): ObservedInterface[] {
  const told = new Set(links.map(({ name }) => name));
  const silent = [...net.names].filter((name) => !told.has(name));
  const addresses = addressesFromProc(net.evidence);
  const listed = silent.map((name) => ({ name, addresses: addresses.get(name) ?? [] }));
  return [...links, ...complete(listed, net)];
}

/** /sys tells the interfaces without their addresses: that alone would call these none. */
function askedWithoutIp(evidence: Evidence): boolean {
  const parts = [evidence.part('ifconfig'), evidence.part('net-files')];
  return parts.some((part) => part && part.end !== 'cut');
}

function withoutIp(net: SysNet): ListedInterface[] {
  const { evidence } = net;
  const told = fromIfconfig(evidence.part('ifconfig')?.text ?? '');
  const known = new Set(told.map(({ name }) => name));
  const silent = [...net.names].filter((name) => !known.has(name));
  const fromProc = addressesFromProc(evidence);
  const all = [...told, ...silent.map((name): ListedInterface => ({ name, addresses: [] }))];
  return all.map((listed) => {
    const has4 = listed.addresses.some(({ family }) => family === 'ipv4');
    const has6 = listed.addresses.some(({ family }) => family === 'ipv6');
    const found = fromProc.get(listed.name) ?? [];
    const extra = found.filter(({ family }) => (family === 'ipv4' ? !has4 : !has6));
    return { ...listed, addresses: [...listed.addresses.map(withFlags(found)), ...extra] };
  });
}

/** ifconfig of Linux has no word for the flags of an address; the kernel's table has them. */
function withFlags(found: readonly ObservedAddress[]) {
  const byAddress = new Map(found.map((address) => [address.address, address]));
  return (told: ObservedAddress): ObservedAddress => {
    const known = told.family === 'ipv6' ? byAddress.get(told.address) : undefined;
    return known ? { ...known, ...told, dynamic: told.dynamic ?? known.dynamic } : told;
  };
}

/** What the tool said comes first; /sys fills what it left out. */
function complete(listed: readonly ListedInterface[], net: SysNet): ObservedInterface[] {
  return listed.map((told) => {
    const sys = sysLink(net, told.name);
    const kind = told.kind ?? (net.names.has(told.name) ? sys.kind : kindByName(told));
    const isUpon = kind === 'vlan' || kind === 'macvlan' || kind === 'ipvlan';
    const mac = told.mac ?? sys.mac;
    return {
      name: told.name,
      kind,
      mac,
      ...cardOf(mac, told.permanentMac ?? null, sys),
      mtu: told.mtu ?? sys.mtu,
      operState: told.operState ?? sys.operState,
      speedMbps: told.speedMbps ?? sys.speedMbps,
      vlanId: kind === 'vlan' ? (told.vlanId ?? sys.vlanId ?? vlanInName(told.name)) : null,
      parent: isUpon ? (told.link ?? sys.parent) : null,
      master: told.master ?? sys.master,
      addresses: [...told.addresses],
    };
  });
}
