import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Draft, DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import {
  fieldToMend,
  formProblems,
  type TargetForm,
  targetOf,
} from '../../add-machine/wizard-state.ts';
import classes from './machines.module.css';

interface TargetEditProps {
  readonly draft: Draft;
  readonly machine: DraftMachine;
  readonly onClose: () => void;
}

const labels: Readonly<Record<keyof TargetForm, string>> = {
  host: 'Host',
  port: 'Port',
  user: 'User',
  identityFile: 'Key file',
  jump: 'Jump hosts',
};

/** Another way in for a machine that was not reached; what is empty is as the ssh configuration says. */
export function TargetEdit({ draft, machine, onClose }: TargetEditProps) {
  const { onboarding } = useApp();
  const [form, setForm] = useState(() => formOf(machine));
  const [tried, setTried] = useState(false);
  const problems = tried ? formProblems(form) : {};
  const first = fieldToMend(failureOf(machine));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(formProblems(form)).length > 0) return;
    const target = targetOf(form);
    const outcome = await onboarding.change(draft, {
      kind: 'target',
      machineId: machine.id,
      target,
    });
    if (!outcome.ok) return;
    onClose();
    void onboarding.connect(draft.id, [machine.id]);
  };
  return (
    <form className={classes.target} onSubmit={(event) => void submit(event)} noValidate>
      {fields.map((key) => (
        <TextInput
          key={key}
          label={labels[key]}
          value={form[key]}
          error={problems[key] ?? null}
          autoComplete="off"
          spellCheck={false}
          autoFocus={key === first}
          classNames={{ input: 'rh-mono' }}
          onChange={(event) => setForm({ ...form, [key]: event.currentTarget.value })}
        />
      ))}
      <div className={classes.answers}>
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" type="submit">
          Connect this way
        </Button>
      </div>
    </form>
  );
}

const fields: readonly (keyof TargetForm)[] = ['host', 'port', 'user', 'identityFile', 'jump'];

function formOf({ target }: DraftMachine): TargetForm {
  const { host, port, user = '', identityFile = '', jump = [] } = target;
  return {
    host,
    port: port === undefined ? '' : String(port),
    user,
    identityFile,
    jump: jump.join(', '),
  };
}

function failureOf({ connection }: DraftMachine) {
  if (connection.state !== 'failed') return null;
  const { code, message, hint } = connection;
  return { code, message, hint, data: {} } as Parameters<typeof fieldToMend>[0]; // a draft keeps the code as a word
}
