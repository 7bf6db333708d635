import {
  IconArrowLeft,
  IconArrowRight,
  IconBuildingWarehouse,
  IconColumns3,
  IconCpu2,
  IconDatabase,
  IconHistory,
  IconHome,
  IconListCheck,
  IconListDetails,
  IconNetwork,
  IconSearch,
  IconServer,
  IconTerminal2,
  IconWorld,
} from '@tabler/icons-react';
import { type ShellActionId, shellActions } from '../../../shared/shell-actions.ts';
import { formatFilter, noFilter } from '../../features/devices/device-filter.ts';
import { palette } from '../palette/palette-handle.ts';
import type { Router } from '../router.ts';
import type { Route } from '../routes.ts';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** About a second; a screen that takes longer has failed. */
const framesToWait = 60;

/** Waits for the field, which comes with its screen. */
function focusSearch(view: Window, frames = framesToWait): void {
  const field = view.document.querySelector<HTMLInputElement>('[data-search-field]');
  field?.focus();
  field?.select();
  if (field === null && frames > 0) {
    view.requestAnimationFrame(() => focusSearch(view, frames - 1));
  }
}

/** Back and Forward, which the desktop shell has in its menu too. */
function moveAction(router: Router, id: ShellActionId, view: Window): Action {
  const { title, keys, macKeys } = shellActions[id];
  return {
    id,
    title,
    group: 'Go to',
    icon: id === 'back' ? IconArrowLeft : IconArrowRight,
    shortcut: /mac/i.test(view.navigator.platform) ? macKeys : keys,
    // As browsers do it.
    whileTyping: true,
    status: {
      read: () => ({ enabled: router.moves.getState()[id], detail: null }),
      subscribe: (changed) => router.moves.subscribe(changed),
    },
    run: router[id],
  };
}

/** Where one can go. */
export function goActions({ router }: ActionNeeds, view: Window): Action[] {
  const go = (route: Route) => () => router.go(route);
  const devices: Route = { screen: 'devices', query: '' };
  return [
    moveAction(router, 'back', view),
    moveAction(router, 'forward', view),
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
        if (router.store.getState().screen !== 'devices') router.go(devices);
        focusSearch(view);
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
      id: 'go-racks',
      title: 'Racks',
      group: 'Go to',
      icon: IconBuildingWarehouse,
      shortcut: '2',
      keywords: ['cables', 'power', 'rooms', 'sites'],
      run: go({ screen: 'racks' }),
    },
    {
      id: 'go-devices',
      title: 'Devices',
      group: 'Go to',
      icon: IconServer,
      shortcut: '3',
      run: go(devices),
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
      id: 'go-services',
      title: 'Services',
      group: 'Go to',
      icon: IconWorld,
      shortcut: '5',
      run: go({ screen: 'services' }),
    },
    {
      id: 'go-storage',
      title: 'Storage',
      group: 'Go to',
      icon: IconDatabase,
      shortcut: '6',
      keywords: ['pools', 'volumes', 'buckets', 'databases'],
      run: go({ screen: 'storage' }),
    },
    {
      id: 'go-gpus',
      title: 'GPUs at work',
      group: 'Go to',
      icon: IconCpu2,
      keywords: ['graphics', 'nvidia', 'memory', 'temperature', 'models', 'cuda'],
      run: go({ screen: 'gpus' }),
    },
    {
      id: 'go-terminals',
      title: 'Terminals',
      group: 'Go to',
      icon: IconTerminal2,
      keywords: ['shell', 'ssh', 'console'],
      run: go({ screen: 'terminals' }),
    },
    {
      id: 'go-findings',
      title: 'Findings',
      group: 'Go to',
      icon: IconListCheck,
      keywords: ['lint', 'problems', 'warnings', 'contradictions', 'silenced'],
      run: go({ screen: 'findings', query: '' }),
    },
    {
      id: 'go-jobs',
      title: 'Jobs',
      group: 'Go to',
      icon: IconListDetails,
      shortcut: '8',
      keywords: ['work', 'runs', 'log', 'activities', 'questions'],
      run: go({ screen: 'jobs', query: '' }),
    },
    {
      id: 'go-history',
      title: 'History',
      group: 'Go to',
      icon: IconHistory,
      shortcut: '7',
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
