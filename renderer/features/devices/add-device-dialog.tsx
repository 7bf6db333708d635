import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DeviceTypeRow } from '../../../shared/contract/device-types.ts';
import type { DeviceKind, DeviceStatus } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { useFieldFailure } from '../../app/field-failure.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { isolated } from '../../ui/isolate.ts';
import { chosenBy, keyOf } from '../device-types/device-types-store.ts';
import { TypeSelect } from '../device-types/type-select.tsx';
import { kindOptions, statusOptions } from './device-words.ts';
import classes from './devices-screen.module.css';
import { nameProblem } from './name-problem.ts';

interface Draft {
  readonly name: string;
  readonly kind: DeviceKind;
  readonly status: DeviceStatus;
  readonly rackId: string | null;
  readonly position: number | null;
  readonly heightUnits: number;
  readonly sshHost: string;
}

const blank: Draft = {
  name: '',
  kind: 'server',
  status: 'active',
  rackId: null,
  position: null,
  heightUnits: 1,
  sshHost: '',
};

const numberOr = (value: string | number, other: number | null) =>
  typeof value === 'number' ? value : other;

interface AddDeviceDialogProps {
  /** Where it is to stand, when the person began there. */
  readonly place?: { readonly rackId: string; readonly position: number } | undefined;
  readonly onClose: () => void;
}

/** Writes a device down by hand: what has no SSH, or is only planned. */
export function AddDeviceDialog({ place, onClose }: AddDeviceDialogProps) {
  const { inventory, deviceTypes, router } = useApp();
  const [type, setType] = useState<DeviceTypeRow | null>(null);
  const racks = useResource(inventory.racks);
  const [draft, setDraft] = useState<Draft>({ ...blank, ...place });
  const [tried, setTried] = useState(false);
  const refused = useFieldFailure(['name', 'position', 'heightUnits', 'sshHost']);
  const unnamed = nameProblem(draft.name);
  const nameError = (tried ? unnamed : null) ?? refused.errorOf('name');

  function change(part: Partial<Draft>): void {
    refused.forget();
    setDraft({ ...draft, ...part });
  }

  function choose(chosen: DeviceTypeRow | null): void {
    setType(chosen);
    if (chosen === null) return;
    const { kind, heightUnits } = chosen;
    change({ kind: kind ?? draft.kind, heightUnits: heightUnits ?? 1 });
  }

  function create(device: Omit<Draft, 'sshHost'> & { readonly sshHost: string | null }) {
    if (type === null) return inventory.createDevice(device);
    const { rackId: rack, ...fields } = device;
    const chosen = chosenBy(keyOf(type));
    return deviceTypes.createDevice(chosen, { ...fields, rack });
  }

  async function submit(): Promise<Failure | null> {
    setTried(true);
    if (unnamed !== null) return null;
    const { sshHost, ...fields } = draft;
    const host = sshHost.trim() === '' ? null : sshHost.trim();
    // A unit without a rack means nothing; the field keeps it in case a rack is chosen after all.
    const position = fields.rackId === null ? null : fields.position;
    const outcome = await create({ ...fields, position, sshHost: host });
    if (!outcome.ok) return refused.take(outcome.failure);
    onClose();
    // Who began at a rack stays there.
    if (place === undefined) {
      router.go({ screen: 'device', id: outcome.value.id, tab: 'details' });
    }
    return null;
  }

  return (
    <FormDialog title="Add a device" submit="Add device" onSubmit={submit} onClose={onClose}>
      <div className={classes.form}>
        <TextInput
          className={classes.wide}
          label="Name"
          value={draft.name}
          error={nameError}
          data-autofocus
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TypeSelect
          className={classes.wide}
          label="Device type"
          description="The device comes with its ports, power points and bays"
          value={type}
          onChange={choose}
        />
        <Select
          label="Kind"
          data={kindOptions}
          value={draft.kind}
          onChange={(kind) => kind !== null && change({ kind: kind as DeviceKind })} // its options
        />
        <Select
          label="Status"
          data={statusOptions}
          value={draft.status}
          onChange={(status) => status !== null && change({ status: status as DeviceStatus })} // its options
        />
        <Select
          className={classes.wide}
          label="Rack"
          placeholder="Not in a rack"
          clearable
          allowDeselect
          data={(racks.status === 'ready' ? racks.data : []).map((rack) => ({
            value: rack.id,
            label: `${isolated(rack.name)} · ${isolated(rack.siteName)}`,
          }))}
          value={draft.rackId}
          onChange={(rackId) => change({ rackId })}
        />
        <NumberInput
          label="Lowest unit"
          description={
            draft.rackId === null ? 'Choose a rack first' : 'Counted from 1 at the bottom'
          }
          min={1}
          max={100}
          disabled={draft.rackId === null}
          value={draft.position ?? ''}
          error={refused.errorOf('position')}
          onChange={(value) => change({ position: numberOr(value, null) })}
        />
        <NumberInput
          label="Height in units"
          description="0 for several side by side in one unit"
          min={0}
          max={50}
          value={draft.heightUnits}
          error={refused.errorOf('heightUnits')}
          onChange={(value) => change({ heightUnits: numberOr(value, 1) ?? 1 })}
        />
        <TextInput
          className={classes.wide}
          label="SSH host"
          description="Leave it empty where there is no SSH"
          classNames={{ input: 'rh-mono' }}
          value={draft.sshHost}
          error={refused.errorOf('sshHost')}
          onChange={(event) => change({ sshHost: event.currentTarget.value })}
        />
      </div>
    </FormDialog>
  );
}
