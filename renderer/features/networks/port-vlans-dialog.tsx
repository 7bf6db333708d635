import { MultiSelect, Select } from '@mantine/core';
import { useState } from 'react';
import type { SwitchPort } from '../../../shared/model/networks.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import classes from './networks.module.css';

interface PortVlansDialogProps {
  readonly ports: readonly SwitchPort[];
  readonly onClose: () => void;
}

const asIs = 'as-is';
const none = 'none';

/** The VLANs of one or many ports; of many, only what is chosen here changes. */
export function PortVlansDialog({ ports, onClose }: PortVlansDialogProps) {
  const { networks } = useApp();
  const plan = useResource(networks.plan);
  const vlans = plan.status === 'ready' ? plan.data.rows : [];
  const data = vlans.map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` }));
  const [one] = ports;
  const single = ports.length === 1 && one !== undefined;
  const now = single ? one.vlans : [];
  const [untagged, setUntagged] = useState<string>(
    single ? (now.find(({ tagged }) => !tagged)?.id ?? none) : asIs,
  );
  const [tagged, setTagged] = useState<string[]>(
    now.filter((vlan) => vlan.tagged).map(({ id }) => id),
  );
  const [taken, setTaken] = useState<string[]>([]);
  const changesTagged = single || tagged.length > 0 || taken.length > 0;
  const nothing = untagged === asIs && !changesTagged;

  async function submit(): Promise<Failure | null> {
    const outcome = await networks.setPortVlans({
      interfaceIds: ports.map(({ id }) => id),
      ...(untagged !== asIs && { untagged: untagged === none ? null : untagged }),
      ...(changesTagged && { tagged: single ? { set: tagged } : { add: tagged, take: taken } }),
    });
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  const which = single ? isolated(one.name) : formatCount(ports.length, 'port');
  return (
    <FormDialog
      title={`VLANs of ${which}`}
      size="sm"
      submit="Set VLANs"
      disabled={nothing}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.form}>
        <Select
          label="Untagged"
          data-autofocus
          searchable
          allowDeselect={false}
          data={[
            ...(single ? [] : [{ value: asIs, label: 'As it is on each port' }]),
            { value: none, label: 'None' },
            ...data,
          ]}
          value={untagged}
          onChange={(value) => setUntagged(value ?? none)}
        />
        <MultiSelect
          label={single ? 'Tagged' : 'Tagged on all of them from now on'}
          searchable
          data={data.filter(({ value }) => value !== untagged && !taken.includes(value))}
          value={tagged}
          onChange={setTagged}
        />
        {!single && (
          <MultiSelect
            label="Tagged no more"
            searchable
            data={data.filter(({ value }) => !tagged.includes(value))}
            value={taken}
            onChange={setTaken}
          />
        )}
      </div>
    </FormDialog>
  );
}
