import { describe, expect, it } from 'vitest';
import { agreesOnMemory, parseMemory } from './memory.ts';

const gib = 1024 ** 3;
const mib = 1024 ** 2;

describe('what a person types', () => {
  it.each([
    ['8 GB', 8 * gib],
    ['8GB', 8 * gib],
    ['8 gb', 8 * gib],
    ['8 G', 8 * gib],
    ['8 GiB', 8 * gib],
    ['8Gi', 8 * gib],
    ['8', 8 * gib],
    ['512 MB', 512 * mib],
    ['512m', 512 * mib],
    ['16,384 MB', 16 * gib],
    ['16384 MiB', 16 * gib],
    ['1.5 GB', 1.5 * gib],
    ['1,5 TB', 1536 * gib],
    ['0', 0],
    ['900 B', 900],
    ['8 gigabytes', 8 * gib],
    ['8 gibibyte', 8 * gib],
  ])('%s is read as %i bytes', (text, bytes) => expect(parseMemory(text)).toBe(bytes));

  it.each(['', 'eight', '8 XB', '8 GB ECC', '-8 GB', '8 8', '1.2.3 GB', 'GB'])(
    '%s is no size',
    (text) => expect(parseMemory(text)).toBeNull(),
  );
});

describe('what a machine says', () => {
  it.each([
    // Fitted, and the total of /proc/meminfo.
    [8, 7.63, 'x86 with some of it taken by the firmware'],
    [8, 7.87, 'a Pi 5'],
    [8, 7.75, 'a Pi 4'],
    [4, 3.7, 'a Pi 4'],
    [1, 0.886, 'a Pi 3'],
    [1, 0.73, 'a Pi 3 with gpu_mem=256'],
    [0.5, 0.417, 'a Pi Zero'],
    [16, 15.5, 'x86'],
    [16, 13.5, 'x86 with 2 GiB for its graphics'],
    [8, 5.7, 'x86 with 2 GiB for its graphics'],
    [64, 62.7, 'x86'],
    [128, 125.6, 'x86'],
    [512, 503, 'a large server'],
    [12, 11.6, 'an odd one'],
    [2, 1.93, 'a VM'],
    [7.74, 7.75, 'an accepted total under another kernel'],
  ])('%d GiB is the same as a total of %d (%s)', (declared, observed) => {
    expect(agreesOnMemory(declared * gib, observed * gib)).toBe(true);
  });

  it.each([
    [8, 3.8],
    [16, 11.6],
    [16, 7.7],
    [4, 1.9],
    [4, 7.7],
    [32, 23.4],
    [64, 47],
    [128, 94],
    [6, 3.8],
    [2, 0.9],
    [1, 0.42],
    [3, 1.9],
    [24, 15.6],
    [10, 7.7],
    [8, 15.6],
    [5.7, 7.6],
  ])('%d GiB is not a total of %d', (declared, observed) => {
    expect(agreesOnMemory(declared * gib, observed * gib)).toBe(false);
  });

  it('agrees with what was typed as 8 GB when that was decimal', () => {
    expect(agreesOnMemory(8e9, 7.76 * gib)).toBe(true);
    expect(agreesOnMemory(8e9, 15.5 * gib)).toBe(false);
  });
});
