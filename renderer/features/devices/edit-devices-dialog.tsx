import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { DeviceKind, DeviceStatus } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { TagsField } from '../../ui/tags-field.tsx';
import { useReason } from '../history/use-reason.tsx';
import { type BulkDraft, blankBulk, bulkPatch, bulkTags } from './bulk-edit.ts';
import { kindOptions, statusOptions } from './device-words.ts';
import classes from './devices-screen.module.css';

/** Stands in each field that is not ticked. */
const unticked = 'As it is';

interface EditDevicesDialogProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Sets chosen fields of many devices; what is not ticked stays as it is. */
export function EditDevicesDialog({ ids, onClose }: EditDevicesDialogProps) {
  const { inventory } = useApp();
  const [draft, setDraft] = useState(blankBulk);
  const patch = bulkPatch(draft);
  const tags = bulkTags(draft);
  const nothing = Object.keys(patch).length === 0 && tags === null;

  const reason = useReason(ids.length);

  async function save(): Promise<Failure | null> {
    const outcome = await inventory.updateDevices(ids, { patch, tags });
    if (!outcome.ok) return outcome.failure;
    void reason.keep(outcome.value.changeSetId);
    onClose();
    return null;
  }

  return (
    <FormDialog
      title={`Edit ${formatCount(ids.length, 'device')}`}
      submit={`Change ${formatCount(ids.length, 'device')}`}
      disabled={nothing}
      onSubmit={save}
      onClose={onClose}
    >
      <p className={classes.hint}>
        Tick the fields to set. The rest stays as it is on each device.
      </p>
      <BulkFields draft={draft} onChange={setDraft} />
      {reason.field}
    </FormDialog>
  );
}

interface BulkFieldsProps {
  readonly draft: BulkDraft;
  readonly onChange: (draft: BulkDraft) => void;
}

function BulkFields({ draft, onChange }: BulkFieldsProps) {
  const { inventory } = useApp();
  const racks = useResource(inventory.racks);
  const tags = useResource(inventory.tags);
  const tagNames = tags.status === 'ready' ? tags.data.map(({ name }) => name) : [];
  const rackOptions = (racks.status === 'ready' ? racks.data : []).map((rack) => ({
    value: rack.id,
    label: `${isolated(rack.name)} · ${isolated(rack.siteName)}`,
  }));
  /** Typing into a field ticks it too. */
  const set = (part: Partial<BulkDraft>) => onChange({ ...draft, ...part });
  const pick = (label: string, on: boolean, toggle: (on: boolean) => void, field: ReactNode) => (
    <PickRow label={label} on={on} first={label === 'Status'} onToggle={toggle}>
      {field}
    </PickRow>
  );
  const text = (label: string, key: 'os' | 'sshUser' | 'sshJump', placeholder: string) =>
    pick(
      label,
      draft[key].on,
      (on) => set({ [key]: { ...draft[key], on } }),
      <TextInput
        aria-label={label}
        placeholder={draft[key].on ? placeholder : unticked}
        value={draft[key].on ? draft[key].value : ''}
        onChange={(event) => set({ [key]: { on: true, value: event.currentTarget.value } })}
      />,
    );

  return (
    <div className={classes.pickList}>
      {pick(
        'Status',
        draft.status.on,
        (on) => set({ status: { ...draft.status, on } }),
        <Select
          aria-label="Status"
          data={statusOptions}
          placeholder={unticked}
          value={draft.status.on ? draft.status.value : null}
          // its options are the statuses
          onChange={(value) => set({ status: { on: true, value: value as DeviceStatus } })}
        />,
      )}
      {pick(
        'Kind',
        draft.kind.on,
        (on) => set({ kind: { ...draft.kind, on } }),
        <Select
          aria-label="Kind"
          data={kindOptions}
          placeholder={unticked}
          value={draft.kind.on ? draft.kind.value : null}
          // its options are the kinds
          onChange={(value) => set({ kind: { on: true, value: value as DeviceKind } })}
        />,
      )}
      {pick(
        'Rack',
        draft.rackId.on,
        (on) => set({ rackId: { ...draft.rackId, on } }),
        <Select
          aria-label="Rack"
          placeholder={draft.rackId.on ? 'Not in a rack' : unticked}
          clearable
          data={rackOptions}
          value={draft.rackId.on ? draft.rackId.value : null}
          onChange={(value) => set({ rackId: { on: true, value } })}
        />,
      )}
      {text('System', 'os', 'Not declared')}
      {text('SSH user', 'sshUser', 'As the SSH configuration says')}
      {pick(
        'SSH port',
        draft.sshPort.on,
        (on) => set({ sshPort: { ...draft.sshPort, on } }),
        <NumberInput
          aria-label="SSH port"
          placeholder={draft.sshPort.on ? '22' : unticked}
          min={1}
          max={65_535}
          value={draft.sshPort.on ? (draft.sshPort.value ?? '') : ''}
          onChange={(value) =>
            set({ sshPort: { on: true, value: typeof value === 'number' ? value : null } })
          }
        />,
      )}
      {text('Jump hosts', 'sshJump', 'None')}
      <PickRow label="Add tags">
        <TagsField
          label="Add tags"
          known={tagNames}
          value={draft.addTags}
          onChange={(addTags) => set({ addTags })}
        />
      </PickRow>
      <PickRow label="Delete tags">
        <TagsField
          label="Delete tags"
          known={tagNames}
          value={draft.removeTags}
          onChange={(removeTags) => set({ removeTags })}
        />
      </PickRow>
    </div>
  );
}

interface PickRowProps {
  readonly label: string;
  readonly on?: boolean;
  /** The dialog opens with the focus on it. */
  readonly first?: boolean;
  readonly onToggle?: (on: boolean) => void;
  readonly children: ReactNode;
}

function PickRow({ label, on, first = false, onToggle, children }: PickRowProps) {
  return (
    <div className={classes.pickRow}>
      {onToggle === undefined ? (
        <span>{label}</span>
      ) : (
        <Checkbox
          label={label}
          aria-label={`Set ${label.toLowerCase()}`}
          data-autofocus={first || undefined}
          checked={on ?? false}
          onChange={(event) => onToggle(event.currentTarget.checked)}
        />
      )}
      {children}
    </div>
  );
}
