import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PowerOutlet } from '../../../shared/contract/power.ts';
import { useApp } from '../../app/app-context.ts';
import { narrowed } from '../../ui/narrowed.ts';
import classes from './power.module.css';
import { wattsText } from './power-words.ts';

/** Between two letters; the last one counts. */
const calmMs = 80;

interface OutletPickerProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  readonly error?: string | null;
  readonly autoFocus?: boolean;
}

interface Found {
  /** What these were found for; null: nothing has come yet. */
  readonly of: string | null;
  readonly rows: readonly PowerOutlet[];
}

/** An outlet or a breaker, the free ones first; each with its feed and what it carries. */
export function OutletPicker({
  label,
  value,
  onChange,
  error = null,
  autoFocus,
}: OutletPickerProps) {
  const { power } = useApp();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<Found>({ of: null, rows: [] });
  const chosen = found.rows.find(({ id }) => id === value);
  const text = search === chosen?.name ? '' : search;
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      // What cannot be searched offers nothing; the next letter tries again.
      power.findOutlets(text, abort.signal).then(
        (rows) => setFound({ of: text, rows }),
        () => {},
      );
    }, calmMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [power, text]);
  const byId = new Map(found.rows.map((outlet) => [outlet.id, outlet]));
  return (
    <Select
      label={label}
      placeholder="Search outlets and breakers"
      searchable
      clearable
      data-autofocus={autoFocus || undefined}
      searchValue={search}
      onSearchChange={setSearch}
      // Enter takes the first. The host has searched, or is about to.
      selectFirstOptionOnChange
      filter={({ options }) => (found.of === text ? options : narrowed(options, text))}
      data={found.rows.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      error={error}
      nothingFoundMessage="No outlet matches."
      renderOption={({ option }) => (
        <span className={classes.option}>
          <bdi>{option.label}</bdi>
          <span className={classes.quiet}>{detailsOf(byId.get(option.value))}</span>
        </span>
      )}
      onChange={onChange}
    />
  );
}

function detailsOf(outlet: PowerOutlet | undefined): string {
  if (outlet === undefined) return '';
  const { feed, taken, load, kind } = outlet;
  const use = taken ?? (kind === 'breaker' ? wattsText(load) : 'free');
  return feed === null ? use : `feed ${feed}, ${use}`;
}
