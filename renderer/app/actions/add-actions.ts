import {
  IconBolt,
  IconBuilding,
  IconFileImport,
  IconListDetails,
  IconNetwork,
  IconPlug,
  IconPlus,
  IconStack2,
  IconTable,
  IconTerminal2,
} from '@tabler/icons-react';
import { type KindName, kindNames, kindOf } from '../../../shared/model/kinds/index.ts';
import { oneOf } from '../../../shared/model/kinds/words.ts';
import { kindIcons } from '../../features/records/kind-icons.ts';
import type { DialogStore } from '../dialogs.ts';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** Those are added in dialogs of their own, see below. */
const ownDialog: ReadonlySet<KindName> = new Set(['device', 'rack']);

export const addRecordId = (kind: KindName): string => {
  if (kind === 'device' || kind === 'rack') return `add-${kind}`;
  return `add-record ${kind}`;
};

function addRecord(dialogs: DialogStore, record: KindName): Action {
  const { label, plural } = kindOf(record);
  return {
    id: addRecordId(record),
    title: `Add ${oneOf(kindOf(record))}`,
    group: 'Add',
    icon: kindIcons[record],
    keywords: ['new', 'create', label.toLowerCase(), plural.toLowerCase()],
    // A cable without its ends would be none.
    run: () =>
      dialogs.setState(
        record === 'cable' ? { kind: 'connect' } : { kind: 'add-record', record },
        true,
      ),
  };
}

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
      keywords: ['new', 'create', 'switch', 'router', 'server'],
      run: () => dialogs.setState({ kind: 'add-device' }, true),
    },
    {
      id: 'quick-entry',
      title: 'Add many devices',
      group: 'Add',
      icon: IconListDetails,
      shortcut: 'shift+N',
      keywords: ['quick', 'bulk', 'several', 'line', 'range', 'new', 'create'],
      run: () => dialogs.setState({ kind: 'quick-entry', way: 'line' }, true),
    },
    {
      id: 'paste-table',
      title: 'Paste devices from a spreadsheet',
      group: 'Add',
      icon: IconTable,
      keywords: ['csv', 'tsv', 'excel', 'import', 'bulk', 'new'],
      run: () => dialogs.setState({ kind: 'quick-entry', way: 'table' }, true),
    },
    {
      id: 'import-types',
      title: 'Import device types',
      group: 'Add',
      icon: IconFileImport,
      keywords: ['netbox', 'library', 'yaml', 'file', 'folder'],
      run: () => dialogs.setState({ kind: 'import-types' }, true),
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
      id: 'add-breaker',
      title: 'Add a breaker',
      group: 'Add',
      icon: IconBolt,
      keywords: ['new', 'power', 'fuse', 'feed', 'circuit'],
      run: () => dialogs.setState({ kind: 'add-breaker' }, true),
    },
    {
      id: 'add-power-unit',
      title: 'Add a UPS or PDU',
      group: 'Add',
      icon: IconBolt,
      keywords: ['new', 'power', 'battery', 'outlets', 'strip'],
      run: () => dialogs.setState({ kind: 'add-power-unit' }, true),
    },
    {
      id: 'plug-in',
      title: 'Plug in a device',
      group: 'Add',
      icon: IconPlug,
      keywords: ['power', 'outlet', 'supply', 'connect'],
      run: () => dialogs.setState({ kind: 'plug-in' }, true),
    },
    {
      id: 'usual-vlans',
      title: 'Begin with the usual VLANs',
      group: 'Add',
      icon: IconNetwork,
      keywords: ['new', 'management', 'storage', 'ingress', 'internal'],
      run: () => dialogs.setState({ kind: 'usual-vlans' }, true),
    },
    {
      id: 'open-sample',
      title: 'Open the sample rack',
      group: 'Add',
      icon: IconStack2,
      keywords: ['demo', 'example', 'import'],
      run: () => void inventory.openSample(),
    },
    ...kindNames.filter((kind) => !ownDialog.has(kind)).map((kind) => addRecord(dialogs, kind)),
  ];
}
