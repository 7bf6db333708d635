import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route, routeOfKind, routeOfThing } from './routes.ts';

describe('routes', () => {
  const routes: Route[] = [
    { screen: 'overview' },
    { screen: 'devices', query: '' },
    { screen: 'devices', query: 'search=pi&kind=sbc' },
    { screen: 'device', id: 'a/b', tab: 'details' },
    { screen: 'device', id: '0193', tab: 'compare' },
    { screen: 'services' },
    { screen: 'services', id: '0193' },
    { screen: 'services', view: 'graph' },
    { screen: 'services', view: 'graph', id: '0193' },
    { screen: 'networks' },
    { screen: 'networks', thing: 'vlan/20' },
    { screen: 'networks', thing: 'prefix/fd00:20::/64' },
    { screen: 'networks', view: 'prefixes' },
    { screen: 'networks', view: 'prefixes', thing: '0193' },
    { screen: 'racks' },
    { screen: 'racks', view: 'cables' },
    { screen: 'storage' },
    { screen: 'gpus' },
    { screen: 'gpus', id: '0192' },
    { screen: 'kind', kind: 'address', query: '' },
    { screen: 'kind', kind: 'ip-range', query: 'search=dhcp&sort=-range' },
    { screen: 'thing', kind: 'vlan', id: '0193' },
    { screen: 'thing', kind: 'vlan', id: 'a/b', tab: 'history' },
    { screen: 'proposals', query: '' },
    { screen: 'proposals', query: 'area=networks' },
    { screen: 'jobs', query: '' },
    { screen: 'jobs', query: 'state=failed&kind=onboarding' },
    { screen: 'job', id: '0193' },
    { screen: 'job', id: '0193', at: 'plan' },
    { screen: 'cluster' },
    { screen: 'cluster-contexts' },
    { screen: 'cluster-contexts', adding: true },
    { screen: 'cluster', context: '0193' },
    { screen: 'cluster', context: '0193', kind: 'pods', query: 'ns=shop&level=bad' },
    {
      screen: 'cluster',
      context: '0193',
      kind: 'pods',
      object: { namespace: 'shop', name: 'web-1' },
      tab: 'yaml',
    },
    {
      screen: 'cluster',
      context: '0193',
      kind: 'clusterroles.rbac.authorization.k8s.io',
      object: { namespace: null, name: 'system:a/b' },
    },
    { screen: 'history' },
    { screen: 'history', query: 'who=ada&source=cli' },
  ];

  it.each(routes)('reads back what it wrote: %o', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('opens the overview for an empty hash and for the one-time key', () => {
    expect(parseRoute('')).toEqual({ screen: 'overview' });
    expect(parseRoute('#token=abc')).toEqual({ screen: 'overview' });
  });

  it('falls back to the details for a tab that does not exist', () => {
    expect(parseRoute('#/devices/1/nonsense')).toEqual({
      screen: 'device',
      id: '1',
      tab: 'details',
    });
  });

  it('leads to the own table and page of devices, whatever way it is asked for them', () => {
    expect(parseRoute('#/kinds/device?search=pi')).toEqual({ screen: 'devices', query: '' });
    expect(parseRoute('#/things/device/7')).toEqual({ screen: 'device', id: '7', tab: 'details' });
    expect(routeOfThing('device', '7')).toEqual(parseRoute('#/devices/7'));
    expect(routeOfKind('vlan', 'search=a')).toEqual(parseRoute('#/kinds/vlan?search=a'));
  });

  it('says so where there is nothing', () => {
    expect(parseRoute('#/kinds/nonsense').screen).toBe('unknown');
    expect(parseRoute('#/things/vlan').screen).toBe('unknown');
    expect(parseRoute('#/elsewhere').screen).toBe('unknown');
  });

  it('takes an address that is no encoded text for an unknown one, and does not fail', () => {
    expect(parseRoute('#/devices/%').screen).toBe('unknown');
    expect(parseRoute('#/%E0%A4%A').screen).toBe('unknown');
  });
});
