import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from './routes.ts';

describe('routes', () => {
  const routes: Route[] = [
    { screen: 'overview' },
    { screen: 'devices', query: '' },
    { screen: 'devices', query: 'search=pi&kind=sbc' },
    { screen: 'device', id: 'a/b', tab: 'details' },
    { screen: 'device', id: '0193', tab: 'compare' },
    { screen: 'services' },
    { screen: 'services', id: '0193' },
    { screen: 'networks' },
    { screen: 'networks', thing: 'vlan/20' },
    { screen: 'networks', thing: 'prefix/fd00:20::/64' },
    { screen: 'proposals', query: '' },
    { screen: 'proposals', query: 'area=networks' },
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

  it('says so where there is nothing', () => {
    expect(parseRoute('#/elsewhere').screen).toBe('unknown');
  });

  it('takes an address that is no encoded text for an unknown one, and does not fail', () => {
    expect(parseRoute('#/devices/%').screen).toBe('unknown');
    expect(parseRoute('#/%E0%A4%A').screen).toBe('unknown');
  });
});
