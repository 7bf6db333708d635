import { expect, it } from 'vitest';
import { formatBytes, formatCount } from './amounts.ts';

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [8 * 1024 ** 3, '8 GiB'],
  [7.98 * 1024 ** 3, '8 GiB'],
  [16_700_000_000, '15.6 GiB'],
  [512 * 1024 ** 2, '512 MiB'],
])('%d bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [formatCount(1, 'device'), '1 device'],
  [formatCount(12_480, 'device'), '12,480 devices'],
  [formatCount(2, 'address', 'addresses'), '2 addresses'],
])('counts with the right word: %s', (text, expected) => expect(text).toBe(expected));
