import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { mostAtOnce } from '../../../../shared/model/kinds/bounds.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { countOf } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectionBar } from '../../../ui/foot-bar.tsx';
import type { RecordFilter } from '../record-filter.ts';
import { CopySelected } from './copy-csv.tsx';

interface RecordSelectionBarProps {
  readonly filter: RecordFilter;
  readonly columns: readonly string[];
}

/** What can be done with the rows that are ticked. */
export function RecordSelectionBar({ filter, columns }: RecordSelectionBarProps) {
  const { records, dialogs } = useApp();
  const { kind: record } = filter;
  const table = records.table(record);
  const { selected, total } = useStore(table.store);
  const most = selected.size === mostAtOnce && total > mostAtOnce;
  const open = (kind: 'edit-records' | 'delete-records') => () =>
    dialogs.setState({ kind, record, ids: [...selected] }, true);
  return (
    <SelectionBar
      text={`${most ? 'The first ' : ''}${countOf(kindOf(record), selected.size)} selected`}
      onClear={table.clearSelection}
    >
      <Button icon={IconPencil} onClick={open('edit-records')}>
        Edit
      </Button>
      <Button icon={IconTrash} onClick={open('delete-records')}>
        Delete
      </Button>
      <CopySelected filter={filter} columns={columns} />
    </SelectionBar>
  );
}
