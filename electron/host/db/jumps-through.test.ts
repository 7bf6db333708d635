import { expect, it } from 'vitest';
import { jumpsThrough } from './jumps-through.ts';

it.each([
  ['bastion', 1],
  ['ops@Bastion:2222', 1],
  ['first,root@bastion', 1],
  ['[fd00::1]:22', 1],
  ['fd00::1', 1],
  ['bastion-2', 0],
  ['', 0],
])('%s', (jumps, expected) => {
  expect(jumpsThrough(jumps, 'bastion', null, 'fd00::1')).toBe(expected);
});
