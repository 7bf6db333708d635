import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBook2,
  IconCopy,
  IconPencil,
  IconStackPop,
  IconTrash,
} from '@tabler/icons-react';
import { chosenDevices } from '../../features/devices/chosen-devices.ts';
import type { HistoryStore } from '../../features/history/history-store.ts';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

function undoAction(history: HistoryStore, which: 'undo' | 'redo'): Pick<Action, 'status' | 'run'> {
  const { store } = history.state;
  const next = () => {
    const state = store.getState();
    return state.status === 'ready' ? state.data[which] : null;
  };
  return {
    status: {
      read() {
        const shown = next();
        return { enabled: shown !== null, detail: shown?.title ?? null };
      },
      subscribe: (changed) => store.subscribe(changed),
    },
    // Only what the button names: another window may have changed something since.
    run: () => void history[which](next()?.id),
  };
}

/** What changes the inventory: undo, redo, and what is done with the chosen devices. */
export function editActions({
  dialogs,
  history,
  devices,
  racks,
  router,
  inventory,
}: ActionNeeds): Action[] {
  const chosen = () =>
    chosenDevices({
      route: router.store.getState(),
      table: devices.store.getState(),
      picked: racks.picked.getState().devices,
    });
  const onSelection: Action['status'] = {
    read() {
      const now = chosen();
      return { enabled: now !== null, detail: now?.name ?? null };
    },
    subscribe(changed) {
      const ends = [devices.store, racks.picked, router.store].map((one) => one.subscribe(changed));
      return () => {
        for (const end of ends) end();
      };
    },
  };
  const sampleIsThere: NonNullable<Action['status']> = {
    read() {
      const state = inventory.summary.store.getState();
      return { enabled: state.status === 'ready' && state.data.sample, detail: null };
    },
    subscribe: (changed) => inventory.summary.store.subscribe(changed),
  };
  const ids = () => chosen()?.ids ?? [];
  return [
    {
      id: 'undo',
      title: 'Undo',
      group: 'Edit',
      icon: IconArrowBackUp,
      shortcut: 'mod+Z',
      ...undoAction(history, 'undo'),
    },
    {
      id: 'redo',
      title: 'Redo',
      group: 'Edit',
      icon: IconArrowForwardUp,
      shortcut: 'mod+shift+Z',
      ...undoAction(history, 'redo'),
    },
    {
      id: 'edit-selected',
      title: 'Edit selected devices',
      group: 'Edit',
      icon: IconPencil,
      shortcut: 'E',
      keywords: ['bulk', 'change', 'tags', 'status', 'rack'],
      status: onSelection,
      run: () => dialogs.setState({ kind: 'edit-devices', ids: ids() }, true),
    },
    {
      id: 'duplicate-selected',
      title: 'Duplicate selected devices',
      group: 'Edit',
      icon: IconCopy,
      keywords: ['copy', 'clone'],
      status: onSelection,
      run: () => dialogs.setState({ kind: 'duplicate-devices', ids: ids() }, true),
    },
    {
      id: 'apply-type-selected',
      title: 'Apply a device type to selected devices',
      group: 'Edit',
      icon: IconBook2,
      keywords: ['ports', 'template', 'library'],
      status: onSelection,
      run: () => dialogs.setState({ kind: 'apply-type', ids: ids() }, true),
    },
    {
      id: 'delete-selected',
      title: 'Delete selected devices',
      group: 'Edit',
      icon: IconTrash,
      shortcut: 'Delete',
      keywords: ['remove'],
      status: onSelection,
      run: () => {
        const now = chosen();
        if (now !== null) dialogs.setState({ kind: 'delete-devices', ...now }, true);
      },
    },
    {
      id: 'delete-sample',
      title: 'Delete the sample rack',
      group: 'Edit',
      icon: IconStackPop,
      keywords: ['remove', 'demo', 'example', 'take away'],
      status: sampleIsThere,
      run: () => dialogs.setState({ kind: 'delete-sample' }, true),
    },
  ];
}
