import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { isolated } from '../../ui/isolate.ts';
import { blank, type FieldDraft } from '../records/forms/field-draft.ts';
import { FieldInput } from '../records/forms/field-input.tsx';
import { OutletPicker } from './outlet-picker.tsx';
import classes from './power.module.css';

interface PlugInDialogProps {
  /** Where it is plugged in, or what is; the other one is asked for. */
  readonly source?: { readonly id: string; readonly name: string };
  readonly device?: { readonly id: string; readonly name: string };
  /** Which supply of the device; left out: the first that is free, or a new one. */
  readonly inputId?: string;
  readonly onClose: () => void;
}

const deviceField = { type: 'reference', to: 'device', label: 'Device', required: true } as const;

/** A supply into an outlet: one field to fill in, then Enter. */
export function PlugInDialog({ source, device, inputId = '', onClose }: PlugInDialogProps) {
  const { power } = useApp();
  const [draft, setDraft] = useState<FieldDraft>(
    device === undefined ? blank : { text: device.name, id: device.id },
  );
  const [sourceId, setSource] = useState(source?.id ?? null);
  const [tried, setTried] = useState(false);
  const [taken, setTaken] = useState(false);
  const [replace, setReplace] = useState(false);
  const deviceId = draft.id ?? null;

  async function send(): Promise<'done' | Failure | null> {
    setTried(true);
    if (deviceId === null || sourceId === null) return null;
    const input = { deviceId, sourceId, replace, inputId: inputId === '' ? null : inputId };
    const outcome = await power.plug(input, isolated(draft.text));
    if (outcome.ok) return 'done';
    if (outcome.failure.data.taken === true) setTaken(true);
    return outcome.failure;
  }
  async function submit(): Promise<Failure | null> {
    const outcome = await send();
    if (outcome !== 'done') return outcome;
    onClose();
    return null;
  }
  async function plugInAndGoOn(): Promise<Failure | null> {
    const outcome = await send();
    if (outcome !== 'done') return outcome;
    setDraft(blank);
    setSource(null);
    setTried(false);
    setTaken(false);
    return null;
  }
  const open = source === undefined && device === undefined;
  return (
    <FormDialog
      title={titleOf(source?.name, device?.name)}
      size="sm"
      submit="Plug in"
      onSubmit={submit}
      {...(open && { again: { label: 'Plug in and go on', onSubmit: plugInAndGoOn } })}
      onClose={onClose}
    >
      {device === undefined && (
        <FieldInput
          field={deviceField}
          draft={draft}
          onChange={setDraft}
          error={tried && deviceId === null ? 'Choose a device.' : null}
          autoFocus
        />
      )}
      {source === undefined && (
        <OutletPicker
          label="Into"
          value={sourceId}
          onChange={setSource}
          error={tried && sourceId === null ? 'Choose an outlet.' : null}
          autoFocus={device !== undefined}
        />
      )}
      {taken && (
        <Checkbox
          className={classes.wide ?? ''}
          label="Unplug what is there"
          checked={replace}
          onChange={(event) => setReplace(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  );
}

function titleOf(source: string | undefined, device: string | undefined): string {
  if (source !== undefined) return `Plug into ${source}`;
  return device === undefined ? 'Plug in' : `Plug ${device} in`;
}
