import { IconAlertTriangle, IconHandStop, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DrainFinding } from '../../../../shared/cluster/drain/finding.ts';
import classes from './findings.module.css';

type Weight = DrainFinding['weight'];

/** What stops a work comes first. */
export const findingWeights = [
  { weight: 'stop', title: 'This stops it' },
  { weight: 'warning', title: 'To know before' },
  { weight: 'info', title: 'Also' },
] as const satisfies readonly { readonly weight: Weight; readonly title: string }[];

const marks = { stop: IconHandStop, warning: IconAlertTriangle, info: IconInfoCircle };

interface WeighedFindingsProps {
  readonly weight: Weight;
  readonly title: ReactNode;
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** A list item for each finding. */
  readonly children: ReactNode;
}

/** Findings of one kind about a work of the cluster, with the sign of how much they weigh. */
export function WeighedFindings({ weight, title, hint, children }: WeighedFindingsProps) {
  const Mark = marks[weight];
  return (
    <div className={classes.group} data-weight={weight}>
      <Mark aria-hidden className={classes.mark} />
      <div className={classes.groupBody}>
        <h3 className={classes.groupTitle}>{title}</h3>
        <ul className={classes.findings}>{children}</ul>
        {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      </div>
    </div>
  );
}
