import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { Callout } from '../../ui/error-state.tsx';
import classes from './connect.module.css';
import { StepList } from './step-list.tsx';
import {
  fieldToMend,
  formProblems,
  keyDeclined,
  type TargetForm,
  type WizardState,
} from './wizard-state.ts';

interface TargetFormViewProps {
  readonly state: Extract<WizardState, { step: 'form' }>;
  readonly formId: string;
}

/** Where the machine is; after a failure also what happened, with everything still typed in. */
export function TargetFormView({ state, formId }: TargetFormViewProps) {
  const { failure, steps, goal } = state;
  const declined = failure === keyDeclined;
  return (
    <>
      {failure && (
        <div className={classes.failure}>
          {steps.length > 0 && <StepList steps={steps} last={declined ? 'declined' : 'failed'} />}
          <Callout tone={declined ? 'info' : 'danger'} title={failure.message}>
            {failure.hint}
          </Callout>
        </div>
      )}
      {goal.kind === 'new' && <Fields state={state} formId={formId} />}
    </>
  );
}

function Fields({ state, formId }: TargetFormViewProps) {
  const { attempts } = useApp();
  const [tried, setTried] = useState(false);
  const first = fieldToMend(state.failure);
  const problems = tried ? formProblems(state.form) : {};

  function field(key: keyof TargetForm) {
    return {
      name: key,
      value: state.form[key],
      error: problems[key] ?? null,
      autoComplete: 'off',
      spellCheck: false,
      // The one when a dialog opens with it, the other when the form comes back in an open one.
      'data-autofocus': key === first || undefined,
      autoFocus: key === first,
      classNames: { input: 'rh-mono' },
      onChange: (event: { currentTarget: { value: string } }) =>
        attempts.type({ ...state.form, [key]: event.currentTarget.value }),
    };
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    const [wrong] = Object.keys(formProblems(state.form));
    const input = wrong === undefined ? null : event.currentTarget.elements.namedItem(wrong);
    if (input instanceof HTMLElement) input.focus();
    void attempts.connect();
  }

  return (
    <form id={formId} className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        {...field('host')}
        className={classes.host}
        label="Host"
        placeholder="pi-1.lan, 10.0.10.11 or an SSH alias"
      />
      <TextInput {...field('port')} label="Port" placeholder="22" inputMode="numeric" />
      <TextInput {...field('user')} label="User" placeholder="as your SSH configuration says" />
      <TextInput
        {...field('identityFile')}
        className={classes.wide}
        label="Key file"
        description="Empty: your SSH agent and the usual keys"
        placeholder="~/.ssh/id_ed25519"
      />
      <TextInput
        {...field('jump')}
        className={classes.wide}
        label="Jump hosts"
        description="First to last, separated by commas"
        placeholder="admin@gateway"
      />
      <p className={`${classes.note} ${classes.wide}`}>
        Your SSH configuration is used for whatever is empty here. Nothing is installed on the
        machine, and nothing is changed there.
      </p>
    </form>
  );
}
