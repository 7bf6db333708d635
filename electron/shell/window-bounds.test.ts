import { describe, expect, it } from 'vitest';
import { visibleBounds } from './window-bounds.ts';

const laptop = { workArea: { x: 0, y: 25, width: 1440, height: 875 } };
const left = { workArea: { x: -1920, y: 0, width: 1920, height: 1080 } };
const both = [laptop, left];
const rectangle = (x: number, y: number, width: number, height: number) => ({
  x,
  y,
  width,
  height,
});

describe('where the window opens', () => {
  it.each([
    ['as it was left', rectangle(100, 100, 1000, 700), rectangle(100, 100, 1000, 700)],
    ['on the other display', rectangle(-1800, 50, 1000, 700), rectangle(-1800, 50, 1000, 700)],
    ['moved back from below', rectangle(100, 800, 1000, 700), rectangle(100, 200, 1000, 700)],
    [
      'moved out from under the top bar',
      rectangle(100, 0, 1000, 700),
      rectangle(100, 25, 1000, 700),
    ],
    ['shrunk to the display', rectangle(0, 25, 3000, 2000), rectangle(0, 25, 1440, 875)],
    ['grown to a usable size', rectangle(100, 100, 50, 20), rectangle(100, 100, 900, 560)],
    [
      'wholly on the display that showed most of it',
      rectangle(-300, 100, 1000, 700),
      rectangle(0, 100, 1000, 700),
    ],
    [
      'in the middle of the primary display when its own is gone',
      rectangle(5000, 5000, 1000, 700),
      rectangle(220, 113, 1000, 700),
    ],
  ])('%s', (_what, remembered, expected) => {
    expect(visibleBounds(remembered, both, laptop)).toEqual(expected);
  });

  it('at the first start in the middle, no larger than the display', () => {
    expect(visibleBounds(null, both, laptop)).toEqual(rectangle(80, 53, 1280, 820));
    const small = { workArea: { x: 0, y: 0, width: 800, height: 480 } };
    expect(visibleBounds(null, [small], small)).toEqual(rectangle(0, 0, 800, 480));
    expect(visibleBounds(rectangle(0, 0, 1000, 700), [small], small)).toEqual(
      rectangle(0, 0, 800, 480),
    );
  });
});
