import { useStore } from 'zustand';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { SelectionBar } from '../../ui/foot-bar.tsx';
import { formatCount } from '../../ui/formatting.ts';

/** What can be done with several devices at once. */
export function DeviceSelectionBar() {
  const { devices } = useApp();
  const count = useStore(devices.store, (state) => state.selected.size);
  return (
    <SelectionBar
      text={`${formatCount(count, 'device')} selected`}
      onClear={devices.clearSelection}
    >
      <ActionButton id="edit-selected" short="Edit" />
      <ActionButton id="duplicate-selected" short="Duplicate" />
      <ActionButton id="refresh" />
      <ActionButton id="delete-selected" short="Delete" />
    </SelectionBar>
  );
}
