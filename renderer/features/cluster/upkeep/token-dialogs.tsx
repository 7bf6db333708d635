import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApp } from '../../../app/app-context.ts';
import { DeleteDialog } from '../../../ui/delete-dialog.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { isolated } from '../../../ui/isolate.ts';
import classes from './upkeep.module.css';
import { WorkDialog } from './work-dialog.tsx';

interface DialogProps {
  readonly context: string;
  readonly cluster: string;
  readonly onClose: () => void;
}

const minute = 60_000;
const lives = [
  { value: String(30 * minute), label: '30 minutes' },
  { value: String(120 * minute), label: '2 hours' },
  { value: String(24 * 60 * minute), label: 'A day' },
  { value: String(7 * 24 * 60 * minute), label: 'A week' },
];

/** A token for agents: it goes into a file of this computer, and is seen nowhere else. */
export function CreateTokenDialog({ context, cluster, onClose }: DialogProps) {
  const { upkeep } = useApp().cluster;
  const [description, setDescription] = useState('');
  const [life, setLife] = useState(String(120 * minute));
  const [file, setFile] = useState('');
  const submit = async () => {
    const asked = { description: description.trim(), lifeMs: Number(life), file: file.trim() };
    const outcome = await upkeep.createToken(context, asked);
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  };
  return (
    <FormDialog
      title={`Add a token for agents of ${isolated(cluster)}`}
      size="md"
      submit="Add the token"
      disabled={file.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.fields}>
        <p className={classes.quiet}>
          Whoever has it can join machines as agents until it ends. Onboarding makes its own and
          deletes it: this one is for machines that are set up by hand.
        </p>
        <TextInput
          label="New file"
          description="Whole, on the computer where Rackhelm runs. Only its user can read it; the token is shown nowhere."
          placeholder="~/agent-token"
          value={file}
          maxLength={4_096}
          data-autofocus
          onChange={(event) => setFile(event.currentTarget.value)}
        />
        <NativeSelect
          label="Ends after"
          value={life}
          data={lives}
          onChange={(event) => setLife(event.currentTarget.value)}
        />
        <TextInput
          label="For"
          value={description}
          maxLength={200}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
      </div>
    </FormDialog>
  );
}

interface DeleteTokenProps extends Omit<DialogProps, 'cluster'> {
  readonly id: string;
}

/** It lets nobody join any more. */
export function DeleteTokenDialog({ context, id, onClose }: DeleteTokenProps) {
  const { upkeep } = useApp().cluster;
  const onDelete = async () => {
    const outcome = await upkeep.deleteToken(context, id);
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  };
  return (
    <DeleteDialog name={`the token ${id}`} onDelete={onDelete} onClose={onClose}>
      Nobody can join with it any more; agents that have joined stay. It cannot be brought back.
    </DeleteDialog>
  );
}

/** Another token of the servers, node by node. */
export function RotateTokenDialog({ context, cluster, onClose }: DialogProps) {
  return (
    <WorkDialog
      context={context}
      title={`Rotate the token of ${isolated(cluster)}`}
      intro="The token of the servers lets machines join and opens snapshots. K3s makes a new one; every server is restarted with it, then the agents that hold it."
      verb="Rotate it"
      danger
      work={{ kind: 'rotate-token' }}
      onClose={onClose}
    >
      {null}
    </WorkDialog>
  );
}
