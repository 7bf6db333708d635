import { describe, expect, it } from 'vitest';
import { formatFilter, noFilter, parseFilter, sortedBy, withCondition } from './record-filter.ts';

describe('what a table of a kind is narrowed to', () => {
  it.each([
    '',
    'search=10.0.20',
    'f.role=host%2Cvirtual&sort=-address',
    'f.interface=-',
    'f.dnsName=%7Elab',
    'sort=-',
  ])('stands in the address and is read back from it: %s', (query) => {
    expect(formatFilter(parseFilter('address', query))).toBe(query);
  });

  it('leaves out what the kind does not have', () => {
    const filter = parseFilter('vlan', 'f.colour=red&f.toString=1&sort=constructor&f.traffic=');
    expect(filter).toEqual(noFilter('vlan'));
  });

  it('has one condition for each field', () => {
    const first = withCondition(noFilter('vlan'), 'traffic', {
      field: 'traffic',
      any: ['storage'],
    });
    const second = withCondition(first, 'traffic', { field: 'traffic', declared: false });
    expect(second.where).toEqual([{ field: 'traffic', declared: false }]);
    expect(withCondition(second, 'traffic', null).where).toEqual([]);
  });

  it('keeps yes and no as such', () => {
    expect(parseFilter('interface', 'f.management=no').where).toEqual([
      { field: 'management', any: [false] },
    ]);
  });

  it('turns round what is sorted by already', () => {
    const once = sortedBy(noFilter('vlan'), 'name');
    expect(sortedBy(once, 'name').sort).toEqual({ field: 'name', descending: true });
    expect(sortedBy(noFilter('vlan'), 'number').sort.descending).toBe(true);
  });
});
