import { describe, expect, it } from 'vitest';
import { type ManagerSigns, whoManages } from './who-manages.ts';

const nothing: ManagerSigns = {
  nmDevices: [],
  nmConnections: [],
  networkdLink: [],
  ifstate: [],
  dhcpcdRuns: false,
  dhcpcdLines: [],
};
const who = (signs: Partial<ManagerSigns>) => whoManages('eth0', { ...nothing, ...signs });
const connections = '/etc/NetworkManager/system-connections';

describe('who looks after an interface', () => {
  it.each<[string, Partial<ManagerSigns>, string | null]>([
    ['nothing', {}, null],
    [
      'NetworkManager that has it connected',
      { nmDevices: ['eth0:connected', 'lo:unmanaged'] },
      'NetworkManager',
    ],
    [
      'NetworkManager that leaves it alone',
      { nmDevices: ['eth0:unmanaged'], ifstate: ['eth0=eth0'] },
      'ifupdown',
    ],
    [
      'NetworkManager that only looks on',
      { nmDevices: ['eth0:connected (externally)'], ifstate: ['lo=lo', 'eth0=eth0'] },
      'ifupdown',
    ],
    ['networkd', { networkdLink: ['ADMIN_STATE=configured'] }, 'networkd'],
    [
      'networkd that leaves it alone',
      { networkdLink: ['ADMIN_STATE=unmanaged'], dhcpcdRuns: true },
      'dhcpcd',
    ],
    ['ifupdown beside a running dhcpcd', { ifstate: ['eth0=eth0'], dhcpcdRuns: true }, 'ifupdown'],
    ['dhcpcd', { dhcpcdRuns: true }, 'dhcpcd'],
    ['dhcpcd that may not', { dhcpcdRuns: true, dhcpcdLines: ['denyinterfaces veth* eth?'] }, null],
    [
      'dhcpcd that may others only',
      { dhcpcdRuns: true, dhcpcdLines: ['allowinterfaces wlan0'] },
      null,
    ],
  ])('%s', (_, signs, id) => {
    expect(who(signs)?.id ?? null).toBe(id);
  });

  it('is netplan where the file in effect is one that netplan wrote', () => {
    const networkFile = 'NETWORK_FILE=/run/systemd/network/10-netplan-eth0.network';
    expect(who({ networkdLink: ['ADMIN_STATE=configured', networkFile] })?.id).toBe('netplan');
    const run = '/run/NetworkManager/system-connections/netplan-eth0.nmconnection';
    const signs = { nmDevices: ['eth0:connected'], nmConnections: [`eth0:${run}`] };
    expect(who(signs)?.id).toBe('netplan');
  });

  it('names the file, whose name may hold colons', () => {
    const signs = { nmDevices: ['eth0:connected'], nmConnections: [`eth0:${connections}/a\\:b`] };
    expect(who(signs)).toEqual({ id: 'NetworkManager', named: `${connections}/a:b` });
  });
});
