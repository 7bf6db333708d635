import { expect, it } from 'vitest';
import { isolated, isolatedList } from './isolate.ts';

it('leaves an ordinary name as it is', () => {
  for (const name of ['pi-1', '10.0.0.2/24', 'Käthe 2', '機架', ''])
    expect(isolated(name)).toBe(name);
});

it('keeps a name that runs from right to left apart from the words around it', () => {
  expect(isolated('שרת-1')).toBe('\u2068שרת-1\u2069');
  expect(isolatedList(['خادم', 'pi'])).toBe('\u2068خادم\u2069, pi');
});

it('takes away marks that would turn the rest of the sentence round', () => {
  expect(isolated('cp\u202Egpj.exe')).toBe('cpgpj.exe');
  // One that would end the isolation early.
  expect(isolated('א\u2069\u202Eb')).toBe('\u2068אb\u2069');
});
