import { describe, expect, it } from 'vitest';
import { asName, givenName, nameFault, shortenedTo } from './name.ts';

describe('a name', () => {
  it.each([
    'pi-1',
    'Büro 3 (oben)',
    'サーバー',
    'שרת',
    'خادم-1',
    'שרת\u200e-1', // a mark that keeps the sign where it belongs
    'a'.repeat(253),
    '😀'.repeat(100),
  ])('may be %j', (name) => {
    expect(nameFault(name)).toBeNull();
    expect(givenName.parse(` ${name} `)).toBe(name);
  });

  it.each([
    ['', 'is needed'],
    ['  ', 'is needed'],
    ['a'.repeat(254), '253 characters at most; this one has 254'],
    ['pi-\u202e1', 'turn its direction'],
    ['pi\u202d-1', 'turn its direction'],
    ['\u2067pi-1\u2069', 'turn its direction'],
    ['pi\u202a-1', 'turn its direction'],
    ['pi-1\u200f(2)', 'turn its direction'],
    ['\u200epi-1', 'turn its direction'],
    ['pi\n1', 'one line'],
    ['pi\u001b[31m', 'one line'],
    ['pi\u20281', 'one line'],
  ])('may not be %j', (name, why) => {
    expect(nameFault(name)).toContain(why);
    expect(givenName.safeParse(name).success).toBe(false);
  });

  it('is made of what a machine calls itself, within what a name may be', () => {
    expect(asName('pi-\u202e1\u0007')).toBe('pi-1');
    expect(asName('x'.repeat(255))).toBe('x'.repeat(253));
    expect(nameFault(asName('é'.repeat(300)))).toBeNull();
  });

  it('is never cut in the middle of a character', () => {
    expect(shortenedTo(`${'a'.repeat(4)}😀`, 5)).toBe('aaaa');
    expect(shortenedTo('abc', 5)).toBe('abc');
  });
});
