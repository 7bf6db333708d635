import { expect, test } from 'vitest';
import { type Scan, withScanEvent } from './scan.ts';

const begun: Scan = {
  prefixId: 'prefix',
  state: 'running',
  done: 0,
  total: 0,
  found: [],
  failure: null,
};

test('what answered stays in the list while the scan goes on and when it has ended', () => {
  const found = { type: 'found', address: '10.0.0.5', banner: null, device: null } as const;
  const scan = [
    { type: 'progress', done: 64, total: 254 } as const,
    found,
    { ...found, address: '10.0.0.9' },
    { type: 'ended', found: 2, tried: 254 } as const,
  ].reduce(withScanEvent, begun);
  expect(scan).toMatchObject({ state: 'ended', done: 254, total: 254 });
  expect(scan.found.map(({ address }) => address)).toEqual(['10.0.0.5', '10.0.0.9']);
});
