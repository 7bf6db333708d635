import { describe, expect, it } from 'vitest';
import type { Asked, Renderer } from '../renderer.ts';
import { networkParams, type Wanted, wantedOf } from '../wanted.ts';
import { dhcpcd } from './dhcpcd.ts';
import { ifupdown } from './ifupdown.ts';
import { netplan } from './netplan.ts';
import { networkManager } from './network-manager.ts';
import { networkd } from './networkd.ts';

const mac = '02:00:00:00:00:11';

function wanted(more: Record<string, unknown> = {}): Wanted {
  const params = networkParams.parse({
    interface: 'eth0',
    addresses: ['192.0.2.11/24'],
    gateways: ['192.0.2.1'],
    dns: ['192.0.2.1', '2001:db8::53'],
    search: ['rack.example'],
    ...more,
  });
  return wantedOf(params, params.interface ?? 'eth0', mac);
}

const both = {
  addresses: ['192.0.2.11/24', '2001:db8::11/64'],
  gateways: ['192.0.2.1', '2001:db8::1'],
};

interface Edit {
  readonly files: Readonly<Record<string, string>>;
  readonly wanted?: Wanted;
  readonly named?: string | null;
}

/** The new text; twice edited is edited once. */
function edited(
  renderer: Renderer,
  { files, wanted: asked = wanted(), named = null }: Edit,
): string {
  const question: Asked = { files: new Map(Object.entries(files)), wanted: asked, named };
  const { path, after } = renderer.edit(question);
  const again = renderer.edit({
    ...question,
    files: new Map([...question.files, [path, `${after}`]]),
  });
  expect(again.after).toBe(after);
  expect(again.path).toBe(path);
  return `${after}`;
}

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

describe('netplan', () => {
  const path = '/etc/netplan/50-cloud-init.yaml';

  it('edits in place: comments, other interfaces and other keys stay', () => {
    const text = `# from cloud-init
network:
    version: 2
    ethernets:
        eth0: # the wired one
            dhcp4: true
            mtu: 9000
        eth1:
            addresses: [198.51.100.2/24]  # storage
`;
    expect(edited(netplan, { files: { [path]: text } })).toBe(`# from cloud-init
network:
    version: 2
    ethernets:
        eth0:
            # the wired one
            dhcp4: false
            mtu: 9000
            addresses:
                - 192.0.2.11/24
            routes:
                - to: default
                  via: 192.0.2.1
            nameservers:
                addresses:
                    - 192.0.2.1
                    - "2001:db8::53"
                search:
                    - rack.example
        eth1:
            addresses: [ 198.51.100.2/24 ] # storage
`);
  });

  it('finds it by its MAC, keeps the other family and routes, deletes gateway4', () => {
    const text = `network:
  version: 2
  ethernets:
    lan:
      match: {macaddress: "02:00:00:00:00:11"}
      addresses:
      - 192.0.2.99/24
      - "2001:db8::9/64"
      gateway4: 192.0.2.254
      routes:
      - {to: 203.0.113.0/24, via: 192.0.2.7}
      - {to: 0.0.0.0/0, via: 192.0.2.254}
      - {to: default, via: "2001:db8::1"}
`;
    const after = edited(netplan, {
      files: { [path]: text },
      wanted: wanted({ dns: [], search: [] }),
    });
    expect(after).toContain('- 192.0.2.11/24\n');
    expect(after).toContain('- "2001:db8::9/64"\n');
    expect(after).not.toContain('254');
    expect(after).toMatch(/to: 203\.0\.113\.0\/24, via: 192\.0\.2\.7/);
    expect(after).toMatch(/to: default, via: "2001:db8::1"/);
    expect(after).toMatch(/to: default\n\s+via: 192\.0\.2\.1\n/);
  });

  it('leaves a file alone that says all of it already, however it is written', () => {
    const text = `network:
  ethernets:
    eth0: {addresses: ["192.0.2.11/24"], routes: [{via: 192.0.2.1, to: default}]}
`;
    const asked = wanted({ dns: [], search: [] });
    const same = text.replace('{via: 192.0.2.1, to: default}', '{to: default, via: 192.0.2.1}');
    expect(edited(netplan, { files: { [path]: same }, wanted: asked })).toBe(same);
  });

  it('makes a VLAN beside its parent', () => {
    const text = 'network:\n  version: 2\n  ethernets:\n    eth0:\n      dhcp4: true\n';
    const vlan = wanted({ vlan: 20, gateways: [], dns: [], search: [] });
    expect(edited(netplan, { files: { [path]: text }, wanted: vlan })).toBe(`${text}  vlans:
    eth0.20:
      id: 20
      link: eth0
      addresses:
        - 192.0.2.11/24
`);
  });

  it('overrides a file of the distribution in /etc, and refuses what matches by pattern', () => {
    const text = 'network:\n  ethernets:\n    eth0:\n      dhcp4: true\n';
    const asked = {
      files: new Map([['/lib/netplan/00-default.yaml', text]]),
      wanted: wanted(),
      named: null,
    };
    expect(netplan.edit(asked)).toMatchObject({
      path: '/etc/netplan/00-default.yaml',
      before: null,
    });
    const any = 'network:\n  ethernets:\n    all:\n      match: {name: "e*"}\n      dhcp4: true\n';
    expect(() => netplan.edit({ ...asked, files: new Map([[path, any]]) })).toThrow(
      'No file of netplan',
    );
    expect(() => netplan.edit({ ...asked, files: new Map([[path, 'network: [']]) })).toThrow(
      'cannot be read',
    );
  });
});

