import { describe, expect, it } from 'vitest';
import { dhcpcd } from './dhcpcd.ts';
import { edited, wanted } from './renderer-trial.ts';

describe('dhcpcd', () => {
  const path = '/etc/dhcpcd.conf';

  it('edits the block of the interface, and leaves what follows', () => {
    const text = `hostname

interface eth0
# was .99
static ip_address=192.0.2.99/24
nohook lookup-hostname
static routers=192.0.2.254

interface eth1
static ip_address=198.51.100.2/24
`;
    expect(edited(dhcpcd, { files: { [path]: text } })).toBe(`hostname

interface eth0
# was .99
static ip_address=192.0.2.11/24
static routers=192.0.2.1
static domain_name_servers=192.0.2.1 2001:db8::53
static domain_search=rack.example
nohook lookup-hostname

interface eth1
static ip_address=198.51.100.2/24
`);
  });

  it('adds a block, and refuses what dhcpcd cannot do', () => {
    const plain = wanted({ gateways: [], dns: [], search: [] });
    expect(edited(dhcpcd, { files: { [path]: 'hostname' }, wanted: plain })).toBe(
      'hostname\n\ninterface eth0\nstatic ip_address=192.0.2.11/24\n',
    );
    const two = wanted({ addresses: ['192.0.2.11/24', '192.0.2.12/24'] });
    expect(() => edited(dhcpcd, { files: {}, wanted: two })).toThrow('one address');
    expect(() => edited(dhcpcd, { files: {}, wanted: wanted({ vlan: 3 }) })).toThrow('no VLANs');
  });
});
