import { describe, expect, it } from 'vitest';
import type { VlanDetails, VlanExposure } from '../../../shared/model/networks.ts';
import { portsText, reachSentences, sizeText, takenText } from './network-words.ts';

const vlan = (extra: Partial<VlanDetails> = {}): VlanDetails => ({
  ...{ id: 'v', number: 30, name: 'ingress', traffic: 'ingress', mtu: null, purpose: null },
  ...{ prefixes: [], prefixCount: 0, untagged: 0, tagged: 0, gear: [], exposed: 0 },
  ...{ devices: [], deviceCount: 0, exposures: [], across: [] },
  ...extra,
});
const exposure = (extra: Partial<VlanExposure> = {}): VlanExposure => ({
  ...{ id: 'e', serviceId: 's', serviceName: 'traefik', protocol: 'tcp', port: 443 },
  ...{ hostname: null, address: null, from: 'internet', fromVlan: null, here: true },
  ...extra,
});
/** Names are kept apart by marks that nobody sees. */
const told = (of: VlanDetails) =>
  reachSentences(of).map((sentence) => sentence.replaceAll(/[\u2068\u2069]/g, ''));

describe('what reaches what', () => {
  it('names each service once with its ports', () => {
    const exposures = [
      exposure({ port: 80 }),
      exposure(),
      exposure({ serviceId: 'g', serviceName: 'gitea', port: 22 }),
    ];
    expect(told(vlan({ exposures }))[0]).toBe(
      'From the internet one reaches traefik on tcp 80 and tcp 443 and gitea on tcp 22.',
    );
  });

  it('says that nothing is reached, and that without a gateway only machines in it are', () => {
    const use = { size: 256, used: 0, ranged: 0 };
    const prefixes = [{ id: 'p', prefix: '10.0.0.0/24', gateway: null, use, ranges: [] }];
    expect(told(vlan({ prefixes, prefixCount: 1 }))).toEqual([
      'From the internet nothing in here is reached.',
      'It has no gateway: it is reached only from machines that have an address in it.',
    ]);
  });

  it('tells the gateway from machines that merely could pass traffic on', () => {
    const across = [
      { deviceId: 'r', name: 'edge', vlans: ['management', 'internal'], gateway: true },
      { deviceId: 'w', name: 'worker', vlans: ['internal'], gateway: false },
    ];
    expect(told(vlan({ across })).slice(1)).toEqual([
      'edge is the gateway and leads to management and internal, as far as its rules let it.',
      'worker also has an address in other VLANs and could pass traffic on.',
    ]);
  });
});

it('counts a network only where somebody could fill it', () => {
  expect(takenText({ size: 256, used: 10, ranged: 100 })).toBe('110 of 256');
  expect(takenText({ size: 2 ** 64, used: 9, ranged: 0 })).toBe('9 in use');
  expect(sizeText(2 ** 64)).toBe('2^64 addresses');
  expect(portsText({ untagged: 0, tagged: 0 })).toBe('no port');
});
