import { expect, it } from 'vitest';
import { rackTitle } from './rack-title.ts';

it('says that it is a rack once', () => {
  const plain = (name: string) => rackTitle(name).replaceAll(/[\u2066-\u2069]/g, '');
  expect(['Attic', 'Rack A', 'rack 2', 'Racknerd'].map(plain)).toEqual([
    'rack Attic',
    'Rack A',
    'rack 2',
    'rack Racknerd',
  ]);
});
