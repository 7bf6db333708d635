import { IconAlertTriangle, IconArrowsDiff, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DeviceRow } from '../../../shared/model/inventory.ts';
import { failureWords } from '../../../shared/model/readings.ts';
import { useApp } from '../../app/app-context.ts';
import { type DeviceTab, formatRoute } from '../../app/routes.ts';
import type { Resource } from '../../rpc/resource.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Section } from '../../ui/section.tsx';
import { KindIcon } from '../devices/device-cells.tsx';
import { formatFilter, noFilter } from '../devices/device-filter.ts';
import type { Summary } from '../inventory/inventory-store.ts';
import classes from './overview.module.css';

/** What the person should look at, most telling first; says so when there is nothing. */
export function Attention({ summary }: { readonly summary: Summary }) {
  const { overview } = useApp();
  const allDifferent = formatRoute({
    screen: 'devices',
    query: formatFilter({ ...noFilter, onlyDifferent: true }),
  });
  const failed = formatRoute({
    screen: 'devices',
    query: formatFilter({ ...noFilter, onlyFailed: true }),
  });
  const unobserved = formatRoute({
    screen: 'devices',
    query: formatFilter({ ...noFilter, onlyUnobserved: true }),
  });
  return (
    <div className={classes.attention}>
      {summary.couldNotBeRead > 0 && (
        <Section title="Could not be read" note={summary.couldNotBeRead.toLocaleString('en')}>
          <DeviceList
            resource={overview.failed}
            tab="details"
            label="Devices that could not be read"
            note={({ failure, attemptedAt }) => (
              <span className={classes.failed}>
                <Ago at={attemptedAt} short />: {failureWords(failure?.code ?? '')}
              </span>
            )}
          />
          <a className={classes.all} href={failed}>
            Show all in the list
          </a>
        </Section>
      )}
      {summary.withDifferences > 0 && (
        <Section
          title="Differ from what is declared"
          note={summary.withDifferences.toLocaleString('en')}
        >
          <DeviceList
            resource={overview.different}
            tab="compare"
            label="Devices with differences"
            note={(device) => (
              <span className={classes.warn}>
                <IconArrowsDiff aria-hidden />
                {formatCount(device.differences, 'difference')}
              </span>
            )}
          />
          <a className={classes.all} href={allDifferent}>
            Show all in the list
          </a>
        </Section>
      )}
      {summary.neverObserved > 0 && (
        <Section title="Never read" note={summary.neverObserved.toLocaleString('en')}>
          <DeviceList
            resource={overview.unobserved}
            tab="details"
            label="Devices never read"
            note={(device) => (
              <bdi className={classes.quiet}>{device.primaryAddress ?? device.sshHost}</bdi>
            )}
          />
          <a className={classes.all} href={unobserved}>
            Show all in the list
          </a>
        </Section>
      )}
      <Contradictions />
      {summary.withDifferences + summary.neverObserved + summary.couldNotBeRead === 0 && (
        <p className={classes.calm}>
          <IconCircleCheck aria-hidden />
          Everything was read, and agrees with what is declared.
        </p>
      )}
    </div>
  );
}

/** The rules that found most of what is no mere note. */
const rulesShown = 5;

function Contradictions() {
  const state = useResource(useApp().lint.summary);
  if (state.status !== 'ready') return null;
  const { counts, rules } = state.data;
  const telling = rules.filter(({ severity }) => severity !== 'note');
  if (telling.length === 0) return null;
  return (
    <Section title="Contradicts itself" note={(counts.error + counts.warning).toLocaleString('en')}>
      <ul aria-label="Findings by rule">
        {telling.slice(0, rulesShown).map(({ name, title, count }) => (
          <li key={name}>
            <a
              className={classes.entry}
              href={formatRoute({ screen: 'findings', query: `rule=${name}` })}
            >
              <IconAlertTriangle aria-hidden className={classes.entryIcon} />
              <span className={classes.entryName}>{title}</span>
              <span className={classes.quiet}>{count.toLocaleString('en')}</span>
            </a>
          </li>
        ))}
      </ul>
      <a className={classes.all} href={formatRoute({ screen: 'findings', query: '' })}>
        Show all findings
      </a>
    </Section>
  );
}

interface DeviceListProps {
  readonly label: string;
  readonly resource: Resource<DeviceRow[]>;
  readonly tab: DeviceTab;
  readonly note: (device: DeviceRow) => ReactNode;
}

function DeviceList({ label, resource, tab, note }: DeviceListProps) {
  const state = useResource(resource);
  // A short list beside the racks: its failure is told by the list itself when it is opened.
  if (state.status !== 'ready' || state.data.length === 0) return null;
  return (
    <ul aria-label={label}>
      {state.data.map((device) => (
        <li key={device.id}>
          <a className={classes.entry} href={formatRoute({ screen: 'device', id: device.id, tab })}>
            <KindIcon kind={device.kind} />
            <bdi className={classes.entryName}>{device.name}</bdi>
            {note(device)}
          </a>
        </li>
      ))}
    </ul>
  );
}
