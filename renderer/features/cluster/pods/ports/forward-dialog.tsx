import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import { useApp } from '../../../../app/app-context.ts';
import { FormDialog } from '../../../../ui/form-dialog.tsx';
import { isolated } from '../../../../ui/isolate.ts';
import classes from '../pods.module.css';

interface ForwardDialogProps {
  readonly contextId: string;
  readonly of: ObjectName;
  /** Null: it is typed. */
  readonly port: number | null;
  readonly onClose: () => void;
}

type Typed = string | number;

const portOf = (typed: Typed): number | null => {
  const port = Number(typed);
  return typed !== '' && Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null;
};

/** Which port of it, and which one of this computer leads there. */
export function ForwardDialog({ contextId, of, port: known, onClose }: ForwardDialogProps) {
  const { forwards } = useApp().cluster.pods;
  const [typed, setTyped] = useState<Typed>(known ?? '');
  const [local, setLocal] = useState<Typed>('');
  const port = portOf(typed);
  const localPort = portOf(local);
  async function submit() {
    if (port === null) return null;
    const outcome = await forwards.add({ contextId, ...of, port, localPort });
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }
  return (
    <FormDialog
      title={`Forward a port of ${isolated(of.name)}`}
      size="sm"
      submit="Forward"
      disabled={port === null || (local !== '' && localPort === null)}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.fields}>
        <NumberInput
          label={of.kind === 'services' ? 'Port of the service' : 'Port of the pod'}
          value={typed}
          onChange={setTyped}
          min={1}
          max={65_535}
          hideControls
          data-autofocus={known === null || undefined}
        />
        <NumberInput
          label="Port of this computer"
          description="Empty: any that is free. Only programs of this computer reach it, at 127.0.0.1."
          value={local}
          onChange={setLocal}
          min={1}
          max={65_535}
          hideControls
          data-autofocus={known !== null || undefined}
        />
      </div>
    </FormDialog>
  );
}
