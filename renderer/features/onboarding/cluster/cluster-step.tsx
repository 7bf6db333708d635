import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { lookedAt } from '../looks/look.ts';
import { LookStatus } from '../looks/look-status.tsx';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import { ClusterChoice } from './cluster-choice.tsx';
import { ClusterFacts } from './cluster-facts.tsx';
import { K3sSource } from './k3s-source.tsx';
import { MachineJoin } from './machine-join.tsx';

/** Whether the machines join a cluster, which one, as what, and where K3s comes from. */
export function ClusterStep({ draft }: StepProps) {
  const { onboarding } = useApp();
  const look = useStore(onboarding.store, (state) =>
    state.look?.what === 'join' ? state.look : null,
  );
  const { clusterId, join } = draft.common;
  // What was seen last stays while it is looked at again.
  const seen = useRef<JoinView | null>(null);
  if (look?.joining) seen.current = look.joining;
  const view = look?.joining ?? seen.current;
  // Once the host has an answer: what it has not heard of yet it would look past.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer has a version of its own
  useEffect(() => {
    void onboarding.looks.join(draft.id);
  }, [onboarding, draft.id, draft.version]);
  const joins = join !== null && clusterId !== null;
  return (
    <StepFrame
      draft={draft}
      step="cluster"
      lead="A machine can join a K3s cluster as part of this onboarding. What has to be alike on all servers is taken from those that run."
      extra={
        joins && (
          <Button busy={look?.running} onClick={() => void onboarding.looks.join(draft.id, true)}>
            Look again
          </Button>
        )
      }
    >
      <ClusterChoice draft={draft} clusters={view?.clusters ?? []} />
      {look && (look.question || look.failures.length > 0 || view === null) && (
        <LookStatus machines={lookedAt(draft)} look={look} label="Looking at the cluster" />
      )}
      {joins && view?.cluster?.id === clusterId && (
        <>
          <ClusterFacts cluster={view.cluster} />
          {draft.machines.map((machine) => (
            <MachineJoin key={machine.id} draft={draft} machine={machine} view={view} />
          ))}
          <K3sSource draft={draft} join={join} view={view} />
        </>
      )}
    </StepFrame>
  );
}
