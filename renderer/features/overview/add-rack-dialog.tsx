import { Autocomplete, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './rack-dialog.module.css';

export function AddRackDialog({ onClose }: { readonly onClose: () => void }) {
  const { inventory } = useApp();
  const sites = useResource(inventory.sites);
  const siteNames = sites.status === 'ready' ? sites.data.map((site) => site.name) : [];
  const [name, setName] = useState('');
  const [siteName, setSiteName] = useState('');
  const [heightUnits, setHeightUnits] = useState(12);
  const [tried, setTried] = useState(false);
  // Most people have one site; it need not be typed again.
  const site = siteName.trim() || siteNames[0] || '';

  async function submit(): Promise<Failure | null> {
    setTried(true);
    if (name.trim() === '' || site === '') return null;
    const outcome = await inventory.createRack({ name: name.trim(), siteName: site, heightUnits });
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  return (
    <FormDialog title="Add a rack" size="sm" submit="Add rack" onSubmit={submit} onClose={onClose}>
      <div className={classes.form}>
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
      </div>
    </FormDialog>
  );
}
