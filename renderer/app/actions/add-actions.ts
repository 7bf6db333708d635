import { IconBuilding, IconPlus, IconStack2, IconTerminal2 } from '@tabler/icons-react';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** What puts something into the inventory. */
export function addActions({ dialogs, inventory }: ActionNeeds): Action[] {
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
