import { IconArrowRight, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { MoreMenu, MoreMenuItem } from '../../ui/more-menu.tsx';
import { rackTitle } from './rack-title.ts';

/** What can be done with a rack itself. */
export function RackMenu({ rack }: { readonly rack: RackRow }) {
  const { dialogs, readings, router } = useApp();
  const { id, name } = rack;
  return (
    <MoreMenu label={`Actions for ${rackTitle(name)}`}>
      <MoreMenuItem
        icon={IconArrowRight}
        onClick={() => router.go({ screen: 'thing', kind: 'rack', id })}
      >
        Open its page
      </MoreMenuItem>
      <MoreMenuItem icon={IconRefresh} onClick={() => void readings.refreshMany({ rackId: id })}>
        Refresh its devices
      </MoreMenuItem>
      <MoreMenuItem
        icon={IconPencil}
        onClick={() => dialogs.setState({ kind: 'edit-rack', rack }, true)}
      >
        Edit rack
      </MoreMenuItem>
      <MoreMenuItem
        icon={IconTrash}
        onClick={() => dialogs.setState({ kind: 'delete-rack', id, name }, true)}
      >
        Delete rack
      </MoreMenuItem>
    </MoreMenu>
  );
}
