import { IconFileExport, IconFileImport } from '@tabler/icons-react';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** Files in and out. */
export function exchangeActions({ dialogs, router }: ActionNeeds): Action[] {
  return [
    {
      id: 'import',
      title: 'Import a file',
      group: 'Edit',
      icon: IconFileImport,
      keywords: ['yaml', 'csv', 'json', 'table', 'spreadsheet', 'netbox', 'upload', 'restore'],
      run: () => router.go({ screen: 'import' }),
    },
    {
      id: 'export',
      title: 'Export',
      group: 'Edit',
      icon: IconFileExport,
      keywords: ['yaml', 'csv', 'json', 'ansible', 'ssh', 'hosts', 'markdown', 'save', 'download'],
      run: () => dialogs.setState({ kind: 'export' }, true),
    },
  ];
}
