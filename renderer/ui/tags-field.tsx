import { TagsInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import classes from './tags-field.module.css';

interface TagsFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  /** What there is to choose from; anything else may be typed too. */
  readonly known: readonly string[];
  readonly value: readonly string[];
  readonly onChange: (tags: string[]) => void;
}

/** Tags to add to and take from. Its list goes with the choice, so that it covers nothing longer. */
export function TagsField({ label, placeholder, known, value, onChange }: TagsFieldProps) {
  const [open, setOpen] = useState(false);

  /** A held key empties the text; it must not go on and take the tags too. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Backspace' && event.repeat) event.preventDefault();
  }

  return (
    <TagsInput
      aria-label={label}
      placeholder={placeholder ?? ''}
      className={classes.field}
      classNames={{ pill: classes.pill }}
      data={[...known]}
      value={[...value]}
      onChange={onChange}
      onKeyDown={onKeyDown}
      dropdownOpened={open}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      onSearchChange={(text) => setOpen(text !== '')}
      maxDropdownHeight={150}
    />
  );
}
