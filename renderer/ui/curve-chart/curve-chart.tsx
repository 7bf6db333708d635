import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import classes from './curve-chart.module.css';

export interface Curve {
  readonly label: string;
  /** As many as there are times; null: nothing is known of that time. */
  readonly values: readonly (number | null)[];
}

interface CurveChartProps {
  /** What it shows, for those who do not see it, with the newest figures. */
  readonly label: string;
  /** UTC milliseconds, rising. */
  readonly times: readonly number[];
  /** Two at most: they are told apart by colour and by the second being dashed. */
  readonly curves: readonly Curve[];
  /** What the left edge and the right edge stand for; UTC milliseconds. */
  readonly from: number;
  readonly to: number;
  /** The upper edge; null: the highest value, and a little room. */
  readonly most: number | null;
  readonly format: (value: number) => string;
  /** Theme and contrast, `dark more`: changes where the colours do. */
  readonly look: string;
}

const height = 120;

/** Values over time. It is drawn again as a whole, which costs a millisecond for an hour of seconds. */
export function CurveChart(props: CurveChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const newest = useRef(props);
  newest.current = props;
  const { look, times, curves, from, to, most } = props;
  const names = curves.map(({ label }) => label).join('\n');

  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew only where its shape or its colours change
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const plot = new UPlot(optionsFor(element, newest), dataOf(newest.current), element);
    chart.current = plot;
    const sized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    sized.observe(element);
    return () => {
      sized.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [look, names]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what is drawn
  useEffect(() => {
    const plot = chart.current;
    if (plot === null) return;
    plot.batch(() => {
      plot.setData(dataOf(newest.current), false);
      plot.setScale('x', { min: from / 1000, max: to / 1000 });
      plot.setScale('y', { min: 0, max: highest(newest.current) });
    });
  }, [times, curves, from, to, most]);

  return <div ref={box} className={classes.chart} role="img" aria-label={props.label} />;
}

function dataOf({ times, curves }: CurveChartProps): UPlot.AlignedData {
  return [times.map((at) => at / 1000), ...curves.map(({ values }) => [...values])];
}

function highest({ curves, most }: CurveChartProps): number {
  if (most !== null) return most;
  const known = curves.flatMap(({ values }) => values).filter((value) => value !== null);
  return Math.max(1, known.reduce((high, value) => Math.max(high, value), 0) * 1.1);
}

/** `08:30`; over more than a day `1 Dec`. */
function timesOf(seconds: readonly number[]): string[] {
  const span = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0);
  const form: Intl.DateTimeFormatOptions =
    span > 86_400
      ? { day: 'numeric', month: 'short' }
      : { timeStyle: span < 180 ? 'medium' : 'short' };
  const format = new Intl.DateTimeFormat('en-GB', form);
  return seconds.map((at) => format.format(at * 1000));
}

/** Colours are the theme's: a canvas knows no variables of its own. */
function optionsFor(
  element: HTMLElement,
  newest: { readonly current: CurveChartProps },
): UPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--rh-${name}`).trim();
  const font = `11px ${style.fontFamily}`;
  const axis = {
    font,
    stroke: colour('text-muted'),
    grid: { stroke: colour('border'), width: 1 },
    ticks: { show: false },
  };
  const { curves, format, most, look } = newest.current;
  return {
    width: Math.max(1, element.clientWidth),
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true, auto: false }, y: { auto: false, range: [0, 1] } },
    padding: [8, 8, 0, 0],
    axes: [
      { ...axis, size: 24, space: 90, values: (_, seconds) => timesOf(seconds) },
      {
        ...axis,
        size: 64,
        space: 32,
        // Of something with a whole: nothing, half and all of it.
        ...(most !== null && { splits: () => [0, most / 2, most] }),
        values: (_, values) => values.map(format),
      },
    ],
    series: [
      {},
      ...curves.map(({ label }, index) => ({
        label,
        stroke: colour(index === 0 ? 'accent' : 'warn-mark'),
        width: 1.5,
        points: { show: false },
        spanGaps: false,
        // With high contrast the ground of a curve would hide the lines behind it.
        ...(index > 0
          ? { dash: [5, 3] }
          : look.endsWith('more')
            ? {}
            : { fill: colour('accent-soft') }),
      })),
    ],
  };
}
