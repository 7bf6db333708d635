import type { WholeDeviceType } from '../../../shared/contract/device-types.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import classes from './device-types.module.css';
import { portGroups } from './port-runs.ts';

/** Ports that differ one by one are a list without end. */
const runsShown = 60;

const columns = [
  { title: 'Name' },
  { title: 'Count' },
  { title: 'Connector' },
  { title: 'More' },
] as const;

/** What a device of the type has: its ports, power and bays, equal ones as one line. */
export function TypePorts({ ports }: { readonly ports: WholeDeviceType['ports'] }) {
  const groups = portGroups(ports);
  if (groups.length === 0) {
    return (
      <Section title="Ports">
        <p className={classes.quiet}>This type has no ports.</p>
      </Section>
    );
  }
  return groups.map(({ role, title, count, runs }) => (
    <Section key={role} title={title} note={count.toLocaleString('en')}>
      <PlainTable
        label={title}
        columns={columns}
        rows={runs.slice(0, runsShown).map((run) => [
          <span key="name" className="rh-mono">
            <bdi>{run.first}</bdi>
            {run.count > 1 && (
              <>
                {' – '}
                <bdi>{run.last}</bdi>
              </>
            )}
          </span>,
          run.count,
          <span key="type" className="rh-mono">
            {run.type}
          </span>,
          <bdi key="says">{run.says}</bdi>,
        ])}
      />
      {runs.length > runsShown && (
        <p className={classes.quiet}>{`and ${runs.length - runsShown} more lines`}</p>
      )}
    </Section>
  ));
}