describe('systemd-networkd', () => {
  const path = '/etc/systemd/network/10-eth0.network';

  it('edits the file of the interface; sections and comments stay', () => {
    const text = `# wired
[Match]
Name=eth0

[Network]
# ask the router
DHCP=yes
LLDP=yes

[DHCPv4]
UseDNS=no
`;
    expect(edited(networkd, { files: { [path]: text }, named: path })).toBe(
      text.replace(
        'DHCP=yes\n',
        `DHCP=ipv6
Address=192.0.2.11/24
Gateway=192.0.2.1
DNS=192.0.2.1
DNS=2001:db8::53
Domains=rack.example
`,
      ),
    );
  });

  it('takes away addresses and default routes of sections of their own, of the same family', () => {
    const text = `[Match]
Name=eth0
[Network]
Address=192.0.2.99/24
Address=2001:db8::9/64
[Address]
Address=192.0.2.98/24
[Route]
Gateway=192.0.2.254
[Route]
Gateway=192.0.2.7
Destination=203.0.113.0/24
`;
    const after = edited(networkd, { files: { [path]: text }, named: path });
    expect(after).not.toMatch(/192\.0\.2\.(99|98|254)/);
    expect(after).toContain('Address=2001:db8::9/64\n');
    expect(after).toContain('[Route]\nGateway=192.0.2.7\nDestination=203.0.113.0/24\n');
  });

  it('writes one of its own, read first, where the file is that of many interfaces', () => {
    const many = '/etc/systemd/network/99-default.network';
    const text = '[Match]\nName=e*\n\n[Network]\nDHCP=no\nLLDP=yes\n';
    const asked = { files: new Map([[many, text]]), wanted: wanted(both), named: many };
    const { path: made, before, after } = networkd.edit(asked);
    expect([made, before]).toEqual(['/etc/systemd/network/05-rackhelm-eth0.network', null]);
    expect(after).toMatch(
      /^\[Match\]\nName=eth0\n\n\[Network\]\nDHCP=no\nAddress=192\.0\.2\.11\/24\n/,
    );
    expect(after).toContain('LLDP=yes');
    expect(after).not.toContain('e*');
  });
});

describe('NetworkManager', () => {
  const path = '/etc/NetworkManager/system-connections/Wired connection 1.nmconnection';

  it('edits the connection; what else it holds stays', () => {
    const text = `[connection]
id=Wired connection 1
uuid=11111111-2222-4333-8444-555555555555
type=ethernet

[802-1x]
password=secret words

[ipv4]
dns=9.9.9.9;
method=auto
route1=203.0.113.0/24,192.0.2.7

[ipv6]
method=auto
`;
    expect(edited(networkManager, { files: { [path]: text }, named: path })).toBe(
      text.replace(
        'dns=9.9.9.9;\nmethod=auto\n',
        `address1=192.0.2.11/24,192.0.2.1
dns=192.0.2.1;
dns-search=rack.example;
method=manual
`,
      ),
    );
  });

  it('makes a connection of its own in place of one that is in no file of /etc', () => {
    const named = '/run/NetworkManager/system-connections/Wired connection 1.nmconnection';
    const asked = { files: new Map<string, string>(), wanted: wanted(both), named };
    const { path: made, after, mode } = networkManager.edit(asked);
    expect([made, mode]).toEqual([
      '/etc/NetworkManager/system-connections/rackhelm-eth0.nmconnection',
      0o600,
    ]);
    expect(after).toMatch(/uuid=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}\n/);
    expect(after).toContain('[ipv6]\naddress1=2001:db8::11/64,2001:db8::1\ndns=2001:db8::53;\n');
  });
});

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

describe('what is asked for', () => {
  const ask = (more: Record<string, unknown>) =>
    networkParams.safeParse({ interface: 'eth0', addresses: ['192.0.2.11/24'], ...more }).success;

  it.each([
    [{}, true],
    [{ addresses: ['192.0.2.11'] }, false],
    [{ addresses: ['192.0.2.300/24'] }, false],
    [{ addresses: ['192.0.2.11/24\ngateway x'] }, false],
    [{ gateways: ['192.0.2.1', '192.0.2.2'] }, false],
    [{ gateways: ['2001:db8::1'] }, false],
    [{ interface: 'eth0; reboot' }, false],
    [{ mac: '02:00:00:00:00:11' }, false],
    [{ search: ['a b'] }, false],
    [{ vlan: 4095 }, false],
  ])('%j: %s', (more, fits) => {
    expect(ask(more)).toBe(fits);
  });
});
