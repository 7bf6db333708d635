import { Autocomplete, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Callout } from '../../ui/error-state.tsx';
import classes from './rack-dialog.module.css';

export function AddRackDialog({ onClose }: { readonly onClose: () => void }) {
  const { inventory } = useApp();
  const sites = useResource(inventory.sites);
  const siteNames = sites.status === 'ready' ? sites.data.map((site) => site.name) : [];
  const [name, setName] = useState('');
  const [siteName, setSiteName] = useState('');
  const [heightUnits, setHeightUnits] = useState(12);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useId();
  // Most people have one site; it need not be typed again.
  const site = siteName.trim() || siteNames[0] || '';

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || site === '') return;
    setBusy(true);
    const outcome = await inventory.createRack({ name: name.trim(), siteName: site, heightUnits });
    setBusy(false);
    if (outcome.ok) onClose();
    else setFailure(outcome.failure);
  }

  return (
    <Dialog
      title="Add a rack"
      size="sm"
      onClose={onClose}
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form={form} busy={busy}>
            Add rack
          </Button>
        </>
      }
    >
      <form id={form} className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          label="Name"
          data-autofocus
          value={name}
          error={tried && name.trim() === '' ? 'Give the rack a name.' : null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Autocomplete
          size="xs"
          label="Site"
          description="A new name makes a new site"
          placeholder={siteNames[0] ?? 'Home'}
          data={siteNames}
          value={siteName}
          error={tried && site === '' ? 'Say where it stands.' : null}
          onChange={setSiteName}
        />
        <NumberInput
          label="Height in units"
          min={1}
          max={100}
          value={heightUnits}
          onChange={(value) => typeof value === 'number' && setHeightUnits(value)}
        />
      </form>
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
    </Dialog>
  );
}
