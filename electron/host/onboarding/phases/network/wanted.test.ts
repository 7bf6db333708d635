import { describe, expect, it } from 'vitest';
import { networkParams } from './wanted.ts';

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
