import { Checkbox } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ShownCheck } from '../../../../shared/checks/check.ts';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckList } from '../../../ui/check-list/check-list.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { Section } from '../../../ui/section.tsx';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import classes from './checks.module.css';
import { lookedAt } from './look.ts';
import { LookStatus } from './look-status.tsx';
import { PortsConsent } from './ports-consent.tsx';

/** What is in order on each machine, and which of what is not is to be mended. */
export function ChecksStep({ draft }: StepProps) {
  const { onboarding } = useApp();
  const look = useStore(onboarding.store, (state) => state.look);
  const checking = look?.what === 'check' && look.running;
  const unchecked = draft.machines.every(({ checkedAt }) => checkedAt === null);
  const [ports, setPorts] = useState(false);
  const run = () => void onboarding.looks.check(draft.id, [], ports);
  return (
    <StepFrame
      draft={draft}
      step="checks"
      lead="Each machine is looked at in one go; nothing is changed. Tick what is to be mended: you see exactly how before it is done."
      extra={
        <Button busy={checking} onClick={run}>
          {unchecked ? 'Run the checks' : 'Run them again'}
        </Button>
      }
    >
      <PortsConsent draft={draft} agreed={ports} onChange={setPorts} />
      {look?.what === 'check' && (
        <LookStatus machines={lookedAt(draft)} look={look} label="Checking the machines" />
      )}
      {unchecked && !checking ? (
        <EmptyState
          icon={IconListCheck}
          title="Nothing was checked yet"
          actions={
            <Button tone="primary" onClick={run}>
              Run the checks
            </Button>
          }
        >
          About forty points: access, disks, memory, clock, network, kernel and what earlier
          installations left. Root is asked for where a point cannot be seen without.
        </EmptyState>
      ) : (
        <Checked draft={draft} />
      )}
    </StepFrame>
  );
}

function Checked({ draft }: { readonly draft: Draft }) {
  const [shown, setShown] = useState(draft.machines[0]?.id ?? '');
  const machine = draft.machines.find(({ id }) => id === shown) ?? draft.machines[0];
  if (machine === undefined) return null;
  return (
    <>
      {draft.machines.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
        <div className={classes.machines} role="group" aria-label="Machines">
          {draft.machines.map((each) => (
            <button
              key={each.id}
              type="button"
              className={classes.machine}
              aria-pressed={each.id === machine.id}
              onClick={() => setShown(each.id)}
            >
              <bdi>{nameOf(each)}</bdi>
              <span className={classes.count}>{badOf(each)}</span>
            </button>
          ))}
        </div>
      )}
      <Fixes draft={draft} machine={machine} />
      {machine.checkedAt !== null && <Results key={machine.id} draft={draft} machine={machine} />}
    </>
  );
}

function badOf({ checks, checkedAt }: DraftMachine): string {
  if (checkedAt === null) return 'not checked';
  const bad = checks.filter(({ status, accepted }) => status === 'fail' && !accepted).length;
  return bad === 0 ? 'nothing failed' : `${bad} failed`;
}

interface MachineProps {
  readonly draft: Draft;
  readonly machine: DraftMachine;
}

/** What can be mended by itself: ticked, it becomes part of the plan. */
function Fixes({ draft, machine }: MachineProps) {
  const { onboarding } = useApp();
  const { fixes } = machine.answers;
  const mendable = machine.checks.filter(
    ({ fix, status }) => fix?.kind === 'phase' && (status === 'fail' || status === 'warn'),
  );
  if (mendable.length === 0) return null;
  const has = (check: string, part: string) =>
    fixes.some((each) => each.check === check && each.part === part);
  const set = (check: string, part: string, on: boolean) =>
    void onboarding.change(draft, {
      kind: 'machine',
      machineId: machine.id,
      answers: {
        fixes: [
          ...fixes.filter((each) => each.check !== check || each.part !== part),
          ...(on ? [{ check, part }] : []),
        ],
      },
    });
  return (
    <Section title="Mend with this onboarding" note={`${fixes.length} of ${mendable.length}`}>
      <ul className={classes.fixes}>
        {mendable.map(({ check, part, found, fix }) => (
          <li key={`${check} ${part}`}>
            <Checkbox
              label={fix?.kind === 'phase' ? fix.title : ''}
              description={found}
              checked={has(check, part)}
              onChange={(event) => set(check, part, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Results({ draft, machine }: MachineProps) {
  const { onboarding } = useApp();
  const resource = onboarding.results(machine.deviceId);
  const state = useResource(resource);
  if (state.status !== 'ready') return null;
  const accept = async (check: ShownCheck, what: { reason: string; until: number | null }) => {
    const failure = await onboarding.accept(machine.deviceId, check, what);
    if (failure === null) await resource.reload();
    return failure;
  };
  return (
    <CheckList
      label={`checks of ${isolated(nameOf(machine))}`}
      checks={state.data}
      onRun={() => void onboarding.looks.check(draft.id, [machine.id])}
      onAccept={accept}
      onUnaccept={(check) =>
        void onboarding.unaccept(machine.deviceId, check).then(() => resource.reload())
      }
    />
  );
}
