import { Checkbox, Radio } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { usualDrain } from '../../../../shared/cluster/drain/options.ts';
import type { LeaveWork, UpkeepPlan } from '../../../../shared/cluster/upkeep/upkeep-work.ts';
import { useApp } from '../../../app/app-context.ts';
import { isolated } from '../../../ui/isolate.ts';
import classes from './upkeep.module.css';
import { WorkDialog } from './work-dialog.tsx';

interface LeaveDialogProps {
  readonly context: string;
  readonly cluster: string;
  readonly node: string;
  readonly onClose: () => void;
}

type Accept = NonNullable<UpkeepPlan['findings'][number]['accept']>;

/** A node leaves its cluster: what it takes along is accepted one by one, as it turns up. */
export function LeaveDialog({ context, cluster, node, onClose }: LeaveDialogProps) {
  const { upkeep } = useApp().cluster;
  const plan = useStore(upkeep.look, (look) => look?.plan ?? null);
  const [accepted, setAccepted] = useState<ReadonlySet<Accept>>(new Set());
  const [volumes, setVolumes] = useState<LeaveWork['volumes']>('keep');
  const work: LeaveWork = {
    ...{ kind: 'leave', node, volumes },
    machine: accepted.has('machine-gone') ? 'gone' : 'there',
    acceptVolumes: accepted.has('volumes'),
    drain: {
      ...usualDrain,
      deleteLocalData: accepted.has('local-data'),
      deleteUncontrolled: accepted.has('uncontrolled'),
    },
  };
  // What was accepted stays to be taken back, also once it stops nothing any more.
  const offered = choices.filter(
    ({ accept }) =>
      accepted.has(accept) || plan?.findings.some((finding) => finding.accept === accept),
  );
  const toggle = (accept: Accept, on: boolean) => {
    const next = new Set(accepted);
    if (on) next.add(accept);
    else next.delete(accept);
    setAccepted(next);
  };
  const hasVolumes = offered.some(({ accept }) => accept === 'volumes');
  return (
    <WorkDialog
      context={context}
      title={`${isolated(node)} leaves ${isolated(cluster)}`}
      intro="Its pods are sent away, K3s is stopped and uninstalled there, and the cluster and the inventory forget it. The machine itself stays."
      verb="Let it leave"
      danger
      work={work}
      onClose={onClose}
    >
      {offered.length > 0 && (
        <fieldset className={classes.choices}>
          <legend className="rh-hidden">What you accept</legend>
          {offered.map(({ accept, label, says }) => (
            <Checkbox
              key={accept}
              label={label}
              description={says}
              checked={accepted.has(accept)}
              onChange={(event) => toggle(accept, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
      )}
      {hasVolumes && !accepted.has('machine-gone') && (
        <Radio.Group
          label="What local volumes hold"
          value={volumes}
          onChange={(value) => setVolumes(value === 'delete' ? 'delete' : 'keep')}
        >
          <div className={classes.radios}>
            <Radio value="keep" label="Set it aside on the machine" />
            <Radio value="delete" label="Delete it with K3s" />
          </div>
        </Radio.Group>
      )}
    </WorkDialog>
  );
}

const choices: readonly {
  readonly accept: Accept;
  readonly label: string;
  readonly says: string;
}[] = [
  {
    accept: 'volumes',
    label: 'Pods lose the volumes that lie on it',
    says: 'Volumes of its own disk, which no other node can use.',
  },
  {
    accept: 'local-data',
    label: 'Local data may be lost',
    says: 'What pods wrote into emptyDir volumes on this node.',
  },
  {
    accept: 'uncontrolled',
    label: 'Pods that nothing makes anew may go for good',
    says: 'Those that somebody made by hand, without a deployment or the like.',
  },
  {
    accept: 'machine-gone',
    label: 'Its machine is gone',
    says: 'Only the cluster and the inventory forget it. K3s must never be started there again.',
  },
];
