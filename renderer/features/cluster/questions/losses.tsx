import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Loss } from '../../../../shared/cluster/questions/answers.ts';
import { Button } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { Lines, PlainTable } from '../../../ui/plain-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { ObjectLink } from '../cluster-links.tsx';
import classes from './questions.module.css';
import { WorkloadLink } from './workload-answers.tsx';

interface LossesProps {
  readonly context: string;
  readonly losses: readonly Loss[];
}

const step = 10;

/** Node by node, the worst first: what would not come back if it went. */
export function Losses({ context, losses }: LossesProps) {
  const [shown, setShown] = useState(step);
  const sorted = losses.toSorted((a, b) => b.pods - b.moves - (a.pods - a.moves));
  const left = sorted.length - shown;
  return (
    <Section
      title="What would not come back if a node went?"
      note="tried by the rules of the scheduler, without preemption"
    >
      {sorted.slice(0, shown).map((loss) => (
        <OneLoss key={loss.node} context={context} loss={loss} />
      ))}
      {left > 0 && (
        <Button tone="quiet" onClick={() => setShown(shown + step)}>
          {`Show ${Math.min(step, left)} more of ${left.toLocaleString('en')} nodes`}
        </Button>
      )}
    </Section>
  );
}

function OneLoss({ context, loss }: { readonly context: string; readonly loss: Loss }) {
  const { node, pods, moves, stays, more, budgets, leaves } = loss;
  const lost = pods - moves;
  return (
    <div className={classes.loss}>
      <p className={classes.lossHead}>
        <ObjectLink context={context} kind="nodes" namespace={null} name={node} />
        {lost === 0 ? (
          <StatusBadge tone="ok" icon={IconCircleCheck} plain>
            {pods === 0
              ? 'Nothing would have to move'
              : `All ${formatCount(pods, 'pod')} would run elsewhere`}
          </StatusBadge>
        ) : (
          <StatusBadge tone="warn" icon={IconAlertTriangle} plain>
            {`${lost} of ${formatCount(pods, 'pod')} would not come back by themselves`}
          </StatusBadge>
        )}
      </p>
      {stays.length > 0 && (
        <PlainTable
          label={`What would not come back if ${node} went`}
          columns={[{ title: 'Workload' }, { title: 'Pod' }, { title: 'Why' }]}
          rows={stays.map((row) => [
            <WorkloadLink key="workload" context={context} {...row} />,
            <bdi key="pod">{row.pod}</bdi>,
            <span key="why" className={classes.why}>
              <Lines>
                {row.why.map((text) => (
                  <bdi key={text}>{text}</bdi>
                ))}
              </Lines>
            </span>,
          ])}
        />
      )}
      {more > 0 && <p className={classes.lossRest}>{`And ${formatCount(more, 'pod')} more.`}</p>}
      {budgets.length > 0 && (
        <p className={classes.lossRest}>
          A drain would wait for these budgets: <bdi>{budgets.join(', ')}</bdi>
        </p>
      )}
      {leaves.length > 0 && (
        <p className={classes.lossRest}>
          Left behind: <bdi>{leaves.join('; ')}</bdi>
        </p>
      )}
    </div>
  );
}
