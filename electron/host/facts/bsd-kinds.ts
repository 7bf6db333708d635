/**
 * What interfaces of BSD and macOS are called after: a driver's name and a number. Only what is no
 * network card stands here; every other name with a MAC is one, whatever its driver.
 */
const kindsByDriver: Readonly<Record<string, string>> = {
  lo: 'loopback',
  vlan: 'vlan',
  bridge: 'bridge',
  veb: 'bridge',
  vport: 'bridge',
  lagg: 'bond',
  trunk: 'bond',
  aggr: 'bond',
  bond: 'bond',
  agr: 'bond',
  epair: 'veth',
  pair: 'veth',
  feth: 'veth',
  vether: 'veth',
  wlan: 'wifi',
  tap: 'tun',
  tun: 'tun',
  utun: 'tun',
  vmenet: 'tun',
  wg: 'wireguard',
  vxlan: 'vxlan',
  gif: 'gif',
  stf: 'sit',
  gre: 'gre',
  mgre: 'gre',
  egre: 'gre',
  me: 'gre',
  ng: 'netgraph',
  ppp: 'ppp',
  pppoe: 'ppp',
  carp: 'carp',
  ipsec: 'ipsec',
  enc: 'ipsec',
  pflog: 'pflog',
  pfsync: 'pfsync',
  pflow: 'pflow',
  disc: 'dummy',
  awdl: 'awdl',
  llw: 'awdl',
};

/** By a group that the system puts it into (`groups: vlan`), or by its name; null: perhaps a card. */
export function bsdKind(name: string, groups: readonly string[]): string | null {
  for (const group of groups) {
    const kind = Object.hasOwn(kindsByDriver, group) ? kindsByDriver[group] : undefined;
    if (kind !== undefined) return kind;
  }
  const [, driver = ''] = /^([a-z]+)\d+[a-z]?$/.exec(name) ?? [];
  return Object.hasOwn(kindsByDriver, driver) ? (kindsByDriver[driver] ?? null) : null;
}
