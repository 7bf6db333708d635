import { expect, it } from 'vitest';
import { LogRing } from './log-ring.ts';

const line = (text: string) => ({ at: 0, source: 0, kind: 'line' as const, text, cut: false });

async function all(ring: LogRing): Promise<string[]> {
  const { lines } = await ring.read({ before: null, search: '', limit: 2_000 });
  return lines.map(({ text }) => text);
}

it('holds the newest, by number and by size', async () => {
  const few = new LogRing({ lines: 3, characters: 1_000 });
  for (let n = 1; n <= 100; n += 1) few.push(line(`${n}`));
  expect(await all(few)).toEqual(['98', '99', '100']);
  const short = new LogRing({ lines: 1_000, characters: 10 });
  for (const text of ['aaaa', 'bbbb', 'cccc']) short.push(line(text));
  expect(await all(short)).toEqual(['bbbb', 'cccc']);
  short.push(line('x'.repeat(50)));
  expect(await all(short)).toEqual([]);
});

it('reads back page by page, also while lines come and go', async () => {
  const ring = new LogRing({ lines: 10, characters: 1_000 });
  for (let n = 1; n <= 12; n += 1) ring.push(line(n % 2 ? 'odd' : 'even'));
  const newest = await ring.read({ before: null, search: ' ODD ', limit: 2 });
  expect(newest.lines.map(({ seq }) => seq)).toEqual([9, 11]);
  expect(newest.more).toBe(true);
  const reading = ring.read({ before: 9, search: 'odd', limit: 5 });
  ring.push(line('odd'));
  const before = await reading;
  expect(before.lines.map(({ seq }) => seq)).toEqual([3, 5, 7]);
  expect(before.more).toBe(false);
});
