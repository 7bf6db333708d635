import type { ReactNode } from 'react';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { inSentence } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Toolbar } from '../../../ui/page.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
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
  return (
    <Toolbar label={`Filter ${plural}`}>
      <SearchField
        what={plural}
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
        onRows={() => {
          if (table.store.getState().active === null) void table.pick(0, 'move');
        }}
        clearable
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
