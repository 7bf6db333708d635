import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { Section } from '../../../ui/section.tsx';
import { QuestionView } from '../../add-machine/question-view.tsx';
import { StepList } from '../../add-machine/step-list.tsx';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import { ConnectionState } from './connection-state.tsx';
import type { LiveConnection } from './live-connection.ts';
import classes from './machines.module.css';
import { TargetEdit } from './target-edit.tsx';

/** Trusting the key and signing in are two questions of one connection; each step shows where it is. */
export function TrustStep({ draft }: StepProps) {
  return (
    <ConnectStep
      draft={draft}
      step="trust"
      lead="Each machine proves who it is by its key. Compare the fingerprint with the one that the machine itself shows."
    />
  );
}

export function SignInStep({ draft }: StepProps) {
  return (
    <ConnectStep
      draft={draft}
      step="sign-in"
      lead="Rackhelm signs in as you would by ssh: with your agent, your key files, or a password."
    />
  );
}

interface ConnectStepProps extends StepProps {
  readonly step: 'trust' | 'sign-in';
  readonly lead: string;
}

function ConnectStep({ draft, step, lead }: ConnectStepProps) {
  const { onboarding } = useApp();
  const connections = useStore(onboarding.store, (state) => state.connections);
  const untried = draft.machines.filter(
    ({ id, connection }) => connection.state === 'untried' && !connections.has(id),
  );
  const missing = draft.machines.filter(({ connection }) => connection.state !== 'read');
  const idle = missing.filter(({ id }) => !isUnderWay(connections.get(id)));
  // Whoever came here by Continue asked for it; what failed is tried again when they say so.
  const first = untried.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (first !== '') void onboarding.connect(draft.id, first.split(' '));
  }, [onboarding, draft.id, first]);
  return (
    <StepFrame
      draft={draft}
      step={step}
      lead={lead}
      extra={
        idle.length > 0 && (
          <Button
            onClick={() =>
              void onboarding.connect(
                draft.id,
                idle.map(({ id }) => id),
              )
            }
          >
            {idle.length === draft.machines.length ? 'Connect' : 'Connect to the rest'}
          </Button>
        )
      }
    >
      {draft.machines.map((machine) => (
        <MachineConnection
          key={machine.id}
          draft={draft}
          machine={machine}
          live={connections.get(machine.id) ?? null}
        />
      ))}
    </StepFrame>
  );
}

interface MachineConnectionProps {
  readonly draft: Draft;
  readonly machine: DraftMachine;
  readonly live: LiveConnection | null;
}

function MachineConnection({ draft, machine, live }: MachineConnectionProps) {
  const { onboarding } = useApp();
  const form = useId();
  const [editing, setEditing] = useState(false);
  const failure =
    machine.connection.state === 'failed' && !isUnderWay(live) ? machine.connection : null;
  return (
    <Section
      title={<bdi>{nameOf(machine)}</bdi>}
      note={<ConnectionState machine={machine} live={live} />}
      actions={
        failure && (
          <>
            <Button onClick={() => setEditing(true)}>Change the way in</Button>
            <Button onClick={() => void onboarding.connect(draft.id, [machine.id])}>
              Try again
            </Button>
          </>
        )
      }
    >
      {machine.connection.state === 'read' && machine.connection.hostKey && (
        <p className={classes.quiet}>
          {`Its key: ${machine.connection.hostKey.type} `}
          <span className="rh-mono">{machine.connection.hostKey.sha256}</span>
        </p>
      )}
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      {failure && editing && (
        <TargetEdit draft={draft} machine={machine} onClose={() => setEditing(false)} />
      )}
      {live && isUnderWay(live) && (
        <StepList
          steps={live.steps.map(toLine)}
          last={live.state === 'asking' ? 'asking' : 'running'}
        />
      )}
      {live?.state === 'asking' && (
        <div className={answersItself(live.question.kind) ? classes.key : classes.question}>
          <QuestionView
            question={live.question}
            formId={form}
            onAnswer={(answer) => void onboarding.answer(machine.id, answer)}
          />
          {!answersItself(live.question.kind) && (
            <div className={classes.answers}>
              <Button
                label={`Do not sign in to ${isolated(nameOf(machine))}`}
                onClick={() => void onboarding.answer(machine.id, { kind: 'cancel' })}
              >
                Cancel
              </Button>
              <Button tone="primary" type="submit" form={form}>
                Sign in
              </Button>
            </div>
          )}
        </div>
      )}
    </Section>
  );
}

const toLine = (step: LiveConnection['steps'][number]) => ({ ...step, at: 0 });

/** Keys are answered in the question, beside what that means. */
const answersItself = (kind: string) => kind === 'unknown-host-key' || kind === 'changed-host-key';

export const isUnderWay = (live: LiveConnection | null | undefined) =>
  live?.state === 'connecting' || live?.state === 'asking';
