import { expect, it } from 'vitest';
import { tagsOf, troublesOf } from './source-names.ts';

const sources = (...names: readonly (readonly [pod: string, container: string])[]) =>
  new Map(names.map(([pod, container], index) => [index, { index, pod, container }]));
const labels = (...names: readonly (readonly [string, string])[]) =>
  [...(tagsOf(sources(...names)) ?? [])].map(([, { label }]) => label);

it('names lines by what tells them apart, and not where there is only one', () => {
  expect(tagsOf(sources(['web-1', 'app']))).toBeUndefined();
  expect(labels(['web-5d-ab', 'app'], ['web-5d-cd', 'app'])).toEqual(['ab', 'cd']);
  expect(labels(['web-1', 'app'], ['web-1', 'proxy'])).toEqual(['app', 'proxy']);
  expect(labels(['db-10', 'app'], ['db-1', 'proxy'])).toEqual(['10/app', '1/proxy']);
  expect(labels(['one', 'app'], ['two', 'app'])).toEqual(['one', 'two']);
});

it('gives neighbours different colours', () => {
  const hues = [...(tagsOf(sources(['a', 'x'], ['b', 'x'], ['c', 'x'])) ?? [])];
  expect(new Set(hues.map(([, { hue }]) => hue)).size).toBe(3);
});

it('tells of what does not come, and why', () => {
  const of = (state: 'waiting' | 'following' | 'failed', why: string | null) => ({
    ...{ index: 0, pod: 'web-1', container: 'app', state, why },
  });
  expect(troublesOf([of('following', null), of('waiting', 'its image is pulled')])).toEqual([
    'app of web-1 waits: its image is pulled.',
  ]);
});
