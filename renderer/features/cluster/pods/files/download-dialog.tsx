import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PodFile } from '../../../../../shared/cluster/pods/pod-file.ts';
import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { useApp } from '../../../../app/app-context.ts';
import { FormDialog } from '../../../../ui/form-dialog.tsx';
import { formatBytes } from '../../../../ui/formatting.ts';
import { isolated } from '../../../../ui/isolate.ts';
import classes from '../pods.module.css';

interface DownloadDialogProps {
  readonly place: PodPlace;
  readonly path: string;
  readonly file: PodFile;
  /** Where this computer keeps such. */
  readonly downloads: string;
  readonly onClose: () => void;
}

/** Where to; a file that is there stays unless a person says otherwise. */
export function DownloadDialog({ place, path, file, downloads, onClose }: DownloadDialogProps) {
  const store = useApp().cluster.pods.downloads;
  const [to, setTo] = useState(downloads);
  const [taken, setTaken] = useState(false);
  const [replace, setReplace] = useState(false);
  async function submit() {
    const failure = await store.start({ ...place, path, to: to.trim(), replace });
    if (failure === null) onClose();
    if (failure?.code === 'LOCAL_FILE_EXISTS') setTaken(true);
    return failure;
  }
  return (
    <FormDialog
      title={`Download ${isolated(file.name)}`}
      size="md"
      submit="Download"
      disabled={to.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.fields}>
        <TextInput
          label="Folder, or folder and name"
          description="On the computer where Rackhelm runs."
          value={to}
          maxLength={4_096}
          onChange={(event) => setTo(event.currentTarget.value)}
          data-autofocus
        />
        {taken && (
          <Checkbox
            label="Instead of the file that is there"
            checked={replace}
            onChange={(event) => setReplace(event.currentTarget.checked)}
          />
        )}
        <p className={classes.quiet}>
          {file.type === 'file' && `${formatBytes(file.size)}. `}
          Its size and its sha256 are compared on both sides; until then nothing has its name.
        </p>
      </div>
    </FormDialog>
  );
}
