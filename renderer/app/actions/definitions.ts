import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBuilding,
  IconColumns3,
  IconContrast,
  IconDeviceDesktop,
  IconHistory,
  IconHome,
  IconKeyboard,
  IconLayoutBottombar,
  IconLayoutSidebarRight,
  IconMoon,
  IconNetwork,
  IconPencil,
  IconPlus,
  IconSearch,
  IconServer,
  IconSettings,
  IconStack2,
  IconSun,
  IconTerminal2,
  IconTrash,
  IconWorld,
} from '@tabler/icons-react';
import type { AppearanceStore, ThemeChoice } from '../../design/appearance.ts';
import { formatFilter, noFilter } from '../../features/devices/device-filter.ts';
import type { DevicesStore } from '../../features/devices/devices-store.ts';
import { selectionName } from '../../features/devices/selection-name.ts';
import type { HistoryStore } from '../../features/history/history-store.ts';
import type { InventoryStore } from '../../features/inventory/inventory-store.ts';
import type { DialogStore } from '../dialogs.ts';
import type { LayoutStore } from '../layout-store.ts';
import { palette } from '../palette/palette-handle.ts';
import type { Router } from '../router.ts';
import type { Route } from '../routes.ts';
import { type Action, type ActionRegistry, createActionRegistry } from './registry.ts';

export interface ActionNeeds {
  readonly router: Router;
  readonly dialogs: DialogStore;
  readonly layout: LayoutStore;
  readonly appearance: AppearanceStore;
  readonly history: HistoryStore;
  readonly inventory: InventoryStore;
  readonly devices: DevicesStore;
}

function addActions({ dialogs, inventory }: ActionNeeds): Action[] {
  return [
    {
      id: 'add-machine',
      title: 'Add machine over SSH',
      group: 'Add',
      icon: IconTerminal2,
      shortcut: 'A',
      keywords: ['connect', 'node', 'host', 'facts'],
      run: () => dialogs.setState({ kind: 'add-machine' }, true),
    },
    {
      id: 'add-device',
      title: 'Add a device by hand',
      group: 'Add',
      icon: IconPlus,
      shortcut: 'N',
      keywords: ['new', 'create', 'switch', 'ups'],
      run: () => dialogs.setState({ kind: 'add-device' }, true),
    },
    {
      id: 'add-rack',
      title: 'Add a rack',
      group: 'Add',
      icon: IconBuilding,
      keywords: ['new', 'site', 'cabinet'],
      run: () => dialogs.setState({ kind: 'add-rack' }, true),
    },
    {
      id: 'open-sample',
      title: 'Open the sample rack',
      group: 'Add',
      icon: IconStack2,
      keywords: ['demo', 'example', 'import'],
      run: () => void inventory.openSample(),
    },
  ];
}

function undoAction(history: HistoryStore, which: 'undo' | 'redo'): Pick<Action, 'status' | 'run'> {
  const { store } = history.state;
  return {
    status: {
      read() {
        const state = store.getState();
        const next = state.status === 'ready' ? state.data[which] : null;
        return { enabled: next !== null, detail: next?.title ?? null };
      },
      subscribe: (changed) => store.subscribe(changed),
    },
    run: () => void history[which](),
  };
}

function editActions({ dialogs, history, devices, router }: ActionNeeds): Action[] {
  // A selection that is out of sight must not be deleted by a slip of a key.
  const onSelection: Action['status'] = {
    read() {
      const { selected } = devices.store.getState();
      const enabled = selected.size > 0 && router.store.getState().screen === 'devices';
      return { enabled, detail: enabled ? selectionName(devices.store.getState()) : null };
    },
    subscribe(changed) {
      const ends = [devices.store.subscribe(changed), router.store.subscribe(changed)];
      return () => {
        for (const end of ends) end();
      };
    },
  };
  const ids = () => [...devices.store.getState().selected];
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
      id: 'delete-selected',
      title: 'Delete selected devices',
      group: 'Edit',
      icon: IconTrash,
      shortcut: 'Delete',
      keywords: ['remove'],
      status: onSelection,
      run: () => {
        const name = selectionName(devices.store.getState());
        dialogs.setState({ kind: 'delete-devices', ids: ids(), name }, true);
      },
    },
  ];
}

function focusSearch(view: Window): boolean {
  const field = view.document.querySelector<HTMLInputElement>('[data-search-field]');
  field?.focus();
  field?.select();
  return field !== null;
}

