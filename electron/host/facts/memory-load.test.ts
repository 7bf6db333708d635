import { expect, it } from 'vitest';
import { filesOf, sectionsOf } from './output-fixture.ts';

it('reads memory and swap in bytes', () => {
  const text =
    'MemTotal:        8256532 kB\nMemFree: 1 kB\nMemAvailable:    6000000 kB\nSwapTotal:        524284 kB\nSwapFree: 524284 kB';
  expect(sectionsOf({ files: filesOf({ '/proc/meminfo': text }) }).memory).toEqual({
    status: 'ok',
    data: {
      totalBytes: 8256532 * 1024,
      availableBytes: 6000000 * 1024,
      swapTotalBytes: 524284 * 1024,
      swapFreeBytes: 524284 * 1024,
    },
  });
});

it('does without what old kernels do not tell', () => {
  const memory = sectionsOf({ files: filesOf({ '/proc/meminfo': 'MemTotal: 1024 kB' }) }).memory;
  expect(memory).toMatchObject({ data: { availableBytes: null, swapTotalBytes: 0 } });
  expect(sectionsOf({}).memory.status).toBe('failed');
  expect(sectionsOf({ files: filesOf({ '/proc/meminfo': 'MemTotal: lots' }) }).memory.status).toBe(
    'failed',
  );
});

it('reads load and uptime', () => {
  const files = filesOf({
    '/proc/loadavg': '0.52 1.58 20.59 2/597 12345',
    '/proc/uptime': '350735.47 234388.90',
  });
  expect(sectionsOf({ files }).load).toEqual({
    status: 'ok',
    data: { one: 0.52, five: 1.58, fifteen: 20.59, uptimeSeconds: 350735.47 },
  });
  expect(sectionsOf({ files: filesOf({ '/proc/loadavg': 'x' }) }).load.status).toBe('failed');
});
