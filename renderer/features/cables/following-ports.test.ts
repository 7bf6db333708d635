import { describe, expect, it } from 'vitest';
import { following, nextAfter } from './following-ports.ts';

const rows = ['1', '2', '3', '4'].map((id) => ({ id }));

describe('ports in a row', () => {
  it('are those from the chosen one on, as far as there are some', () => {
    expect(following(rows, '2', 2)).toEqual(['2', '3']);
    expect(following(rows, '3', 5)).toEqual(['3', '4']);
    expect(following(rows, 'gone', 2)).toEqual([]);
    expect(following(rows, null, 2)).toEqual([]);
  });

  it('go on with the one behind them, or with none', () => {
    expect(nextAfter(rows, '1', 1)).toBe('2');
    expect(nextAfter(rows, '1', 3)).toBe('4');
    expect(nextAfter(rows, '4', 1)).toBeNull();
    expect(nextAfter(rows, null, 1)).toBeNull();
  });
});
