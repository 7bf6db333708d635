import type { Display, Rectangle } from 'electron';

const defaultSize = { width: 1280, height: 820 };
export const minimumSize = { width: 900, height: 560 };

type Area = Pick<Display, 'workArea'>;

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  };
}

/**
 * Where the window opens: as it was left, moved and shrunk until all of it lies on the display that
 * showed most of it. When that display is gone, in the middle of the primary one.
 */
export function visibleBounds(
  remembered: Rectangle | null,
  displays: readonly Area[],
  primary: Area,
): Rectangle {
  if (remembered === null) return centred(defaultSize, primary.workArea);
  let best = { area: primary.workArea, shown: 0 };
  for (const { workArea } of displays) {
    const shown = overlap(remembered, workArea);
    if (shown > best.shown) best = { area: workArea, shown };
  }
  const { area } = best;
  const width = clamp(remembered.width, Math.min(minimumSize.width, area.width), area.width);
  const height = clamp(remembered.height, Math.min(minimumSize.height, area.height), area.height);
  if (best.shown === 0) return centred({ width, height }, area);
  return {
    x: clamp(remembered.x, area.x, area.x + area.width - width),
    y: clamp(remembered.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}
