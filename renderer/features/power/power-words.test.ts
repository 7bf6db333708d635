import { describe, expect, it } from 'vitest';
import { runTimeText, someText, timeText, wattsText } from './power-words.ts';

describe('amounts of power', () => {
  it.each([
    [6.44, '6.4 W'],
    [65.4, '65 W'],
    [999.7, '1000 W'],
    [1_234, '1.23 kW'],
    [3_680, '3.68 kW'],
    [0, '0 W'],
  ])('%d are %s', (watts, text) => {
    expect(wattsText(watts)).toBe(text);
  });
});

describe('a run time', () => {
  it.each([
    [0.4, 'under 1 min'],
    [18.4, '18 min'],
    [119, '2 h'],
    [167, '2 h 50 min'],
    [720, '12 h'],
    [4_000, '3 days'],
  ])('of %d minutes is %s', (minutes, text) => {
    expect(timeText(minutes)).toBe(text);
  });

  it('is a figure and what it lies between', () => {
    expect(runTimeText({ minutes: 18, least: 14.4, most: 21.6 })).toBe(
      'about 18 min (14 min to 22 min)',
    );
  });
});

it('names the first of many', () => {
  expect(someText({ count: 0, names: [] })).toBe('');
  expect(someText({ count: 1, names: ['nas'] })).toBe('nas');
  expect(someText({ count: 2, names: ['nas', 'pi'] })).toBe('nas and pi');
  expect(someText({ count: 6, names: ['a', 'b', 'c', 'd'] })).toBe('a, b and 4 more');
});
