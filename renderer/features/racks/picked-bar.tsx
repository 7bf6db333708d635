import { IconArrowsMove, IconLogout, IconPencil, IconTrash, IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatCount } from '../../ui/formatting.ts';
import type { Carry } from './carry.ts';
import { pickUp } from './keyboard-carry.tsx';
import classes from './racks.module.css';
import { outOfRacks } from './spot.ts';
import { doneText } from './spot-words.ts';

/** What can be done with the devices that are picked, when there are several. */
export function PickedBar({ carry }: { readonly carry: Carry }) {
  const { racks, dialogs } = useApp();
  const { devices } = useStore(racks.picked);
  const [first] = devices;
  if (first === undefined || devices.length < 2) return null;
  const takeOut = () => {
    const inside = racks
      .together(first)
      .filter((device) => device.rackId !== null || device.parentId !== null);
    const spot = { kind: 'nowhere' } as const;
    const moves = inside.map((device) => ({ device, to: outOfRacks }));
    if (moves.length > 0) void racks.move(moves, doneText(inside, spot, ''));
    racks.clearPicked();
  };
  return (
    <div className={classes.picked} role="toolbar" aria-label="Picked devices">
      <span className={classes.pickedCount}>{formatCount(devices.length, 'device')} picked</span>
      <Button
        icon={IconArrowsMove}
        onClick={() => {
          const { rackId, face } = first;
          const where = {
            carry,
            racks,
            rackId: rackId ?? undefined,
            face: face ?? 'front',
          } as const;
          pickUp({ devices: racks.together(first), type: null }, where);
        }}
      >
        Move
      </Button>
      <Button icon={IconLogout} onClick={takeOut}>
        Take out
      </Button>
      <Button
        icon={IconPencil}
        onClick={() => {
          const ids = devices.map(({ id }) => id);
          dialogs.setState({ kind: 'edit-devices', ids }, true);
        }}
      >
        Edit
      </Button>
      <Button
        icon={IconTrash}
        onClick={() => {
          const ids = devices.map(({ id }) => id);
          const name = formatCount(ids.length, 'device');
          dialogs.setState({ kind: 'delete-devices', ids, name }, true);
        }}
      >
        Delete
      </Button>
      <IconButton label="Pick none" icon={IconX} onClick={racks.clearPicked} />
    </div>
  );
}
