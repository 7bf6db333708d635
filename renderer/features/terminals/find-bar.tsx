import { TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { IconButton } from '../../ui/button.tsx';
import classes from './terminals.module.css';

interface FindBarProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Searches what a terminal shows, and what has scrolled away. */
export function FindBar({ id, onClose }: FindBarProps) {
  const { terminals } = useApp();
  const [text, setText] = useState('');
  const [found, setFound] = useState(true);
  const find = (way: 'next' | 'previous', what = text) =>
    setFound(what === '' || terminals.find(id, what, way));
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') find(event.shiftKey ? 'next' : 'previous');
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div className={classes.find}>
      <TextInput
        type="search"
        aria-label="Search this terminal"
        placeholder="Search"
        autoFocus
        value={text}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.currentTarget.value);
          find('previous', event.currentTarget.value);
        }}
      />
      <IconButton label="Earlier" icon={IconChevronUp} onClick={() => find('previous')} />
      <IconButton label="Later" icon={IconChevronDown} onClick={() => find('next')} />
      <span role="status">{!found && 'Not found'}</span>
      <IconButton label="Close the search" icon={IconX} onClick={onClose} />
    </div>
  );
}
