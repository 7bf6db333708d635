import { IconBinaryTree2, IconNetwork, IconWorld } from '@tabler/icons-react';
import type { Proposal } from '../../../shared/model/proposals.ts';

export const proposalIcons = {
  service: IconWorld,
  vlan: IconNetwork,
  prefix: IconBinaryTree2,
} as const;

/** Abbreviations as they are written; other kinds are words. */
const kindWords: Readonly<Record<string, string>> = {
  dns: 'DNS',
  dhcp: 'DHCP',
  ai: 'AI',
  vpn: 'VPN',
  other: 'some',
};

/** What accepting it would make: `database service, tcp 5432`. */
export function proposedText({ proposed }: Pick<Proposal, 'proposed'>): string {
  switch (proposed.kind) {
    case 'service': {
      const ports = portsText(proposed.ports);
      const kind = kindWords[proposed.serviceKind] ?? proposed.serviceKind;
      return `${kind} service${ports === '' ? '' : `, ${ports}`}`;
    }
    case 'vlan':
      return `VLAN ${proposed.number}`;
    case 'prefix':
      return proposed.vlan === null ? 'Prefix' : `Prefix in VLAN ${proposed.vlan}`;
  }
}

const portsShown = 4;

/** `tcp 80, 443; udp 53`, at most a few. */
export function portsText(
  ports: readonly { readonly protocol: string; readonly port: number }[],
): string {
  const shown = ports.slice(0, portsShown);
  const more = ports.length - shown.length;
  const byProtocol = new Map<string, number[]>();
  for (const { protocol, port } of shown) {
    byProtocol.set(protocol, [...(byProtocol.get(protocol) ?? []), port]);
  }
  const text = [...byProtocol]
    .map(([protocol, numbers]) => `${protocol} ${numbers.join(', ')}`)
    .join('; ');
  return more > 0 ? `${text} and ${more} more` : text;
}
