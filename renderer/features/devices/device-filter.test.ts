import { describe, expect, it } from 'vitest';
import {
  type DeviceFilter,
  formatFilter,
  isNarrowed,
  noFilter,
  parseFilter,
  sortedBy,
} from './device-filter.ts';

describe('device filter in the address', () => {
  it('is nothing where nothing is filtered', () => {
    expect(formatFilter(noFilter)).toBe('');
    expect(parseFilter('')).toEqual(noFilter);
  });

  it('reads back what it wrote', () => {
    const filter: DeviceFilter = {
      search: 'pi & co',
      kinds: ['server', 'sbc'],
      statuses: ['offline'],
      rackId: '0193',
      tag: 'k3s, old',
      onlyDifferent: true,
      sort: { key: 'memoryBytes', descending: true },
    };
    expect(parseFilter(formatFilter(filter))).toEqual(filter);
  });

  it('leaves out what it does not know, so that an old link opens', () => {
    expect(parseFilter('kind=sbc,toaster&sort=colour')).toEqual({ ...noFilter, kinds: ['sbc'] });
  });

  it('does not take sorting for narrowing', () => {
    expect(isNarrowed({ ...noFilter, sort: { key: 'os', descending: true } })).toBe(false);
    expect(isNarrowed({ ...noFilter, search: 'a' })).toBe(true);
  });

  it('turns the order round at the second press, and starts upwards on another column', () => {
    const once = sortedBy(noFilter, 'os');
    expect(once.sort).toEqual({ key: 'os', descending: false });
    expect(sortedBy(once, 'os').sort.descending).toBe(true);
    expect(sortedBy(sortedBy(once, 'os'), 'kind').sort).toEqual({ key: 'kind', descending: false });
  });
});
