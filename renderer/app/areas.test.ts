import { expect, it } from 'vitest';
import { kindNames } from '../../shared/model/kinds/index.ts';
import { areaOf, areaOfKind, areas, formsAt, isTab, settled } from './areas.ts';
import { formatRoute, parseRoute } from './routes.ts';

const tabs = areas.flatMap((area) => area.tabs.map((tab) => ({ area, tab })));

it.each(tabs)('leads from $tab.label to that very tab', ({ area, tab }) => {
  const route = parseRoute(formatRoute(tab.route));
  expect(areaOf(route)).toBe(area.name);
  expect(area.tabs.filter((each) => isTab(each, route))).toEqual([tab]);
});

it('places every kind in an area, so that the rail says where one is', () => {
  expect(kindNames.filter((kind) => areaOfKind(kind) === null)).toEqual([]);
});

it('opens an area that names no view with its first tab, and leaves other addresses', () => {
  expect(settled({ screen: 'racks' })).toEqual(areas[0]?.tabs[0].route);
  expect(settled(parseRoute('#/networks/vlan/20'))).toEqual(parseRoute('#/networks/vlans/20'));
  expect(settled(parseRoute('#/networks/prefix/10.0.0.0/24'))).toEqual(
    parseRoute('#/networks/prefixes/10.0.0.0/24'),
  );
});

it('offers a view and the table of the same things in both of them, each as the one that is shown', () => {
  const shown = (hash: string) => {
    const route = parseRoute(hash);
    return formsAt(route).map((form) => [form.label, isTab(form, route)]);
  };
  expect(shown('#/networks/prefixes')).toEqual([
    ['Tree', true],
    ['Table', false],
  ]);
  expect(shown('#/kinds/prefix?search=10')).toEqual([
    ['Tree', false],
    ['Table', true],
  ]);
  // The addresses of one prefix are no other form of all prefixes.
  expect(shown('#/networks/prefixes/10.0.0.0/24')).toEqual([]);
  expect(shown('#/racks/cables')).toEqual([]);
});
