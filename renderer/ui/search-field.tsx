import { TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { IconButton } from './button.tsx';
import classes from './search-field.module.css';

interface SearchFieldProps {
  /** What is looked through, within a sentence: `device types`. */
  readonly what: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Called when the down key went on from here to the rows of the page. */
  readonly onRows?: () => void;
  /** With a button that empties it; where an empty state offers the same, it is not needed. */
  readonly clearable?: boolean;
}

/** The words that narrow a list; the key for searching leads to it. */
export function SearchField({ what, value, onChange, onRows, clearable }: SearchFieldProps) {
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'ArrowDown' || onRows === undefined) return;
    const grid = event.currentTarget.closest('main')?.querySelector<HTMLElement>('[role="grid"]');
    if (!grid) return;
    event.preventDefault();
    grid.focus();
    onRows();
  }
  return (
    <TextInput
      type="search"
      aria-label={`Search ${what}`}
      placeholder="Search"
      data-search-field
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      leftSection={<IconSearch aria-hidden className={classes.icon} />}
      rightSection={
        clearable &&
        value !== '' && (
          <IconButton label="Clear the search" icon={IconX} onClick={() => onChange('')} />
        )
      }
      className={classes.field}
    />
  );
}
