import { describe, expect, it } from 'vitest';
import { networkd } from './networkd.ts';
import { both, edited, wanted } from './renderer-trial.ts';

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
