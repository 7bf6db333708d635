import { describe, expect, it } from 'vitest';
import { overriddenBy, sameValue, sysctlPath, withSysctls } from './sysctl-text.ts';

const ours = '/etc/sysctl.d/90-rackhelm.conf';
const forward = { 'net.ipv4.ip_forward': '1' };

it('knows both ways to write a key, also with a VLAN’s dot in it', () => {
  expect(sysctlPath('net.ipv4.ip_forward')).toBe('net/ipv4/ip_forward');
  expect(sysctlPath('net/ipv4/conf/eth0.30/rp_filter')).toBe('net/ipv4/conf/eth0.30/rp_filter');
  expect(sysctlPath('net.ipv4.conf.eth0/30.rp_filter')).toBe('net/ipv4/conf/eth0.30/rp_filter');
  expect(sameValue('4096\t131072 6291456', '4096 131072\t6291456\n')).toBe(true);
});

describe('withSysctls', () => {
  it('makes the file, adds to it and changes what is other, keeping the rest', () => {
    expect(withSysctls(null, forward)).toBe('# Written by Rackhelm.\nnet.ipv4.ip_forward = 1\n');
    expect(withSysctls('# mine\nvm.swappiness=10\nnet/ipv4/ip_forward=0', forward)).toBe(
      '# mine\nvm.swappiness=10\nnet/ipv4/ip_forward= 1',
    );
    expect(withSysctls('vm.swappiness=10', forward)).toBe(
      'vm.swappiness=10\nnet.ipv4.ip_forward = 1\n',
    );
  });

  it.each([null, '', 'a=1', '# x\n\n', 'net.ipv4.ip_forward = 0\n'])(
    'finds nothing more to do in its own result: %j',
    (text) => {
      const once = withSysctls(text, forward);
      expect(withSysctls(once, forward)).toBe(once);
    },
  );
});

describe('overriddenBy', () => {
  const told = (...lines: string[]) => overriddenBy(lines, ours, forward);

  it('tells of a later file that sets another value, and not of an earlier one', () => {
    expect(told('/etc/sysctl.d/99-hardening.conf:net.ipv4.ip_forward=0')).toEqual([
      { file: '/etc/sysctl.d/99-hardening.conf', key: 'net.ipv4.ip_forward', value: '0' },
    ]);
    expect(told('/etc/sysctl.d/10-x.conf:net.ipv4.ip_forward=0')).toEqual([]);
    expect(told('/usr/lib/sysctl.d/95-x.conf:-net/ipv4/ip_forward = 0')).toHaveLength(1);
    expect(told('/etc/sysctl.conf:net.ipv4.ip_forward = 0')).toHaveLength(1);
  });

  it('lets the last one speak, and a file of the same name in /etc hide the others', () => {
    expect(
      told(
        '/etc/sysctl.d/95-x.conf:net.ipv4.ip_forward=0',
        '/etc/sysctl.d/99-x.conf:net.ipv4.ip_forward=1',
      ),
    ).toEqual([]);
    expect(
      told('/usr/lib/sysctl.d/99-x.conf:net.ipv4.ip_forward=0', '/etc/sysctl.d/99-x.conf:a.b=1'),
    ).toEqual([]);
  });

  it('is not misled by comments or keys that only begin alike', () => {
    expect(
      told(
        '/etc/sysctl.d/99-x.conf:#net.ipv4.ip_forward=0',
        '/etc/sysctl.d/99-x.conf:net.ipv4.ip_forward_use_pmtu=0',
      ),
    ).toEqual([]);
  });
});
