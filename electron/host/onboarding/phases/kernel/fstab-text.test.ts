import { expect, it } from 'vitest';
import { swapLines, withoutSwap, withSwap } from './fstab-text.ts';

const fstab = [
  'PARTUUID=1-02 / ext4 defaults 0 1',
  '  UUID=ab\tnone\tswap\tsw 0 0',
  '/swap.img none swap sw 0 0\r',
  '#/old none swap sw 0 0',
  '//nas/swap /mnt/swap cifs password=swap 0 0',
  '',
].join('\n');

it('turns the lines of swap alone into comments, and back exactly', () => {
  const off = withoutSwap(fstab);
  expect(swapLines(fstab)).toHaveLength(2);
  expect(swapLines(off)).toEqual([]);
  expect(off).toContain('\n# rackhelm swap off:   UUID=ab\tnone\tswap\tsw 0 0\n');
  expect(off).toContain('\n#/old none swap sw 0 0\n//nas/swap /mnt/swap cifs');
  expect(withSwap(off ?? '')).toBe(fstab);
  expect(withoutSwap(off)).toBe(off);
});

it('leaves a machine without fstab alone', () => {
  expect(withoutSwap(null)).toBeNull();
  expect(swapLines(null)).toEqual([]);
});
