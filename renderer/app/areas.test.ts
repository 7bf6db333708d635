import { expect, it } from 'vitest';
import { kindNames } from '../../shared/model/kinds/index.ts';
import { areaOf, areaOfKind, areas, isTab, settled } from './areas.ts';
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
