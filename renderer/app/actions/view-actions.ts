import {
  IconClearAll,
  IconContrast,
  IconDeviceDesktop,
  IconKey,
  IconKeyboard,
  IconLayoutBottombar,
  IconLayoutSidebarRight,
  IconMoon,
  IconSettings,
  IconSun,
} from '@tabler/icons-react';
import type { ThemeChoice } from '../../design/appearance.ts';
import { canBeHidden, shownRecent } from '../../features/jobs/dock/recent-jobs.ts';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** How the window looks and what it tells of itself. */
export function viewActions(needs: ActionNeeds): Action[] {
  const { layout, appearance, dialogs, devices, jobs } = needs;
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
      title: 'Show or hide the jobs',
      group: 'View',
      icon: IconLayoutBottombar,
      shortcut: 'J',
      keywords: ['dock', 'jobs', 'log'],
      run: () => layout.toggleDock(),
    },
    {
      id: 'clear-jobs',
      title: 'Clear finished jobs from the dock',
      group: 'View',
      icon: IconClearAll,
      keywords: ['dock', 'jobs', 'log', 'delete'],
      status: {
        read: () => ({
          enabled: shownRecent(jobs.recent.getState()).some(canBeHidden),
          detail: null,
        }),
        subscribe: jobs.recent.subscribe,
      },
      run: () => jobs.clearEnded(),
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
      id: 'secrets',
      title: 'Secrets',
      group: 'Help',
      icon: IconKey,
      keywords: ['passwords', 'passphrase', 'remembered', 'unlock', 'recovery key', 'keyring'],
      run: () => dialogs.setState({ kind: 'secrets' }, true),
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
