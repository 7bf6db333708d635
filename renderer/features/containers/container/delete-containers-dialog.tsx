import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import { useApp } from '../../../app/app-context.ts';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import classes from '../containers.module.css';

interface DeleteContainersProps {
  readonly engineId: string;
  readonly rows: readonly ClusterRow[];
  /** `model`, or `3 containers`. */
  readonly what: string;
  readonly onClose: () => void;
  readonly onDeleted?: (() => void) | undefined;
}

const ended: ReadonlySet<string> = new Set(['ended', 'unknown']);

/** What goes with a container, and what stays. */
export function DeleteContainersDialog(props: DeleteContainersProps) {
  const { engineId, rows, what, onClose, onDeleted } = props;
  const { containers } = useApp();
  const [volumes, setVolumes] = useState(false);
  const [busy, setBusy] = useState(false);
  const runs = rows.some(({ status }) => !ended.has(status.level));
  async function confirm(): Promise<void> {
    setBusy(true);
    const ids = rows.map(({ key }) => key);
    const done = await containers.act(engineId, ids, { do: 'delete', force: runs, volumes });
    setBusy(false);
    onClose();
    if (done) onDeleted?.();
  }
  return (
    <ConfirmDialog
      title={`Delete ${what}?`}
      confirm="Delete"
      busy={busy}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      <div className={classes.form}>
        <p>
          {runs && 'What runs in it is killed. '}
          What was written into it outside of its volumes is gone for good. Its image, its named
          volumes and its networks stay. There is no undo.
        </p>
        <Checkbox
          label="Also its volumes without a name, which nothing else uses"
          checked={volumes}
          onChange={(event) => setVolumes(event.currentTarget.checked)}
        />
      </div>
    </ConfirmDialog>
  );
}
