import { describe, expect, it } from 'vitest';
import { ifupdown } from './ifupdown.ts';
import { both, edited, wanted } from './renderer-trial.ts';

describe('ifupdown', () => {
  const main = '/etc/network/interfaces';

  it('turns DHCP into an address; comments, hooks and other interfaces stay', () => {
    const text = `# by hand
source /etc/network/interfaces.d/*

auto lo
iface lo inet loopback

# the wired one
allow-hotplug eth0
iface eth0 inet dhcp
\tmtu 9000
\tpost-up /usr/local/bin/hook

# the second
auto eth1
iface eth1 inet static
\taddress 198.51.100.2/24
`;
    expect(edited(ifupdown, { files: { [main]: text } })).toBe(
      text.replace(
        'iface eth0 inet dhcp\n',
        `iface eth0 inet static
\taddress 192.0.2.11/24
\tgateway 192.0.2.1
\tdns-nameservers 192.0.2.1 2001:db8::53
\tdns-search rack.example
`,
      ),
    );
  });

  it('replaces address, netmask and gateway, and adds what a second family and address need', () => {
    const text = `auto eth0
iface eth0 inet static
    address 192.0.2.99
    netmask 255.255.255.0
    broadcast 192.0.2.255
    gateway 192.0.2.254
    hwaddress 02:00:00:00:00:12
`;
    const more = { ...both, addresses: [...both.addresses, '192.0.2.12/24'], dns: [], search: [] };
    expect(edited(ifupdown, { files: { [main]: text }, wanted: wanted(more) })).toBe(`auto eth0
iface eth0 inet static
    address 192.0.2.11/24
    gateway 192.0.2.1
    hwaddress 02:00:00:00:00:12

iface eth0 inet static
    address 192.0.2.12/24

iface eth0 inet6 static
    address 2001:db8::11/64
    gateway 2001:db8::1
`);
  });

  it('takes away the second address that is not wanted any more', () => {
    const text = `auto eth0
iface eth0 inet static
    address 192.0.2.11/24
iface eth0 inet static
    address 192.0.2.12/24

# last
iface eth1 inet manual
`;
    const plain = wanted({ gateways: [], dns: [], search: [] });
    expect(edited(ifupdown, { files: { [main]: text }, wanted: plain })).toBe(
      text.replace('iface eth0 inet static\n    address 192.0.2.12/24\n', ''),
    );
  });

  it('makes a VLAN on top, brought up at boot, and leaves its parent', () => {
    const text = 'auto eth0\niface eth0 inet dhcp\n';
    const vlan = wanted({ vlan: 20, gateways: [], dns: [], search: [] });
    expect(edited(ifupdown, { files: { [main]: text }, wanted: vlan })).toBe(`${text}
auto eth0.20
iface eth0.20 inet static
    address 192.0.2.11/24
    vlan-raw-device eth0
`);
  });

  it('edits the file that says it, and refuses where several do', () => {
    const stanza = 'auto eth0\niface eth0 inet dhcp\n';
    const files = { [main]: 'source interfaces.d/*\n', [`${main}.d/eth0`]: stanza };
    const asked = { files: new Map(Object.entries(files)), wanted: wanted(), named: null };
    expect(ifupdown.edit(asked).path).toBe(`${main}.d/eth0`);
    const twice = new Map(Object.entries({ [main]: stanza, [`${main}.d/eth0`]: stanza }));
    expect(() => ifupdown.edit({ ...asked, files: twice })).toThrow('several files');
  });
});
