import { Menu } from '@mantine/core';
import { IconCpu, IconPlus, IconServer } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { DeviceTypeRow } from '../../../shared/contract/device-types.ts';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { asDevice } from './carry.ts';
import type { FreeUnit } from './elevation-context.ts';
import { planFor } from './plan.ts';
import classes from './racks.module.css';
import { type Spot, sidesOf } from './spot.ts';
import { doneText } from './spot-words.ts';

interface GapMenuProps {
  readonly unit: FreeUnit;
  readonly onClose: () => void;
}

const shown = 6;

/** What can be put at a free unit; what cannot stand there says why. */
export function GapMenu({ unit, onClose }: GapMenuProps) {
  const { racks, dialogs } = useApp();
  const loose = useResource(racks.loose(''));
  const types = useResource(racks.types(''));
  const { devices: picked } = useStore(racks.picked);
  const devices = loose.status === 'ready' ? loose.data.devices : [];
  const moved = picked.length === 1 ? picked : [];
  function close(): void {
    onClose();
    unit.element.closest('button')?.focus({ preventScroll: true });
  }
  const box = unit.element.getBoundingClientRect();
  const offered = [...moved, ...devices.filter(({ id }) => id !== moved[0]?.id)];
  return (
    <Menu opened onClose={close} position="right-start" width={280}>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          className={classes.anchor}
          aria-label={`Unit ${unit.position}`}
          style={{ '--x': `${box.left}px`, '--y': `${box.top}px`, '--w': `${box.width}px` }}
        />
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Menu.Label>Place at unit {unit.position}</Menu.Label>
        {offered.slice(0, shown).map((device) => (
          <PlaceItem key={device.id} device={device} type={null} unit={unit} />
        ))}
        {offered.length === 0 && <Menu.Item disabled>Every device stands in a rack</Menu.Item>}
        {offered.length > shown && (
          <Menu.Item onClick={() => racks.view.set({ panel: 'loose' })}>
            All loose devices…
          </Menu.Item>
        )}
        <Menu.Label>New device</Menu.Label>
        {types.status === 'ready' &&
          types.data.rows
            .slice(0, shown)
            .map((type) => (
              <PlaceItem
                key={type.id ?? type.slug}
                device={asDevice(type)}
                type={type}
                unit={unit}
              />
            ))}
        {types.status === 'ready' && types.data.total > shown && (
          <Menu.Item onClick={() => racks.view.set({ panel: 'types' })}>All types…</Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconPlus aria-hidden className={classes.icon} />}
          onClick={() => {
            const { rackId, position } = unit;
            dialogs.setState({ kind: 'add-device', place: { rackId, position } }, true);
          }}
        >
          Without a type…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface PlaceItemProps extends Pick<GapMenuProps, 'unit'> {
  readonly device: ElevationDevice;
  readonly type: DeviceTypeRow | null;
}

function PlaceItem({ device, type, unit }: PlaceItemProps) {
  const { racks } = useApp();
  const content = racks.contentOf(unit.rackId);
  const sides = content ? sidesOf(device, content.rack) : [];
  const side = sides.length === 0 ? null : (unit.side ?? sides[0] ?? null);
  const { rackId, face } = unit;
  const spot: Spot = { kind: 'unit', rackId, position: unit.position, face, side };
  const plan = planFor({ devices: [device], spot, swap: false, contentOf: racks.contentOf });
  const Shape = type === null ? IconServer : IconCpu;
  return (
    <Menu.Item
      disabled={!plan.allowed}
      leftSection={<Shape aria-hidden className={classes.icon} />}
      rightSection={<span className={classes.typeNote}>{device.heightUnits} U</span>}
      title={plan.text}
      onClick={() => {
        const [move] = plan.moves;
        if (move === undefined) return;
        if (type !== null) void racks.add(type, move.to);
        else void racks.move([move], doneText([device], spot, plan.text));
      }}
    >
      <bdi>{device.name}</bdi>
      {!plan.allowed && <span className={classes.why}>{plan.text}</span>}
    </Menu.Item>
  );
}
