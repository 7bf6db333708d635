import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PowerOverview } from '../../../shared/contract/power.ts';
import { runTimeAssumption } from '../../../shared/topology/power-summary.ts';
import { formatRoute } from '../../app/routes.ts';
import { formatCount } from '../../ui/formatting.ts';
import { Meter } from '../../ui/meter.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import classes from './power.module.css';
import { runTimeText, someText, wattsText } from './power-words.ts';

/** What a person wants to know at a glance, in a row of cards above the tree. */
export function PowerSummary({ overview }: { readonly overview: PowerOverview }) {
  return (
    <section className={classes.summary} aria-label="Summary of the power" data-scrolls>
      <LoadCard overview={overview} />
      <FeedCard overview={overview} />
      <PhaseCard overview={overview} />
      <UpsCard ups={overview.ups} />
      <WarningCard overview={overview} />
    </section>
  );
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={classes.card}>
      <h2 className={classes.cardTitle}>{title}</h2>
      {children}
    </div>
  );
}

function LoadCard({ overview }: { readonly overview: PowerOverview }) {
  const { load, worst, consumers, unmeasured, unknown } = overview;
  const measured = consumers - unmeasured - unknown;
  return (
    <Card title="Load">
      <p className={classes.figure}>{wattsText(load)}</p>
      <p className={classes.quiet}>{wattsText(worst)} by the nameplates</p>
      <p className={classes.quiet}>
        {`${measured} of ${formatCount(consumers, 'device')} measured`}
        {unknown > 0 && `, ${unknown} unknown`}
      </p>
    </Card>
  );
}

/** More than this between the feeds is worth a word. */
const evenShare = 0.65;

function FeedCard({ overview }: { readonly overview: PowerOverview }) {
  const { A, B, none } = overview.feeds;
  if (A + B === 0) return null;
  const most = Math.max(A, B) / (A + B);
  return (
    <Card title="Feeds">
      <Bars values={{ A, B }} total={A + B} />
      <p className={classes.quiet}>
        {most > evenShare
          ? `Uneven: ${Math.round(most * 100)} % on feed ${A > B ? 'A' : 'B'}`
          : 'About even'}
        {none > 0 && `, ${wattsText(none)} on neither`}
      </p>
      {overview.failures.map(({ feed, dark, onBattery, overloaded }) => (
        <p key={feed} className={dark.count + overloaded.count > 0 ? classes.warn : classes.quiet}>
          {`Without ${feed}: `}
          {dark.count === 0 ? 'nothing goes off' : `${someText(dark)} off`}
          {onBattery.count > 0 && `, ${formatCount(onBattery.count, 'device')} on battery`}
          {overloaded.count > 0 && `, too much on ${someText(overloaded)}`}
        </p>
      ))}
    </Card>
  );
}

function PhaseCard({ overview }: { readonly overview: PowerOverview }) {
  const { none, ...phases } = overview.phases;
  const total = phases.L1 + phases.L2 + phases.L3;
  if (total === 0) return null;
  return (
    <Card title="Phases">
      <Bars values={phases} total={total} />
      {none > 0 && <p className={classes.quiet}>{wattsText(none)} on none that is declared</p>}
    </Card>
  );
}

function Bars({
  values,
  total,
}: {
  readonly values: Readonly<Record<string, number>>;
  readonly total: number;
}) {
  return (
    <dl className={classes.bars}>
      {Object.entries(values).map(([name, value]) => (
        <div key={name} className={classes.barRow}>
          <dt>{name}</dt>
          <dd className={classes.barTrack}>
            <span className={classes.bar} style={{ width: `${(value / total) * 100}%` }} />
          </dd>
          <dd className={classes.barText}>{wattsText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Beyond these the tree itself tells. */
const mostUps = 3;

function UpsCard({ ups }: Pick<PowerOverview, 'ups'>) {
  if (ups.length === 0) return null;
  return (
    <Card title="UPS">
      {ups.slice(0, mostUps).map(({ id, name, load, capacity, runTime, battery }) => (
        <div key={id}>
          <p>
            <DeviceLink id={id} name={name} />
          </p>
          {capacity === null ? (
            <p>{wattsText(load)}</p>
          ) : (
            <Meter
              label={`Load of ${name}`}
              share={load / capacity}
              text={`${wattsText(load)} of ${wattsText(capacity)}`}
            />
          )}
          <p className={classes.quiet} title={runTimeAssumption}>
            {runTime !== null && `Runs ${runTimeText(runTime)}`}
            {runTime === null && battery === null && 'Declare its battery for a run time'}
          </p>
        </div>
      ))}
      {ups.length > mostUps && (
        <p className={classes.quiet}>{`and ${ups.length - mostUps} more`}</p>
      )}
      {ups.some(({ runTime }) => runTime !== null) && (
        <p className={classes.fine}>{runTimeAssumption}</p>
      )}
    </Card>
  );
}

function WarningCard({ overview }: { readonly overview: PowerOverview }) {
  const { overloaded, circles, singleSupply, undocumented } = overview;
  const lines = [
    ...(overloaded.count > 0 ? [`Carries too much: ${someText(overloaded)}.`] : []),
    ...circles.map((circle) => `Goes round in a circle: ${circle.join(', ')}.`),
    ...(singleSupply.count > 0 ? [`All supplies on one feed: ${someText(singleSupply)}.`] : []),
  ];
  if (lines.length === 0 && undocumented === 0) return null;
  return (
    <Card title="To look at">
      {lines.map((line) => (
        <p key={line} className={classes.warn}>
          <IconAlertTriangle aria-hidden className={classes.icon} /> <bdi>{line}</bdi>
        </p>
      ))}
      {undocumented > 0 && (
        <p>
          <a
            className={classes.link}
            href={formatRoute({ screen: 'racks', view: 'power', thing: 'undocumented' })}
          >
            {`${formatCount(undocumented, 'device')} without documented power`}
          </a>
        </p>
      )}
    </Card>
  );
}
