import { expect, it } from 'vitest';
import { PastScreen } from './past-screen.ts';

it('shows again what was shown, without what a terminal answers as if it was typed', () => {
  const past = new PastScreen();
  past.add('one\r\n\u001b[1mtwo\u001b[0m\u001b[6n\u001b[c\u001b[?1$p\u0007');
  expect(past.text()).toBe('one\r\n\u001b[1mtwo\u001b[0m');
});

it('is bounded, begins with a whole line, and keeps the modes that were set before it', () => {
  const past = new PastScreen();
  past.add('\u001b[?1049h\u001b[?25l');
  for (let n = 0; n < 40_000; n += 1) past.add(`line ${n} ${'x'.repeat(50)}\r\n`);
  const text = past.text();
  expect(text.length).toBeLessThan(700_000);
  const set = '\u001b[?1049h\u001b[?25l';
  expect(text.startsWith(set)).toBe(true);
  expect(text.slice(set.length)).toMatch(/^line \d+ x/);
  expect(text.endsWith(`line 39999 ${'x'.repeat(50)}\r\n`)).toBe(true);
});

it('is bounded too where nothing ends a line', () => {
  const past = new PastScreen();
  for (let n = 0; n < 2_000; n += 1) past.add('y'.repeat(1_000));
  expect(past.text().length).toBeLessThan(700_000);
});
