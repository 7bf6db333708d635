import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DeviceTypeRow } from '../../../shared/contract/device-types.ts';
import { useApp } from '../../app/app-context.ts';
import { isolated } from '../../ui/isolate.ts';
import { keyOf } from './device-types-store.ts';

interface TypeSelectProps {
  readonly label: string;
  readonly description?: string;
  readonly value: DeviceTypeRow | null;
  readonly className?: string | undefined;
  readonly onChange: (type: DeviceTypeRow | null) => void;
}

/** Between two letters; the last one counts. */
const calmMs = 80;

/** Chooses a device type by a few words, of the inventory or of those that come with Rackhelm. */
export function TypeSelect({ label, description, value, className, onChange }: TypeSelectProps) {
  const { deviceTypes } = useApp();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly DeviceTypeRow[]>([]);
  const chosen = value === null ? '' : isolated(value.title);
  // What is chosen stands in the field, and looks for nothing.
  const words = search === chosen ? '' : search;
  useEffect(() => {
    const control = new AbortController();
    const timer = setTimeout(() => {
      deviceTypes
        .find(words, control.signal)
        .then(({ rows }) => setFound(rows))
        // What was overtaken or cannot be read now leaves what was found before.
        .catch(() => undefined);
    }, calmMs);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [deviceTypes, words]);
  const rows =
    value === null || found.some((row) => keyOf(row) === keyOf(value)) ? found : [value, ...found];
  return (
    <Select
      className={className ?? ''}
      label={label}
      description={description}
      placeholder="None"
      searchable
      clearable
      // The host has looked already.
      filter={({ options }) => options}
      nothingFoundMessage="No type matches"
      data={rows.map((row) => ({ value: keyOf(row), label: isolated(row.title) }))}
      value={value === null ? null : keyOf(value)}
      searchValue={search}
      onSearchChange={setSearch}
      onChange={(key) => onChange(rows.find((row) => keyOf(row) === key) ?? null)}
    />
  );
}
