import { Checkbox, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { usualDrain } from '../../../../shared/cluster/drain/options.ts';
import type { UpgradeWork } from '../../../../shared/cluster/upkeep/upkeep-work.ts';
import { useApp } from '../../../app/app-context.ts';
import { isolated } from '../../../ui/isolate.ts';
import classes from './upkeep.module.css';
import { WorkDialog } from './work-dialog.tsx';

interface UpgradeDialogProps {
  readonly context: string;
  readonly cluster: string;
  readonly onClose: () => void;
}

/** Another version of K3s on all nodes, one after the other. */
export function UpgradeDialog({ context, cluster, onClose }: UpgradeDialogProps) {
  const { upkeep } = useApp().cluster;
  const plan = useStore(upkeep.look, (look) => look?.plan ?? null);
  const [version, setVersion] = useState('');
  const [from, setFrom] = useState<'network' | 'folder'>('network');
  const [folder, setFolder] = useState('');
  const [drain, setDrain] = useState(false);
  const [options, setOptions] = useState(usualDrain);
  const isSaid = version.trim() !== '' && (from === 'network' || folder.trim() !== '');
  const work: UpgradeWork = {
    ...{ kind: 'upgrade', version: version.trim(), nodes: [], drain, drainOptions: options },
    source: from === 'network' ? { from } : { from, folder: folder.trim() },
  };
  const asks = (accept: 'local-data' | 'uncontrolled') =>
    plan?.findings.some((finding) => finding.accept === accept) === true;
  return (
    <WorkDialog
      context={context}
      title={`Upgrade ${isolated(cluster)}`}
      intro="Server by server, then the agents, each only once the cluster is as well as before. No minor version is left out, and what holds the data is kept first."
      verb="Upgrade"
      work={isSaid ? work : null}
      onAsk
      onClose={onClose}
    >
      <div className={classes.fields}>
        <TextInput
          label="Version"
          description="Such as v1.37.2+k3s1; from the network also a channel: stable, v1.37."
          value={version}
          maxLength={60}
          data-autofocus
          onChange={(event) => setVersion(event.currentTarget.value)}
        />
        <Radio.Group
          label="Where it comes from"
          value={from}
          onChange={(value) => setFrom(value === 'folder' ? 'folder' : 'network')}
        >
          <div className={classes.radios}>
            <Radio
              value="network"
              label="The network"
              description="Each machine fetches it; this computer asks for its checksum."
            />
            <Radio
              value="folder"
              label="A folder of this computer"
              description="With the files of the release and their list of checksums."
            />
          </div>
        </Radio.Group>
        {from === 'folder' && (
          <TextInput
            label="Folder"
            value={folder}
            maxLength={1_000}
            onChange={(event) => setFolder(event.currentTarget.value)}
          />
        )}
        <Checkbox
          label="Empty each node first"
          description="Else its pods go on running while K3s is restarted, which is enough for most."
          checked={drain}
          onChange={(event) => setDrain(event.currentTarget.checked)}
        />
        {drain && (asks('local-data') || options.deleteLocalData) && (
          <Checkbox
            label="Local data may be lost"
            checked={options.deleteLocalData}
            onChange={(event) =>
              setOptions({ ...options, deleteLocalData: event.currentTarget.checked })
            }
          />
        )}
        {drain && (asks('uncontrolled') || options.deleteUncontrolled) && (
          <Checkbox
            label="Pods that nothing makes anew may go for good"
            checked={options.deleteUncontrolled}
            onChange={(event) =>
              setOptions({ ...options, deleteUncontrolled: event.currentTarget.checked })
            }
          />
        )}
      </div>
    </WorkDialog>
  );
}
