import { IconCheck, IconEye, IconEyeOff, IconRestore } from '@tabler/icons-react';
import type { Proposal } from '../../../shared/model/proposals.ts';
import { formatCount } from '../../ui/formatting.ts';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** What was seen and not declared: where it is listed, and what is done with the selected ones. */
export function proposalActions({ proposals, router }: ActionNeeds): Action[] {
  const { selection } = proposals;
  const chosen = () => [...selection.getState().selected.values()];
  const on = (state: Proposal['state']): NonNullable<Action['status']> => ({
    read() {
      const rows = chosen();
      const [first] = rows;
      const shown = router.store.getState().screen === 'proposals';
      if (!shown || first?.state !== state) return { enabled: false, detail: null };
      const detail = rows.length === 1 ? first.name : formatCount(rows.length, 'proposal');
      return { enabled: true, detail };
    },
    subscribe(changed) {
      const ends = [selection.subscribe(changed), router.store.subscribe(changed)];
      return () => {
        for (const end of ends) end();
      };
    },
  });
  return [
    {
      id: 'go-proposals',
      title: 'Seen, not declared',
      group: 'Go to',
      icon: IconEye,
      keywords: ['proposals', 'services', 'ports', 'networks', 'found', 'discovered'],
      run: () => router.go({ screen: 'proposals', query: '' }),
    },
    {
      id: 'accept-proposals',
      title: 'Accept',
      group: 'Edit',
      icon: IconCheck,
      keywords: ['proposals', 'declare'],
      status: on('open'),
      run: () => void proposals.accept(chosen()),
    },
    {
      id: 'dismiss-proposals',
      title: 'Dismiss',
      group: 'Edit',
      icon: IconEyeOff,
      keywords: ['proposals', 'ignore'],
      status: on('open'),
      run: () => void proposals.dismiss(chosen()),
    },
    {
      id: 'restore-proposals',
      title: 'Bring back',
      group: 'Edit',
      icon: IconRestore,
      keywords: ['proposals', 'dismissed'],
      status: on('dismissed'),
      run: () => void proposals.restore(chosen()),
    },
  ];
}
