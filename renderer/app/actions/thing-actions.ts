import {
  IconArrowsDiff,
  IconBook2,
  IconCopy,
  IconCpu,
  IconHistory,
  IconList,
  IconPencil,
  IconRefresh,
  IconServer,
  IconServerOff,
  IconTrash,
} from '@tabler/icons-react';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { rackTitle } from '../../features/racks/rack-title.ts';
import { isolated } from '../../ui/isolate.ts';
import type { DialogStore } from '../dialogs.ts';
import type { Router } from '../router.ts';
import type { DeviceTab } from '../routes.ts';
import type { Action } from './registry.ts';

interface Needs {
  readonly router: Pick<Router, 'go'>;
  readonly dialogs: DialogStore;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What can be done with one thing, as its page and the palette offer it. */
type ThingAction = Omit<Action, 'group'>;

const onPage = (actions: readonly ThingAction[]): Action[] =>
  actions.map((action) => ({ ...action, group: 'This page' }));

export function deviceActions({ router, dialogs }: Needs, { id, name }: Named): Action[] {
  const shown = isolated(name);
  const open = (tab: DeviceTab) => () => router.go({ screen: 'device', id, tab });
  return onPage([
    {
      id: `open-device ${id}`,
      title: `Open the details of ${shown}`,
      icon: IconServer,
      keywords: ['show', 'edit', 'change', 'rename', 'notes', 'interfaces'],
      run: open('details'),
    },
    {
      id: `refresh-device ${id}`,
      title: `Refresh the facts of ${shown}`,
      icon: IconRefresh,
      keywords: ['collect', 'read', 'scan', 'update', 'ssh', 'connect'],
      run: () => dialogs.setState({ kind: 'collect-facts', deviceId: id, deviceName: name }, true),
    },
    {
      id: `compare-device ${id}`,
      title: `Compare ${shown}: declared and observed`,
      icon: IconArrowsDiff,
      keywords: ['differences', 'accept', 'drift'],
      run: open('compare'),
    },
    {
      id: `facts-device ${id}`,
      title: `Open the facts of ${shown}`,
      icon: IconCpu,
      keywords: ['hardware', 'disks', 'memory', 'processor'],
      run: open('facts'),
    },
    {
      id: `edit-device ${id}`,
      title: `Edit fields and tags of ${shown}`,
      icon: IconPencil,
      keywords: ['change', 'status', 'rack', 'tag'],
      run: () => dialogs.setState({ kind: 'edit-devices', ids: [id] }, true),
    },
    {
      id: `duplicate-device ${id}`,
      title: `Duplicate ${shown}`,
      icon: IconCopy,
      keywords: ['copy', 'clone'],
      run: () => dialogs.setState({ kind: 'duplicate-devices', ids: [id] }, true),
    },
    {
      id: `apply-type-device ${id}`,
      title: `Apply a device type to ${shown}`,
      icon: IconBook2,
      keywords: ['ports', 'template', 'library'],
      run: () => dialogs.setState({ kind: 'apply-type', ids: [id] }, true),
    },
    {
      id: `history-device ${id}`,
      title: `History of ${shown}`,
      icon: IconHistory,
      keywords: ['changes', 'undo', 'revert', 'log'],
      run: () => router.go({ screen: 'history', query: `thing=${id}` }),
    },
    {
      id: `offboard-device ${id}`,
      title: `Take ${shown} out of the rack`,
      icon: IconServerOff,
      keywords: ['retire', 'off-board', 'decommission', 'dispose'],
      run: () => dialogs.setState({ kind: 'offboard', deviceId: id, name }, true),
    },
    {
      id: `delete-device ${id}`,
      title: `Delete ${shown}`,
      icon: IconTrash,
      keywords: ['remove'],
      run: () => dialogs.setState({ kind: 'delete-devices', ids: [id], name }, true),
    },
  ]);
}

export function rackActions({ router, dialogs }: Needs, rack: RackRow): Action[] {
  const { id, name } = rack;
  const shown = rackTitle(name);
  return onPage([
    {
      id: `list-rack ${id}`,
      title: `Devices in ${shown}`,
      icon: IconList,
      keywords: ['open', 'list', 'show'],
      run: () => router.go({ screen: 'devices', query: `rack=${id}` }),
    },
    {
      id: `edit-rack ${id}`,
      title: `Edit ${shown}`,
      icon: IconPencil,
      keywords: ['change', 'rename', 'height'],
      run: () => dialogs.setState({ kind: 'edit-rack', rack }, true),
    },
    {
      id: `history-rack ${id}`,
      title: `History of ${shown}`,
      icon: IconHistory,
      keywords: ['changes', 'undo', 'revert'],
      run: () => router.go({ screen: 'history', query: `thing=${id}` }),
    },
    {
      id: `delete-rack ${id}`,
      title: `Delete ${shown}`,
      icon: IconTrash,
      keywords: ['remove'],
      run: () => dialogs.setState({ kind: 'delete-rack', id, name }, true),
    },
  ]);
}
