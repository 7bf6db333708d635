import { useStore } from 'zustand';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/formatting.ts';
import classes from './devices-screen.module.css';

/** What can be done with several devices at once. */
export function SelectionBar() {
  const { devices } = useApp();
  const count = useStore(devices.store, (state) => state.selected.size);
  return (
    <section className={classes.bar} aria-label="Selection">
      <span className={classes.barText}>{formatCount(count, 'device')} selected</span>
      <ActionButton id="edit-selected" short="Edit" />
      <ActionButton id="duplicate-selected" short="Duplicate" />
      <ActionButton id="refresh" />
      <ActionButton id="delete-selected" short="Delete" />
      <Button tone="quiet" onClick={devices.clearSelection}>
        Clear selection
      </Button>
    </section>
  );
}
