import { describe, expect, it } from 'vitest';
import { netplan } from './netplan.ts';
import { edited, wanted } from './renderer-trial.ts';

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
