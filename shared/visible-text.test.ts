import { expect, it } from 'vitest';
import { hidesSomething, oneLine, visibleText } from './visible-text.ts';

it('writes out what a terminal would obey and what turns the direction of text', () => {
  expect(visibleText('a\u001b[2Jb\u202ec\r\n\td')).toBe('a<U+001B>[2Jb<U+202E>c<U+000D>\n\td');
  expect(hidesSomething('ä\n\tb')).toBe(false);
  expect(hidesSomething('a\u200bb')).toBe(true);
});

it('leaves no line break in a title', () => {
  expect(oneLine('a\n\n# b\r')).toBe('a # b<U+000D>');
});
