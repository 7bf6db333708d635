import { Radio, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { usualJoin } from '../../../../shared/cluster/join/join-answers.ts';
import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { Section } from '../../../ui/section.tsx';
import choice from '../wizard/choice.module.css';
import classes from './cluster.module.css';

interface ClusterChoiceProps {
  readonly draft: Draft;
  readonly clusters: JoinView['clusters'];
}

/** Whether they join one, and which. */
export function ClusterChoice({ draft, clusters }: ClusterChoiceProps) {
  const { onboarding } = useApp();
  const { join, clusterId } = draft.common;
  const answer = (answers: Partial<Draft['common']>) =>
    void onboarding.change(draft, { kind: 'common', answers });
  const several = draft.machines.length > 1;
  return (
    <Section title="Join a cluster">
      <Radio.Group
        aria-label="Whether to join a cluster"
        value={join === null ? 'no' : 'yes'}
        onChange={(value) =>
          answer(
            value === 'no'
              ? { join: null }
              : { join: usualJoin, clusterId: clusterId ?? clusters[0]?.id ?? null },
          )
        }
      >
        <div className={classes.choices}>
          <div className={choice.choice}>
            <Radio
              size="xs"
              value="no"
              label={<span className={choice.label}>No</span>}
              description="Checked, mended, named and written down. It can join later: rackhelm cluster join."
            />
          </div>
          <div className={choice.choice}>
            <Radio
              size="xs"
              value="yes"
              label={<span className={choice.label}>Yes</span>}
              description={
                several
                  ? 'K3s is laid down and started on them. For each you say as what.'
                  : 'K3s is laid down and started. It is stopped again where it cannot join.'
              }
            />
          </div>
        </div>
      </Radio.Group>
      {join !== null && (
        <div className={classes.fields}>
          {clusters.length > 0 && (
            <Select
              label="Cluster"
              placeholder="Choose one"
              data={clusters.map(({ id, name }) => ({ value: id, label: isolated(name) }))}
              value={clusterId}
              allowDeselect={false}
              onChange={(value) => answer({ clusterId: value })}
            />
          )}
          <NewCluster onAdded={(id) => answer({ clusterId: id })} />
        </div>
      )}
    </Section>
  );
}

/** One that its first server is yet to make. */
function NewCluster({ onAdded }: { readonly onAdded: (id: string) => void }) {
  const { records, notify } = useApp();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    const outcome = await records.create('cluster', { name: name.trim(), kind: 'k3s' });
    setBusy(false);
    if (!outcome.ok) return notify.failed(outcome.failure);
    setName('');
    onAdded(outcome.value.id);
  };
  return (
    <div className={classes.add}>
      <TextInput
        label="Or a new one"
        placeholder="Its name"
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button busy={busy} disabled={name.trim() === ''} onClick={() => void add()}>
        Add
      </Button>
    </div>
  );
}
