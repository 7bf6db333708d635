import { IconAlertTriangle, IconFlame, IconGauge } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { GpuPoint } from '../../../shared/gpus/gpu-points.ts';
import type { GpuReading } from '../../../shared/gpus/gpu-reading.ts';
import { formatBytes } from '../../../shared/model/amounts.ts';
import { useApp } from '../../app/app-context.ts';
import { CurveChart } from '../../ui/curve-chart/curve-chart.tsx';
import { Meter } from '../../ui/meter.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import {
  heldBack,
  isNarrow,
  linkText,
  memoryShare,
  memoryText,
  powerText,
  unitText,
} from './gpu-words.ts';
import classes from './gpus.module.css';

interface GpuCardProps {
  readonly gpu: GpuReading;
  readonly points: readonly GpuPoint[];
  /** UTC milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** One card: how busy, how full, how hot, and what holds it back. */
export function GpuCard({ gpu, points, from, to }: GpuCardProps) {
  const share = memoryShare(gpu);
  return (
    <article className={classes.card} aria-label={`Card ${gpu.index}, ${gpu.name}`}>
      <header className={classes.cardHead}>
        <h3 className={classes.cardName}>
          <span className={classes.number}>{gpu.index}</span> <bdi>{gpu.name}</bdi>
        </h3>
        <Badges gpu={gpu} />
      </header>
      <div className={classes.meters}>
        <span className={classes.meterName}>Load</span>
        {gpu.utilizationPercent === null ? (
          <span className={classes.untold}>not told</span>
        ) : (
          <Meter
            calm
            label={`Load of card ${gpu.index}`}
            share={gpu.utilizationPercent / 100}
            text={`${Math.round(gpu.utilizationPercent)} %`}
          />
        )}
        <span className={classes.meterName}>Memory</span>
        {share === null ? (
          <span className={classes.untold}>{memoryText(gpu)}</span>
        ) : (
          <Meter label={`Memory of card ${gpu.index}`} share={share} text={memoryText(gpu)} />
        )}
      </div>
      <Figures gpu={gpu} />
      <Charts gpu={gpu} points={points} from={from} to={to} />
      {heldBack(gpu).map(({ says, mend }) => (
        <p key={says} className={classes.held}>
          <strong>{says}</strong> {mend}
        </p>
      ))}
    </article>
  );
}

function Badges({ gpu }: { readonly gpu: GpuReading }) {
  const [first] = heldBack(gpu);
  return (
    <span className={classes.badges}>
      {first?.weight === 'trouble' && (
        <StatusBadge tone="danger" icon={IconFlame}>
          Slowed down
        </StatusBadge>
      )}
      {first?.weight === 'limit' && (
        <StatusBadge tone="info" icon={IconGauge}>
          At a limit
        </StatusBadge>
      )}
      {isNarrow(gpu) && (
        <StatusBadge tone="warn" icon={IconAlertTriangle}>
          Too few lanes
        </StatusBadge>
      )}
      {gpu.ecc !== null && gpu.ecc.uncorrected > 0 && (
        <StatusBadge tone="danger" icon={IconAlertTriangle}>
          Memory errors
        </StatusBadge>
      )}
    </span>
  );
}

function Figures({ gpu }: { readonly gpu: GpuReading }) {
  const clock = unitText(gpu.clockMhz, '');
  const most = unitText(gpu.mostClockMhz, '');
  const figures: readonly (readonly [string, string | null])[] = [
    ['Temperature', unitText(gpu.temperatureC, ' °C')],
    ['Power', powerText(gpu)],
    ['Clock', clock && (most === null ? `${clock} MHz` : `${clock} of ${most} MHz`)],
    ['Fan', unitText(gpu.fanPercent, ' %')],
    ['Bus', linkText(gpu)],
    [
      'Memory errors',
      gpu.ecc && `${gpu.ecc.corrected} corrected, ${gpu.ecc.uncorrected} uncorrected`,
    ],
    ['Driver', gpu.driverVersion],
  ];
  return (
    <dl className={classes.figures}>
      {figures.map(
        ([name, value]) =>
          value !== null && (
            <div key={name} className={classes.figure}>
              <dt>{name}</dt>
              <dd className="rh-figures">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Charts({ gpu, points, from, to }: GpuCardProps) {
  const look = useStore(useApp().appearance.store, ({ theme, contrast }) => `${theme} ${contrast}`);
  if (points.length < 2)
    return <p className={classes.untold}>The curves begin once there is something to draw.</p>;
  const times = points.map(({ at }) => at);
  const edges = { times, from, to, look };
  return (
    <div className={classes.charts}>
      <figure className={classes.figureBox}>
        <figcaption className={classes.caption}>
          <span data-curve="first">Load</span>
          {gpu.temperatureC !== null && <span data-curve="second">Temperature, °C</span>}
        </figcaption>
        <CurveChart
          {...edges}
          label={`Load of card ${gpu.index} over time, now ${unitText(gpu.utilizationPercent, ' %') ?? 'not told'}; temperature, now ${unitText(gpu.temperatureC, ' °C') ?? 'not told'}`}
          most={100}
          format={(value) => `${value}`}
          curves={[
            { label: 'Load', values: points.map((point) => point.utilizationPercent) },
            ...(gpu.temperatureC === null
              ? []
              : [{ label: 'Temperature', values: points.map((point) => point.temperatureC) }]),
          ]}
        />
      </figure>
      <figure className={classes.figureBox}>
        <figcaption className={classes.caption}>
          <span data-curve="first">Memory</span>
        </figcaption>
        <CurveChart
          {...edges}
          label={`Memory of card ${gpu.index} over time, now ${memoryText(gpu)}`}
          most={gpu.memoryTotalBytes}
          format={formatBytes}
          curves={[{ label: 'Memory', values: points.map((point) => point.memoryUsedBytes) }]}
        />
      </figure>
    </div>
  );
}
