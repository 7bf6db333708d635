import { Autocomplete, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useFieldFailure } from '../../app/field-failure.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './rack-dialog.module.css';
import { rackProblems } from './rack-problems.ts';

const widths = [
  { value: '19', label: '19 inches' },
  { value: '10', label: '10 inches' },
];

export function AddRackDialog({ onClose }: { readonly onClose: () => void }) {
  const { inventory } = useApp();
  const sites = useResource(inventory.sites);
  const siteNames = sites.status === 'ready' ? sites.data.map((site) => site.name) : [];
  const [name, setName] = useState('');
  const [siteName, setSiteName] = useState('');
  const [heightUnits, setHeightUnits] = useState<number | string>(12);
  const [width, setWidth] = useState<'10' | '19'>('19');
  const [tried, setTried] = useState(false);
  const refused = useFieldFailure(['name', 'siteName', 'heightUnits']);
  const found = rackProblems({ name, heightUnits });
  const problems = tried ? found : { name: null, heightUnits: null };
  // Most people have one site; it need not be typed again.
  const site = siteName.trim() || siteNames[0] || '';

  async function submit(): Promise<Failure | null> {
    setTried(true);
    if (found.name !== null || found.heightUnits !== null || site === '') return null;
    const rack = { name: name.trim(), siteName: site, heightUnits: Number(heightUnits), width };
    const outcome = await inventory.createRack(rack);
    if (!outcome.ok) return refused.take(outcome.failure);
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
          error={problems.name ?? refused.errorOf('name')}
          onChange={(event) => {
            refused.forget();
            setName(event.currentTarget.value);
          }}
        />
        <Autocomplete
          size="xs"
          label="Site"
          description="A new name makes a new site"
          placeholder={siteNames[0] ?? 'Home'}
          data={siteNames}
          value={siteName}
          error={tried && site === '' ? 'Say where it stands.' : refused.errorOf('siteName')}
          onChange={setSiteName}
        />
        <NumberInput
          label="Height in units"
          min={1}
          max={100}
          value={heightUnits}
          error={problems.heightUnits ?? refused.errorOf('heightUnits')}
          onChange={setHeightUnits}
        />
        <SegmentedControl
          aria-label="Width"
          data={widths}
          value={width}
          onChange={(value) => setWidth(value === '10' ? '10' : '19')}
        />
      </div>
    </FormDialog>
  );
}
