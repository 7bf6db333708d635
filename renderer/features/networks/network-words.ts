import {
  type Icon,
  IconArrowsLeftRight,
  IconDatabase,
  IconDots,
  IconSettings,
  IconWorld,
} from '@tabler/icons-react';
import type { trafficKinds } from '../../../shared/model/kinds/networks.ts';
import type { PrefixUse, VlanDetails, VlanExposure } from '../../../shared/model/networks.ts';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';

export type Traffic = (typeof trafficKinds)[number];

/** What a network of that traffic is for, in the order in which the plan shows them. */
export const trafficWords: Readonly<
  Record<Traffic, { readonly label: string; readonly about: string; readonly icon: Icon }>
> = {
  management: { label: 'Management', about: 'how one reaches the machines', icon: IconSettings },
  storage: { label: 'Storage', about: 'what machines read and write', icon: IconDatabase },
  ingress: { label: 'Ingress', about: 'what comes in from outside', icon: IconWorld },
  internal: {
    label: 'Internal',
    about: 'what services say to each other',
    icon: IconArrowsLeftRight,
  },
  other: { label: 'Other', about: 'everything else', icon: IconDots },
};

/** How the ranges of addresses are called. */
export const rangeWords: Readonly<Record<string, string>> = {
  dhcp: 'DHCP',
  reserved: 'kept free',
  'load-balancer': 'load balancer',
  pods: 'pods',
  services: 'services',
  other: 'other',
};
export const rangeWord = (role: string): string => rangeWords[role] ?? role;

/** Beyond this a share says nothing: nobody fills an IPv6 network. */
const countable = 2 ** 24;

export const isCountable = ({ size }: PrefixUse): boolean => size <= countable;
export const shareOf = ({ size, used, ranged }: PrefixUse): number => (used + ranged) / size;

/** `112 of 256`, or `9 in use` where the whole is endless. */
export function takenText(use: PrefixUse): string {
  const taken = use.used + use.ranged;
  if (!isCountable(use)) return `${taken.toLocaleString('en')} in use`;
  return `${taken.toLocaleString('en')} of ${use.size.toLocaleString('en')}`;
}

/** `2^64` where nobody reads the number. */
export function sizeText(size: number): string {
  return size <= countable
    ? formatCount(size, 'address', 'addresses')
    : `2^${Math.round(Math.log2(size))} addresses`;
}

/** `core-switch: 12 untagged, 2 tagged`. */
export function portsText({ untagged, tagged }: { untagged: number; tagged: number }): string {
  const parts = [
    ...(untagged > 0 ? [`${untagged.toLocaleString('en')} untagged`] : []),
    ...(tagged > 0 ? [`${tagged.toLocaleString('en')} tagged`] : []),
  ];
  return parts.join(', ') || 'no port';
}

const inTurn = (names: readonly string[]) => {
  const [last, ...before] = names.toReversed();
  const rest = before.toReversed().join(', ');
  return rest === '' ? (last ?? '') : `${rest} and ${last}`;
};

/** What reaches what in a VLAN, as far as it is declared: one sentence each. */
export function reachSentences(vlan: VlanDetails): string[] {
  return [...outside(vlan), ...between(vlan)];
}

function outside({ exposures }: VlanDetails): string[] {
  const here = exposures.filter((one) => one.here);
  const from = (kind: VlanExposure['from']) => here.filter((one) => one.from === kind);
  const told = (start: string, list: readonly VlanExposure[]) =>
    list.length === 0 ? [] : [`${start} ${inTurn(servicesOf(list))}.`];
  const elsewhere = exposures.filter((one) => !one.here);
  return [
    ...(from('internet').length === 0
      ? ['From the internet nothing in here is reached.']
      : told('From the internet one reaches', from('internet'))),
    ...told('From every network inside one reaches', from('anywhere-inside')),
    ...told('From single VLANs one reaches', from('vlan')),
    ...told('From here one reaches elsewhere', elsewhere),
  ];
}

/** More are told by the list below. */
const toldServices = 6;

/** `gitea on tcp 22 and tcp 443`, each service once. */
function servicesOf(list: readonly VlanExposure[]): string[] {
  const byService = Map.groupBy(list, ({ serviceId }) => serviceId);
  return [...byService.values()].slice(0, toldServices).map((own) => {
    const ports = own.flatMap(({ port, protocol }) =>
      port === null ? [] : [`${protocol ?? 'tcp'} ${port}`],
    );
    const from = own.flatMap(({ fromVlan }) => (fromVlan === null ? [] : [isolated(fromVlan)]));
    return [
      isolated(own[0]?.serviceName ?? ''),
      ...(ports.length === 0 ? [] : [`on ${inTurn(ports)}`]),
      ...(from.length === 0 ? [] : [`(from ${inTurn([...new Set(from)])})`]),
    ].join(' ');
  });
}

function between({ prefixes, across }: VlanDetails): string[] {
  const gateways = across.filter((one) => one.gateway);
  const others = across.filter((one) => !one.gateway);
  const declared = prefixes.some(({ gateway }) => gateway !== null);
  const led = gateways.map(
    ({ name, vlans }) =>
      `${isolated(name)} is the gateway and leads to ${inTurn(vlans.map(isolated))}, as far as its rules let it.`,
  );
  return [
    ...led,
    ...(declared || prefixes.length === 0
      ? []
      : ['It has no gateway: it is reached only from machines that have an address in it.']),
    ...(others.length === 0
      ? []
      : [
          `${inTurn(others.slice(0, 5).map(({ name }) => isolated(name)))}${others.length > 5 ? ` and ${others.length - 5} more` : ''} also ${others.length === 1 ? 'has an address' : 'have addresses'} in other VLANs and could pass traffic on.`,
        ]),
  ];
}

export function speedText(mbps: number): string {
  return mbps >= 1_000 ? `${mbps / 1_000} Gbit/s` : `${mbps} Mbit/s`;
}
