import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { countOf } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import type { ListedKind } from '../../../app/routes.ts';
import { Button } from '../../../ui/button.tsx';
import classes from './record-table.module.css';

/** What can be done with the rows that are ticked. */
export function RecordSelectionBar({ kind: record }: { readonly kind: ListedKind }) {
  const { records, dialogs } = useApp();
  const table = records.table(record);
  const { selected } = useStore(table.store);
  const open = (kind: 'edit-records' | 'delete-records') => () =>
    dialogs.setState({ kind, record, ids: [...selected] }, true);
  return (
    <section className={classes.bar} aria-label="Selection">
      <span className={classes.barText}>{countOf(kindOf(record), selected.size)} selected</span>
      <Button icon={IconPencil} onClick={open('edit-records')}>
        Edit
      </Button>
      <Button icon={IconTrash} onClick={open('delete-records')}>
        Delete
      </Button>
      <Button tone="quiet" onClick={table.clearSelection}>
        Clear selection
      </Button>
    </section>
  );
}
