import { describe, expect, it } from 'vitest';
import { ScreenFilter } from './screen-filter.ts';

/** The same, however it is cut into pieces. */
function filtered(text: string): string {
  const whole = new ScreenFilter().write(text);
  const single = new ScreenFilter();
  expect([...text].map((character) => single.write(character)).join('')).toBe(whole);
  return whole;
}

describe('what a pod writes to a terminal', () => {
  it.each([
    ['colours and the cursor', '\u001b[1;31mred\u001b[0m\u001b[2J\u001b[10;5H\u001b[?25l'],
    ['another screen, tabs and bells', '\u001b[?1049h\u001b(B\u001b7\t\u0007\r\n\u001b8'],
    ['a question for the cursor, as shells ask it', '\u001b[6n'],
    ['letters of any alphabet', 'zażółć 日本語 \u{1f600}'],
  ])('keeps %s', (_, text) => {
    expect(filtered(text)).toBe(text);
  });

  it.each([
    ['the clipboard', '\u001b]52;c;cm0gLXJm\u0007'],
    ['the title', '\u001b]0;you\u001b\\'],
    ['a link', '\u001b]8;;file:///etc/passwd\u001b\\'],
    ['a report of the title', '\u001b[21t'],
    ['a report of the window', '\u001b[18t'],
    ['a device string', '\u001bP$q"p\u001b\\'],
    ['a private message', '\u001b^x\u001b\\\u001b_y\u001b\\'],
    ['controls of eight bits', '\u009d52;c;x\u009c'.replace(/52;c;x/, '')],
  ])('takes out %s', (_, text) => {
    expect(filtered(`before${text}after`)).toBe('beforeafter');
  });

  it('writes marks out that turn the direction of text', () => {
    expect(filtered('a\u202eb\u2066c')).toBe('a<U+202E>b<U+2066>c');
  });

  it('gives an endless one up, and goes on after one that another escape ends', () => {
    const filter = new ScreenFilter();
    filter.write('\u001b]0;');
    for (let n = 0; n < 100; n += 1) filter.write('x'.repeat(1_000));
    expect(filter.write('seen')).toBe('seen');
    expect(filtered('\u001b]0;title\u001b[1mbold')).toBe('\u001b[1mbold');
    expect(filtered(`\u001b[${'1;'.repeat(400)}x`).length).toBeLessThan(900);
  });
});
