import { expect, it } from 'vitest';
import { splitArguments } from './split-arguments.ts';

it.each([
  ['one two\tthree', ['one', 'two', 'three']],
  ['  a  ', ['a']],
  ['', []],
  ['a#b c # d', ['a#b', 'c']],
  ['"a b" c', ['a b', 'c']],
  ["'~/a b'", ['~/a b']],
  ['~/a\\ b', ['~/a b']],
  ['C:\\keys\\id', ['C:\\keys\\id']],
  ['"say \\"hi\\""', ['say "hi"']],
  ['"a\\ b"', ['a\\ b']],
  ['pre"mid dle"post', ['premid dlepost']],
  ['""', ['']],
  ['"# no comment"', ['# no comment']],
])('splits %j', (text, words) => {
  expect(splitArguments(text)).toEqual(words);
});

it.each(['"open', "it's", 'a "b'])('finds the quote that is not closed in %j', (text) => {
  expect(splitArguments(text)).toBeNull();
});
