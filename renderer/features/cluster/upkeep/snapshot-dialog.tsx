import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { UpkeepNode } from '../../../../shared/cluster/upkeep/upkeep-overview.ts';
import { isolated } from '../../../ui/isolate.ts';
import classes from './upkeep.module.css';
import { WorkDialog } from './work-dialog.tsx';

interface SnapshotDialogProps {
  readonly context: string;
  readonly cluster: string;
  readonly nodes: readonly UpkeepNode[];
  readonly onClose: () => void;
}

const shape = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** A snapshot of etcd, now. */
export function SnapshotDialog({ context, cluster, nodes, onClose }: SnapshotDialogProps) {
  const [name, setName] = useState('by-hand');
  const [server, setServer] = useState('');
  const servers = nodes.filter(({ vote }) => vote === 'voter');
  const isName = shape.test(name) && name.length <= 60;
  return (
    <WorkDialog
      context={context}
      title={`Take a snapshot of ${isolated(cluster)}`}
      intro="All that the cluster knows of its objects, as it is now; what lies in volumes is not in it."
      verb="Take the snapshot"
      work={isName ? { kind: 'snapshot', name, server: server === '' ? null : server } : null}
      onClose={onClose}
    >
      <div className={classes.fields}>
        <TextInput
          label="Name"
          description="The time and the server are added to it."
          value={name}
          maxLength={60}
          error={isName ? null : 'Letters, digits, dots, dashes and underscores.'}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label="Server"
          value={server}
          data={[
            { value: '', label: 'The first that is well' },
            ...servers.map((one) => ({ value: one.name, label: one.name })),
          ]}
          onChange={(event) => setServer(event.currentTarget.value)}
        />
      </div>
    </WorkDialog>
  );
}
