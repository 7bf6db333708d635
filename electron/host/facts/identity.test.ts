import { describe, expect, it } from 'vitest';
import { filesOf, sectionsOf } from './output-fixture.ts';

const hostname = (files: Record<string, string>) => sectionsOf({ files: filesOf(files) }).hostname;
const machineId = (files: Record<string, string>, presence = '') =>
  sectionsOf({ files: filesOf(files), presence }).machineId;

describe('the host name', () => {
  it('finds its full form in /etc/hosts as hostname -f would', () => {
    const files = {
      '/proc/sys/kernel/hostname': 'n1',
      '/etc/hosts': '# n1.x\n127.0.1.1 n1.lab.example n1',
    };
    expect(hostname(files)).toEqual({
      status: 'ok',
      data: { hostname: 'n1', fqdn: 'n1.lab.example' },
    });
  });

  it('has no full form where nothing tells one', () => {
    const files = {
      '/proc/sys/kernel/hostname': 'n1',
      '/proc/sys/kernel/domainname': '(none)',
      '/etc/hosts': '127.0.0.1 localhost',
    };
    expect(hostname(files)).toEqual({ status: 'ok', data: { hostname: 'n1', fqdn: null } });
  });

  it('is neither what stands for none nor what a failing uname complains about', () => {
    const files = { '/proc/sys/kernel/hostname': '(none)', '/etc/hostname': 'n3' };
    expect(hostname(files)).toMatchObject({ data: { hostname: 'n3' } });
    const nodename = { end: 1, text: 'uname: cannot get system name' };
    expect(sectionsOf({ nodename }).hostname.status).toBe('failed');
  });

  it('falls back to uname and to /etc/hostname', () => {
    expect(sectionsOf({ nodename: 'n2\n' }).hostname).toMatchObject({ data: { hostname: 'n2' } });
    expect(hostname({ '/etc/hostname': 'n3' })).toMatchObject({ data: { hostname: 'n3' } });
    expect(hostname({})).toMatchObject({ status: 'failed' });
  });

  it('is data however hostile: bounded, without control characters, else unchanged', () => {
    const evil = `$(reboot);\`id\`\u001b]0;x\u0007\u202e'"${'é'.repeat(10_000)}`;
    const section = hostname({ '/proc/sys/kernel/hostname': evil });
    if (section.status !== 'ok') throw new Error(section.reason);
    expect(section.data.hostname).toMatch(/^\$\(reboot\);`id`\]0;x'"é+$/);
    expect(section.data.hostname.length).toBeLessThanOrEqual(255);
  });
});

describe('the machine id', () => {
  const id = '0123456789abcdef0123456789abcdef';
  it('comes from either of its files', () => {
    expect(machineId({ '/etc/machine-id': id })).toEqual({ status: 'ok', data: { machineId: id } });
    expect(machineId({ '/var/lib/dbus/machine-id': id })).toMatchObject({ status: 'ok' });
  });

  it('tells missing, not made yet and not allowed apart', () => {
    expect(machineId({})).toMatchObject({ status: 'absent' });
    expect(machineId({ '/etc/machine-id': 'uninitialized' })).toMatchObject({ status: 'failed' });
    expect(machineId({}, '!/etc/machine-id')).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('may not be read'),
    });
  });
});
