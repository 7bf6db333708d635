import { TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { inSentence } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Toolbar } from '../../../ui/page.tsx';
import { isNarrowed, noFilter, type RecordFilter } from '../record-filter.ts';
import { ConditionChips } from './condition-chips.tsx';
import classes from './record-table.module.css';

interface RecordFilterBarProps {
  readonly filter: RecordFilter;
  readonly onChange: (filter: RecordFilter) => void;
  /** At the right end: what is about the table, and not about what it leaves out. */
  readonly tools: ReactNode;
}

export function RecordFilterBar({ filter, onChange, tools }: RecordFilterBarProps) {
  const { records } = useApp();
  const table = records.table(filter.kind);
  const plural = inSentence(kindOf(filter.kind).plural);
  /** On from what was found to the rows. */
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'ArrowDown') return;
    const grid = event.currentTarget.closest('main')?.querySelector<HTMLElement>('[role="grid"]');
    if (!grid) return;
    event.preventDefault();
    grid.focus();
    if (table.store.getState().active === null) void table.pick(0, 'move');
  }
  return (
    <Toolbar label={`Filter ${plural}`}>
      <TextInput
        type="search"
        aria-label={`Search ${plural}`}
        placeholder="Search"
        data-search-field
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.currentTarget.value })}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch aria-hidden className={classes.icon} />}
        rightSection={
          filter.search !== '' && (
            <IconButton
              label="Clear the search"
              icon={IconX}
              onClick={() => onChange({ ...filter, search: '' })}
            />
          )
        }
        className={classes.search}
      />
      <ConditionChips filter={filter} onChange={onChange} />
      {isNarrowed(filter) && (
        <Button
          tone="quiet"
          onClick={() => onChange({ ...noFilter(filter.kind), sort: filter.sort })}
        >
          Clear
        </Button>
      )}
      <span className={classes.tools}>{tools}</span>
    </Toolbar>
  );
}
