import { Radio } from '@mantine/core';
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import { type NodeRole, type RankedRole, roleWords } from '../../../../shared/onboarding/role.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { RoleForAll } from '../place/common-answers.tsx';
import choice from '../wizard/choice.module.css';
import { Problems } from '../wizard/problems.tsx';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import classes from './role.module.css';
import { SignInFromNow } from './sign-in-from-now.tsx';

/** What each machine is to be, with what speaks for and against. */
export function RoleStep({ draft }: StepProps) {
  const { onboarding } = useApp();
  const resource = onboarding.roles(draft.id);
  const state = useResource(resource);
  return (
    <StepFrame
      draft={draft}
      step="role"
      lead="Recommended from architecture, memory, disks, power, and what already runs. Nothing is installed for it now."
    >
      {state.status === 'loading' && <Skeleton label="Weighing the roles" lines={6} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      <RoleForAll draft={draft} />
      {state.status === 'ready' &&
        draft.machines.map((machine) => (
          <Role
            key={machine.id}
            draft={draft}
            machine={machine}
            roles={state.data.find(({ machineId }) => machineId === machine.id)?.roles ?? []}
          />
        ))}
      <SignInFromNow draft={draft} />
    </StepFrame>
  );
}

interface RoleProps {
  readonly draft: Draft;
  readonly machine: DraftMachine;
  readonly roles: readonly RankedRole[];
}

function Role({ draft, machine, roles }: RoleProps) {
  const { onboarding } = useApp();
  const chosen = machine.answers.role ?? draft.common.role;
  const several = draft.machines.length > 1;
  const choose = (role: NodeRole) =>
    void onboarding.change(draft, {
      kind: 'machine',
      machineId: machine.id,
      answers: { role },
    });
  return (
    <Section title={<bdi>{nameOf(machine)}</bdi>}>
      <Radio.Group
        aria-label={`Role of ${nameOf(machine)}`}
        value={chosen ?? ''}
        onChange={(value) => choose(value as NodeRole) /* the values are roles */}
      >
        <ul className={classes.roles} data-many={several || undefined}>
          {roles.map((ranked, index) => (
            <li
              key={ranked.role}
              className={choice.choice}
              data-out={ranked.score === 0 || undefined}
            >
              <Radio
                size="xs"
                value={ranked.role}
                label={
                  <span className={choice.label}>
                    {roleWords[ranked.role].label}
                    {index === 0 && ranked.score > 0 && (
                      <span className={choice.best}>recommended</span>
                    )}
                  </span>
                }
                description={
                  ranked.suits.length > 0
                    ? `${roleWords[ranked.role].is} Good for ${ranked.suits.join(', ')}.`
                    : roleWords[ranked.role].is
                }
              />
              <ul className={classes.reasons}>
                {ranked.reasons.map(({ weight, text }) => (
                  <li key={text} className={classes.reason} data-weight={weight}>
                    <Weight weight={weight} />
                    <span>{text}</span>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Radio.Group>
      <Problems draft={draft} machineId={machine.id} fields={['role']} />
    </Section>
  );
}

function Weight({ weight }: { readonly weight: RankedRole['reasons'][number]['weight'] }) {
  switch (weight) {
    case 'for':
      return <IconCheck className={classes.mark} aria-label="for it:" />;
    case 'against':
      return <IconMinus className={classes.mark} aria-label="against it:" />;
    case 'rules-out':
      return <IconX className={classes.mark} aria-label="rules it out:" />;
  }
}
