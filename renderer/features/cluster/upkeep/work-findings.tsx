import { IconAlertTriangle, IconHandStop, IconInfoCircle } from '@tabler/icons-react';
import type { UpkeepFinding, UpkeepPlan } from '../../../../shared/cluster/upkeep/upkeep-work.ts';
import classes from './upkeep.module.css';

const groups = [
  { weight: 'stop', title: 'This stops it', icon: IconHandStop },
  { weight: 'warning', title: 'To know before', icon: IconAlertTriangle },
  { weight: 'info', title: 'Also', icon: IconInfoCircle },
] as const;

/** What was found, what stops it first. */
export function WorkFindings({ plan: { findings, findingsTotal } }: { readonly plan: UpkeepPlan }) {
  const more = findingsTotal - findings.length;
  return (
    <>
      {groups.map(({ weight, title, icon }) => (
        <Group
          key={weight}
          title={title}
          icon={icon}
          weight={weight}
          findings={findings.filter((one) => one.weight === weight)}
        />
      ))}
      {more > 0 && <p className={classes.quiet}>{`And ${more.toLocaleString('en')} more.`}</p>}
    </>
  );
}

interface GroupProps {
  readonly title: string;
  readonly icon: typeof IconInfoCircle;
  readonly weight: UpkeepFinding['weight'];
  readonly findings: readonly UpkeepFinding[];
}

function Group({ title, icon: Mark, weight, findings }: GroupProps) {
  if (findings.length === 0) return null;
  return (
    <section className={classes.group} data-weight={weight} aria-label={title}>
      <Mark aria-hidden className={classes.mark} />
      <div className={classes.groupBody}>
        <h3 className={classes.groupTitle}>{title}</h3>
        <ul className={classes.findings}>
          {findings.map(({ says }) => (
            <li key={says}>
              <bdi>{says}</bdi>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
