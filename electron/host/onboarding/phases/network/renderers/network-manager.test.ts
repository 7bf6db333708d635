import { describe, expect, it } from 'vitest';
import { networkManager } from './network-manager.ts';
import { both, edited, wanted } from './renderer-trial.ts';

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
