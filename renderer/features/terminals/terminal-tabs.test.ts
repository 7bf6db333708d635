import { expect, it } from 'vitest';
import { restored, type TabsState, withoutPanes, withSplit, withTab } from './terminal-tabs.ts';

const none: TabsState = { tabs: [], active: null };
const three = withTab(withTab(withTab(none, 'a'), 'b'), 'c');

it('shows a new terminal in a tab of its own, and a split one beside its neighbour', () => {
  expect(three.active).toBe('c');
  const split = withSplit(three, { id: 'd', of: 'b', direction: 'column' });
  expect(split.tabs[1]).toEqual({ key: 'b', panes: ['b', 'd'], direction: 'column' });
  // Nothing else of the store that it is given.
  expect(
    Object.keys(withSplit({ ...three, ...{ panes: [] } }, { id: 'd', of: 'b', direction: 'row' })),
  ).toEqual(['tabs', 'active']);
  expect(split.active).toBe('c');
});

it('shows a neighbour when the tab that was shown goes, and keeps a tab of which one part stays', () => {
  const split = withSplit(three, { id: 'd', of: 'b', direction: 'row' });
  const left = withoutPanes({ ...split, active: 'b' }, (id) => id === 'b');
  expect(left).toMatchObject({ active: 'b', tabs: [{ key: 'a' }, { panes: ['d'] }, { key: 'c' }] });
  expect(withoutPanes(left, (id) => id === 'd').active).toBe('c');
  expect(withoutPanes(three, () => true)).toEqual({ tabs: [], active: null });
});

it('gives what another window opened a tab, and moves nothing that stands', () => {
  expect(restored({ ...three, active: 'a' }, ['c', 'e'])).toMatchObject({
    active: 'a',
    tabs: [{ key: 'a' }, { key: 'b' }, { key: 'c' }, { key: 'e' }],
  });
});
