import { expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

const routes = (parts: Record<string, PartFixture>) => sectionsOf(parts).routes;
const v4 = (
  destination: string,
  gateway: string | null,
  dev: string,
  metric: number | null = null,
) => ({
  family: 'ipv4',
  destination,
  gateway,
  interface: dev,
  metric,
});
const v6 = (
  destination: string,
  gateway: string | null,
  dev: string,
  metric: number | null = null,
) => ({
  ...v4(destination, gateway, dev, metric),
  family: 'ipv6',
});

it('reads JSON: hosts, several next hops, ways that lead nowhere', () => {
  const json4 = JSON.stringify([
    {
      dst: 'default',
      gateway: '10.0.10.1',
      dev: 'eth0.10',
      protocol: 'dhcp',
      metric: 100,
      flags: [],
    },
    { dst: '10.9.9.9', via: { family: 'inet6', host: 'fe80::1' }, dev: 'eth0', flags: ['onlink'] },
    {
      dst: '10.50.0.0/16',
      nexthops: [
        { gateway: '10.0.0.1', dev: 'a' },
        { gateway: '10.0.0.2', dev: 'b' },
      ],
    },
    { type: 'blackhole', dst: '10.66.0.0/16', flags: [] },
  ]);
  const json6 = JSON.stringify([
    { type: 'unreachable', dst: 'fd00::/48', dev: 'lo', metric: 1024 },
    { dst: 'FE80:0::/64', dev: 'eth0', metric: 256 },
  ]);
  expect(routes({ 'routes4-json': json4, 'routes6-json': json6 })).toEqual({
    status: 'ok',
    data: [
      v4('default', '10.0.10.1', 'eth0.10', 100),
      v4('10.9.9.9/32', 'fe80::1', 'eth0'),
      v4('10.50.0.0/16', '10.0.0.1', 'a'),
      v4('10.50.0.0/16', '10.0.0.2', 'b'),
      v6('fe80::/64', null, 'eth0', 256),
    ],
  });
});

it('reads the text of busybox', () => {
  const text4 =
    'default via 10.9.0.254 dev br0 \n10.9.0.0/24 dev br0 scope link  src 10.9.0.1 \nunreachable 10.1.0.0/16\n';
  const text6 = 'fd00:9::/64 dev br0  metric 256 \nmulticast ff00::/8 dev v1  metric 256 \n';
  expect(routes({ 'routes4-text': text4, 'routes6-text': text6 })).toEqual({
    status: 'ok',
    data: [
      v4('default', '10.9.0.254', 'br0'),
      v4('10.9.0.0/24', null, 'br0'),
      v6('fd00:9::/64', null, 'br0', 256),
    ],
  });
});

it('decodes /proc', () => {
  const text = filesOf({
    '/proc/net/route':
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\neth0\t00000000\t010A000A\t0003\t0\t0\t100\t00000000\t0\t0\t0\neth0\t000A000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
    '/proc/net/ipv6_route':
      'fd000000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0\n00000000000000000000000000000001 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000003 00000000 80200001       lo',
  });
  expect(routes({ 'routes-files': text })).toEqual({
    status: 'ok',
    data: [
      v4('default', '10.0.10.1', 'eth0', 100),
      v4('10.0.10.0/24', null, 'eth0'),
      v6('fd00::/64', null, 'eth0', 256),
    ],
  });
});

it('has no routes where there are none, and a reason where ip fails', () => {
  expect(routes({ 'routes4-json': '', 'routes6-json': '[]' })).toEqual({ status: 'ok', data: [] });
  expect(routes({ 'routes4-json': { end: 1, text: 'Cannot open netlink socket' } })).toEqual({
    status: 'failed',
    reason: 'ip route: Cannot open netlink socket',
  });
});

it('reads the text that iproute2 4.15 prints under -j', () => {
  const text4 =
    'default via 10.0.0.1 dev eth0 proto dhcp metric 100 \n10.0.0.0/24 dev eth0 proto kernel\n';
  const text6 = 'fe80::/64 dev eth0 proto kernel metric 256 pref medium\n';
  expect(routes({ 'routes4-json': text4, 'routes6-json': text6 })).toEqual({
    status: 'ok',
    data: [
      v4('default', '10.0.0.1', 'eth0', 100),
      v4('10.0.0.0/24', null, 'eth0'),
      v6('fe80::/64', null, 'eth0', 256),
    ],
  });
});

it('reads each next hop of a way in text', () => {
  const text4 =
    'default proto static metric 20 \n\tnexthop via 10.0.0.2 dev a weight 1 \n\tnexthop via inet6 fe80::3 dev b weight 1 \nunreachable 10.1.0.0/16 \n\tnexthop via 10.0.0.9 dev c\n10.9.0.0/24 dev a \n';
  expect(routes({ 'routes4-text': text4, 'routes6-text': '' })).toEqual({
    status: 'ok',
    data: [
      v4('default', '10.0.0.2', 'a', 20),
      v4('default', 'fe80::3', 'b', 20),
      v4('10.9.0.0/24', null, 'a'),
    ],
  });
});

it('keeps the others beside one that it cannot read', () => {
  const json4 = JSON.stringify([
    { dst: 7 },
    { dst: 'default', gateway: '10.0.0.1', dev: 'a', metric: 'x' },
  ]);
  expect(routes({ 'routes4-json': json4, 'routes6-json': '[]' })).toEqual({
    status: 'ok',
    data: [v4('default', '10.0.0.1', 'a')],
  });
  const text4 = 'default via 10.0.0.1 dev a metric 99999999999999999999';
  expect(routes({ 'routes4-text': text4, 'routes6-text': '' })).toEqual({
    status: 'ok',
    data: [v4('default', '10.0.0.1', 'a')],
  });
});

it('does not call the routes that were cut off none', () => {
  const json = '[{"dst":"default","gateway":"10.0.0.1","dev":"a"}]';
  expect(routes({ 'routes4-json': json, 'routes6-json': { end: 'cut', text: '[{' } })).toEqual({
    status: 'failed',
    reason: 'ip -6 route was cut off in the middle: the answer was too long.',
  });
  expect(routes({ presence: '@ip', 'routes4-json': json })).toEqual({
    status: 'failed',
    reason: 'ip -6 route was not heard: what came before it was too long.',
  });
  expect(routes({ presence: '@ip' })).toEqual({
    status: 'failed',
    reason: 'ip route was not heard: what came before it was too long.',
  });
});

it('has those of IPv4 where the machine has no IPv6', () => {
  const json = '[{"dst":"default","gateway":"10.0.0.1","dev":"a"}]';
  const none = { end: 2, text: 'RTNETLINK answers: Operation not supported' };
  expect(routes({ 'routes4-json': json, 'routes6-json': none })).toEqual({
    status: 'ok',
    data: [v4('default', '10.0.0.1', 'a')],
  });
});
