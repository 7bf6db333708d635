import { IconBolt, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { MoreMenu, MoreMenuItem } from '../../../ui/more-menu.tsx';
import { RenameDialog } from '../../../ui/rename-dialog.tsx';
import type { ContainerAct } from './container-acts.ts';
import { DeleteContainersDialog } from './delete-containers-dialog.tsx';

interface ContainerActBarProps {
  readonly acts: readonly ContainerAct[];
  readonly engineId: string;
  readonly rows: readonly ClusterRow[];
  /** What else is done once they were deleted. */
  readonly onDeleted?: () => void;
}

type Open = 'none' | 'kill' | 'rename' | 'delete';

/** What can be done with containers, the seldom things in a menu. */
export function ContainerActBar({ acts, engineId, rows, onDeleted }: ContainerActBarProps) {
  const { containers } = useApp();
  const [open, setOpen] = useState<Open>('none');
  const [first] = rows;
  if (first === undefined) return null;
  const close = () => setOpen('none');
  const what = rows.length === 1 ? isolated(first.name) : `${rows.length} containers`;
  const ids = rows.map(({ key }) => key);
  return (
    <>
      {acts.map(({ id, title, short, icon, run }) => (
        <Button key={id} icon={icon} label={title} onClick={run}>
          {short}
        </Button>
      ))}
      <MoreMenu label={`More of ${what}`}>
        {rows.length === 1 && (
          <MoreMenuItem icon={IconPencil} onClick={() => setOpen('rename')}>
            Rename
          </MoreMenuItem>
        )}
        <MoreMenuItem icon={IconBolt} onClick={() => setOpen('kill')}>
          Kill
        </MoreMenuItem>
        <MoreMenuItem icon={IconTrash} onClick={() => setOpen('delete')}>
          Delete
        </MoreMenuItem>
      </MoreMenu>
      {open === 'kill' && (
        <ConfirmDialog
          title={`Kill ${what}?`}
          confirm="Kill"
          onConfirm={() => {
            close();
            void containers.act(engineId, ids, { do: 'kill', signal: 'SIGKILL' });
          }}
          onCancel={close}
        >
          Its processes end at once, and cannot write what they have not written yet. Stop lets them
          end in order.
        </ConfirmDialog>
      )}
      {open === 'rename' && (
        <RenameDialog
          name={first.name}
          description="Letters, digits, _ . and -. Compose finds its containers by their labels."
          most={128}
          onRename={async (name) => {
            await containers.act(engineId, [first.key], { do: 'rename', name });
            return null;
          }}
          onClose={close}
        />
      )}
      {open === 'delete' && (
        <DeleteContainersDialog
          {...{ engineId, rows, what }}
          onClose={close}
          onDeleted={onDeleted}
        />
      )}
    </>
  );
}
