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
      rackId: '019a7f3e-5b1c-7c3e-9b2a-3f1d2c4b5a69',
      tag: 'k3s, old',
      onlyDifferent: true,
      onlyFailed: true,
      onlyOld: true,
      onlyUnobserved: true,
      onlyWithoutRack: false,
      sort: { key: 'memoryBytes', descending: true },
    };
    expect(parseFilter(formatFilter(filter))).toEqual(filter);
    const loose = { ...noFilter, onlyWithoutRack: true };
    expect(parseFilter(formatFilter(loose))).toEqual(loose);
    expect(isNarrowed(loose)).toBe(true);
  });

  it('leaves out what it does not know, so that an old link opens', () => {
    expect(parseFilter('kind=sbc,toaster&sort=colour&rack=7')).toEqual({
      ...noFilter,
      kinds: ['sbc'],
    });
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
