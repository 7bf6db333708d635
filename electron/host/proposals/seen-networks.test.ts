import { describe, expect, it } from 'vitest';
import { address, observedLink, ok, sampleFacts, withLinks } from '../inventory/sample-facts.ts';
import { seenPrefixes, seenVlans } from './seen-networks.ts';

const eth0 = observedLink({ name: 'eth0', addresses: [address('10.0.0.11/24')] });
const vlan = (name: string, number: number, more = {}) =>
  observedLink({ name, kind: 'vlan', vlanId: number, parent: 'eth0', ...more });

describe('VLANs', () => {
  it.each([
    ['eth0.30', null],
    ['vlan30', null],
    ['storage', 'storage'],
    ['br-lan', 'lan'],
  ])('of an interface called %s are called %s', (name, called) => {
    expect(seenVlans(withLinks([eth0, vlan(name, 30)]))).toMatchObject([
      { number: 30, name: called, interface: name, parent: 'eth0' },
    ]);
  });

  it('are called as the bridge upon them', () => {
    const bridge = observedLink({ name: 'br-storage', kind: 'bridge' });
    const seen = seenVlans(
      withLinks([eth0, vlan('eth0.20', 20, { master: 'br-storage' }), bridge]),
    );
    expect(seen[0]?.name).toBe('storage');
  });

  it('are told by a name upon an interface that is there, and by nothing less', () => {
    const standIn = observedLink({ name: 'eth0.30', kind: 'veth' });
    const other = observedLink({ name: 'wan.5000' });
    expect(seenVlans(withLinks([eth0, standIn, other])).map(({ number }) => number)).toEqual([30]);
  });

  it('are told by the switch, unless it is the one that every port has', () => {
    const neighbour = (pvid: number) => ({
      interface: 'eth0',
      chassisName: 'sw-1',
      chassisId: null,
      portId: null,
      portDescription: null,
      pvid,
    });
    const told = (pvid: number) =>
      seenVlans(sampleFacts({ interfaces: ok([eth0]), lldp: ok([neighbour(pvid)]) }));
    expect(told(20)).toMatchObject([{ number: 20, source: 'neighbour' }]);
    expect(told(1)).toEqual([]);
  });
});

describe('prefixes', () => {
  it('are those of addresses that span a network, with the VLAN that carries them', () => {
    const links = [
      eth0,
      vlan('eth0.20', 20, { addresses: [address('10.0.20.11/24'), address('fd00:20::11/64')] }),
    ];
    expect(
      seenPrefixes(withLinks(links)).map(({ prefix, vlan: number }) => [prefix, number]),
    ).toEqual([
      ['10.0.0.0/24', null],
      ['10.0.20.0/24', 20],
      ['fd00:20::/64', 20],
    ]);
  });

  it('are not those of containers, lone hosts, loopback or link-local', () => {
    const links = [
      observedLink({ name: 'lo', kind: 'loopback', addresses: [address('127.0.0.1/8')] }),
      observedLink({ name: 'docker0', kind: 'bridge', addresses: [address('172.17.0.1/16')] }),
      observedLink({ name: 'cni0', kind: 'bridge', addresses: [address('10.42.0.1/24')] }),
      observedLink({
        name: 'eth0',
        addresses: [address('10.0.0.9/32'), address('fe80::1/64'), address('172.17.0.5/16')],
      }),
    ];
    expect(seenPrefixes(withLinks(links))).toEqual([]);
  });
});
