import type { RunTime } from '../../../shared/topology/power-summary.ts';

/** `65 W`, `1.2 kW`. */
export function wattsText(watts: number): string {
  if (watts >= 1_000) return `${Number((watts / 1_000).toFixed(watts >= 10_000 ? 1 : 2))} kW`;
  return `${Number(watts.toFixed(watts < 10 ? 1 : 0))} W`;
}

/** `about 18 min (14 to 22)`, `about 2 h 40 min (2 h to 3 h 10 min)`. */
export function runTimeText({ minutes, least, most }: RunTime): string {
  return `about ${timeText(minutes)} (${timeText(least)} to ${timeText(most)})`;
}

/** Nobody needs it finer than the estimate is. */
export function timeText(minutes: number): string {
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${Math.round(minutes)} min`;
  const rounded = Math.round(minutes / 10) * 10;
  const [hours, rest] = [Math.floor(rounded / 60), rounded % 60];
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return rest === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `nas`, `nas and pi-1`, `nas, pi-1 and 4 more`. */
export function someText({
  count,
  names,
}: {
  readonly count: number;
  readonly names: readonly string[];
}): string {
  const shown = names.slice(0, count <= 3 ? 3 : 2);
  const more = count - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : shown;
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
