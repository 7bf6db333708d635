import { describe, expect, it } from 'vitest';
import { specimen } from './elevation-specimens.ts';
import { heatOf, powerOf } from './heat.ts';

const now = 1_000 * 86_400_000;
const day = 86_400_000;

describe('colouring a drawing', () => {
  it('goes by watts for each unit, and says what is not known', () => {
    const heat = (watts: number | null, heightUnits = 1) =>
      heatOf('power', specimen('x', { watts, heightUnits }), { fullness: 0, now });
    expect([heat(10), heat(25), heat(500), heat(500, 4)]).toMatchObject([
      { level: 0, text: '10 W' },
      { level: 1 },
      { level: 4 },
      { level: 2, text: '500 W' },
    ]);
    expect(heat(null)).toEqual({ level: null, text: '? W' });
  });

  it('goes by the age of what was read', () => {
    const heat = (age: number | null) =>
      heatOf('age', specimen('x', { observedAt: age === null ? null : now - age }), {
        fullness: 0,
        now,
      });
    expect([heat(0), heat(2 * day), heat(40 * day), heat(400 * day)]).toMatchObject(
      [0, 1, 3, 4].map((level) => ({ level })),
    );
    expect(heat(null)).toEqual({ level: null, text: 'never' });
  });

  it('goes by how full the rack is', () => {
    const heat = (fullness: number) => heatOf('space', specimen('x'), { fullness, now });
    expect([heat(0.1), heat(0.6), heat(1)]).toMatchObject([
      { level: 0, text: '10 %' },
      { level: 2 },
      { level: 4, text: '100 %' },
    ]);
    expect(heatOf('none', specimen('x'), { fullness: 1, now })).toBeNull();
  });

  it('adds up the load of a rack and counts of what it is not known', () => {
    expect(powerOf([{ watts: 5 }, { watts: null }, { watts: 60 }])).toEqual({
      watts: 65,
      unknown: 1,
    });
  });
});
