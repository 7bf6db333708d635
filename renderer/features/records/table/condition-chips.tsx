import { Popover } from '@mantine/core';
import { IconFilterPlus, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { RecordCondition } from '../../../../shared/contract/records.ts';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { useApp } from '../../../app/app-context.ts';
import chips from '../../../ui/filter-menu.module.css';
import { isolated } from '../../../ui/isolate.ts';
import { type RecordFilter, withCondition } from '../record-filter.ts';
import { ConditionForm } from './condition-form.tsx';
import { conditionWords } from './condition-words.ts';
import classes from './record-table.module.css';

interface ConditionChipsProps {
  readonly filter: RecordFilter;
  readonly onChange: (filter: RecordFilter) => void;
}

/** What the table is narrowed to, field by field: each can be changed or taken off. */
export function ConditionChips({ filter, onChange }: ConditionChipsProps) {
  return (
    <>
      {filter.where.map((condition) => (
        <Chip
          key={condition.field}
          filter={filter}
          condition={condition}
          onClear={() => onChange(withCondition(filter, condition.field, null))}
          onChange={onChange}
        />
      ))}
      <AddCondition filter={filter} onChange={onChange} />
    </>
  );
}

interface ChipProps extends ConditionChipsProps {
  readonly condition: RecordCondition;
  readonly onClear: () => void;
}

function Chip({ filter, condition, onClear, onChange }: ChipProps) {
  const [open, setOpen] = useState(false);
  const words = conditionWords(kindOf(filter.kind), condition, useCalled(filter, condition));
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus withinPortal>
      <span className={classes.chip}>
        <Popover.Target>
          <button type="button" className={chips.chip} data-on onClick={() => setOpen(!open)}>
            <bdi className={chips.chipText}>{words}</bdi>
          </button>
        </Popover.Target>
        <button
          type="button"
          className={classes.clear}
          aria-label={`Clear ${isolated(words)}`}
          onClick={onClear}
        >
          <IconX aria-hidden />
        </button>
      </span>
      <Popover.Dropdown>
        <ConditionForm
          filter={filter}
          condition={condition}
          onApply={(next) => {
            setOpen(false);
            onChange(next);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** What the one is called that a condition names by its id. */
function useCalled(filter: RecordFilter, condition: RecordCondition): string {
  const { records } = useApp();
  const [called, setCalled] = useState('…');
  const field = kindOf(filter.kind).fields[condition.field];
  const to = field?.type === 'reference' ? field.to : null;
  const id = 'any' in condition ? condition.any[0] : 'value' in condition ? condition.value : null;
  useEffect(() => {
    if (to === null || typeof id !== 'string') return;
    let gone = false;
    // kinds refer to kinds
    void records.nameOf(to as KindName, id).then((name) => gone || setCalled(name || 'gone'));
    return () => {
      gone = true;
    };
  }, [records, to, id]);
  return called;
}

function AddCondition({ filter, onChange }: ConditionChipsProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <button type="button" className={chips.chip} onClick={() => setOpen(!open)}>
          <IconFilterPlus aria-hidden className={classes.icon} />
          <span className={chips.chipText}>Filter</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <ConditionForm
          filter={filter}
          condition={null}
          onApply={(next) => {
            setOpen(false);
            onChange(next);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
