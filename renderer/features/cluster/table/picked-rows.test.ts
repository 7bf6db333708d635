import { describe, expect, it } from 'vitest';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import { statusOf } from '../../../../shared/cluster/status.ts';
import { afterWindow, mostPicked, noRowsPicked, pick, pickAll } from './picked-rows.ts';

const row = (name: string, label = 'Running'): ClusterRow => ({
  ...{ key: `shop/${name}`, uid: name, namespace: 'shop', name },
  ...{ createdAt: null, leavingSince: null, status: statusOf('well', label), cells: {} },
});
const part = { rows: ['a', 'b', 'c', 'd'].map((name) => row(name)), offset: 10 };
const keys = (picked: typeof noRowsPicked) => [...picked.selected.values()].map(({ name }) => name);

describe('rows that are picked', () => {
  it('follow the keyboard until a box is ticked', () => {
    const moved = pick(noRowsPicked, part, { index: 11, mode: 'move' });
    expect([keys(moved), moved.follows]).toEqual([['b'], true]);
    const ticked = pick(moved, part, { index: 12, mode: 'tick' });
    expect([keys(ticked), ticked.follows]).toEqual([['c'], false]);
    expect(keys(pick(ticked, part, { index: 10, mode: 'move' }))).toEqual(['c']);
  });

  it('are a range from where it began, though the list has moved since', () => {
    const begun = pick(noRowsPicked, part, { index: 11, mode: 'only' });
    const moved = { rows: [row('new'), ...part.rows], offset: 10 };
    expect(keys(pick(begun, moved, { index: 14, mode: 'range' }))).toEqual(['b', 'c', 'd']);
  });

  it('stay as they are where the row is not known', () => {
    expect(pick(noRowsPicked, part, { index: 2, mode: 'only' })).toBe(noRowsPicked);
  });

  it('are told anew, and go where they are known to be gone', () => {
    const picked = pickAll(noRowsPicked, part.rows);
    const seen = [row('a', 'Crashing')];
    expect(afterWindow(picked, seen, false).selected.get('shop/a')?.status.label).toBe('Crashing');
    expect(keys(afterWindow(picked, seen, false))).toHaveLength(4);
    expect(keys(afterWindow(picked, seen, true))).toEqual(['a']);
  });

  it('are no more than may be acted on at once', () => {
    const many = Array.from({ length: mostPicked + 5 }, (_, index) => row(`p${index}`));
    expect(keys(pickAll(noRowsPicked, many))).toHaveLength(mostPicked);
  });
});
