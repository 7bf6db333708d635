import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ContainerSample } from '../../../../shared/containers/stats.ts';
import { useApp } from '../../../app/app-context.ts';
import { type Curve, CurveChart } from '../../../ui/curve-chart/curve-chart.tsx';
import { Callout, ErrorState } from '../../../ui/error-state.tsx';
import { formatBytes } from '../../../ui/formatting.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { formatCores } from '../../cluster/table/cell-value.tsx';
import classes from '../containers.module.css';
import type { ContainerTabProps } from './container-tab-props.ts';

/** What it took in the last hour, second by second, for as long as somebody looks. */
export function StatsTab({ engineId, page }: ContainerTabProps) {
  const { stats } = useApp().containers;
  const { key } = page.row;
  useEffect(() => stats.open({ engineId, container: key }), [stats, engineId, key]);
  const { page: shown, failure } = useStore(stats.store);
  if (failure !== null) return <ErrorState error={failure} onRetry={stats.again} />;
  if (shown === null) return <Skeleton label="Measuring" lines={8} />;
  const { samples, limitBytes, trouble } = shown;
  return (
    <div className={classes.scrolls}>
      {trouble !== null && (
        <Callout tone="info" title={trouble}>
          What was measured before stays.
        </Callout>
      )}
      {samples.length === 0 && trouble === null ? (
        <Skeleton label="Measuring" lines={8} />
      ) : (
        <Charts samples={samples} limitBytes={limitBytes} />
      )}
    </div>
  );
}

interface ChartsProps {
  readonly samples: readonly ContainerSample[];
  readonly limitBytes: number | null;
}

const rate = (bytes: number) => `${formatBytes(bytes)}/s`;
/** The least that is shown, so that a first second is no full width. */
const leastMs = 60_000;

function Charts({ samples, limitBytes }: ChartsProps) {
  const times = useMemo(() => samples.map(({ at }) => at), [samples]);
  const of = (label: string, read: (sample: ContainerSample) => number): Curve => ({
    label,
    values: samples.map(read),
  });
  const now = samples.at(-1);
  const to = times.at(-1) ?? 0;
  const from = Math.min(times[0] ?? to, to - leastMs);
  if (now === undefined) return null;
  const shared = { times, from, to };
  const limit = limitBytes === null ? '' : ` of ${formatBytes(limitBytes)}`;
  return (
    <div className={classes.charts}>
      <Chart
        {...shared}
        title="Processor"
        now={`${formatCores(now.cpu)} cores`}
        curves={[of('Cores', ({ cpu }) => cpu)]}
        format={formatCores}
      />
      <Chart
        {...shared}
        title="Memory"
        now={`${formatBytes(now.memoryBytes)}${limit}`}
        curves={[of('Memory', ({ memoryBytes }) => memoryBytes)]}
        format={formatBytes}
      />
      <Chart
        {...shared}
        title="Network"
        now={`${rate(now.received)} in, ${rate(now.sent)} out`}
        curves={[of('In', ({ received }) => received), of('Out', ({ sent }) => sent)]}
        format={rate}
      />
      <Chart
        {...shared}
        title="Disk"
        now={`${rate(now.read)} read, ${rate(now.written)} written`}
        curves={[of('Read', ({ read }) => read), of('Written', ({ written }) => written)]}
        format={rate}
      />
    </div>
  );
}

interface ChartProps {
  readonly title: string;
  readonly now: string;
  readonly times: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly curves: readonly Curve[];
  readonly format: (value: number) => string;
}

function Chart({ title, now, ...chart }: ChartProps) {
  const { appearance } = useApp();
  const { theme, contrast } = useStore(appearance.store);
  return (
    <section aria-label={title}>
      <h2 className={classes.chartTitle}>
        {title} <span className={classes.chartNow}>{now}</span>
      </h2>
      <CurveChart {...chart} label={`${title}: ${now}`} most={null} look={`${theme} ${contrast}`} />
    </section>
  );
}