function goActions({ router }: ActionNeeds, view: Window): Action[] {
  const go = (route: Route) => () => router.go(route);
  const devices: Route = { screen: 'devices', query: '' };
  return [
    {
      id: 'find',
      title: 'Find anything',
      group: 'Go to',
      icon: IconSearch,
      shortcut: 'mod+K',
      whileTyping: true,
      run: palette.toggle,
    },
    {
      id: 'focus-search',
      title: 'Search devices',
      group: 'View',
      icon: IconSearch,
      shortcut: '/',
      run() {
        if (focusSearch(view)) return;
        router.go(devices);
        // The field comes with the screen.
        setTimeout(() => focusSearch(view), 50);
      },
    },
    {
      id: 'go-overview',
      title: 'Overview',
      group: 'Go to',
      icon: IconHome,
      shortcut: '1',
      run: go({ screen: 'overview' }),
    },
    {
      id: 'go-devices',
      title: 'Devices',
      group: 'Go to',
      icon: IconServer,
      shortcut: '2',
      run: go(devices),
    },
    {
      id: 'go-services',
      title: 'Services',
      group: 'Go to',
      icon: IconWorld,
      shortcut: '3',
      run: go({ screen: 'services' }),
    },
    {
      id: 'go-networks',
      title: 'Networks',
      group: 'Go to',
      icon: IconNetwork,
      shortcut: '4',
      run: go({ screen: 'networks' }),
    },
    {
      id: 'go-history',
      title: 'History',
      group: 'Go to',
      icon: IconHistory,
      shortcut: '5',
      keywords: ['undo', 'changes'],
      run: go({ screen: 'history' }),
    },
    {
      id: 'go-differences',
      title: 'Devices with differences',
      group: 'Go to',
      icon: IconColumns3,
      keywords: ['declared', 'observed', 'compare', 'drift'],
      run: go({ screen: 'devices', query: formatFilter({ ...noFilter, onlyDifferent: true }) }),
    },
  ];
}

function viewActions({ layout, appearance, dialogs, devices }: ActionNeeds): Action[] {
  const theme = (choice: ThemeChoice) => () => appearance.choose(choice);
  return [
    {
      id: 'toggle-inspector',
      title: 'Show or hide the inspector',
      group: 'View',
      icon: IconLayoutSidebarRight,
      shortcut: 'I',
      keywords: ['panel', 'details'],
      run() {
        const { kind } = layout.store.getState().inspected;
        const rows = devices.store.getState().selected.size;
        layout.toggleInspector(kind === 'selection' ? rows > 0 : kind !== 'none');
      },
    },
    {
      id: 'toggle-dock',
      title: 'Show or hide the activities',
      group: 'View',
      icon: IconLayoutBottombar,
      shortcut: 'J',
      keywords: ['dock', 'jobs', 'log'],
      run: layout.toggleDock,
    },
    {
      id: 'theme-system',
      title: 'Theme: as the system',
      group: 'View',
      icon: IconDeviceDesktop,
      run: theme('system'),
    },
    { id: 'theme-light', title: 'Theme: light', group: 'View', icon: IconSun, run: theme('light') },
    { id: 'theme-dark', title: 'Theme: dark', group: 'View', icon: IconMoon, run: theme('dark') },
    {
      id: 'theme-contrast',
      title: 'Theme: high contrast',
      group: 'View',
      icon: IconContrast,
      keywords: ['accessibility'],
      run: theme('contrast'),
    },
    {
      id: 'settings',
      title: 'Settings',
      group: 'Help',
      icon: IconSettings,
      shortcut: 'mod+,',
      whileTyping: true,
      keywords: ['preferences', 'version', 'data'],
      run: () => dialogs.setState({ kind: 'settings' }, true),
    },
    {
      id: 'shortcuts',
      title: 'Keyboard shortcuts',
      group: 'Help',
      icon: IconKeyboard,
      shortcut: '?',
      run: () => dialogs.setState({ kind: 'shortcuts' }, true),
    },
  ];
}

export function createActions(needs: ActionNeeds, view: Window): ActionRegistry {
  return createActionRegistry(
    [...addActions(needs), ...editActions(needs), ...goActions(needs, view), ...viewActions(needs)],
    view.navigator.platform,
  );
}
