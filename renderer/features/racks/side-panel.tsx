import { SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { useStore } from 'zustand';
import type { DeviceTypeRow } from '../../../shared/contract/device-types.ts';
import { useApp } from '../../app/app-context.ts';
import { formatRoute, routeOfKind } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { asDevice, type Carry } from './carry.ts';
import { Chip } from './device-chip.tsx';
import { pickUp } from './keyboard-carry.tsx';
import { followPointer } from './pointer-carry.ts';
import classes from './racks.module.css';

interface SidePanelProps {
  readonly carry: Carry;
  /** Where what is picked up by keys begins. */
  readonly firstRack: string | undefined;
}

const tabs = [
  { value: 'types', label: 'New' },
  { value: 'loose', label: 'Loose' },
];

/** What can be put into the racks: a new device of a type, or one that stands nowhere yet. */
export function SidePanel(props: SidePanelProps) {
  const { racks } = useApp();
  const panel = useStore(racks.view.store, (view) => view.panel);
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  if (panel === 'none') return null;
  return (
    <section
      className={classes.panel}
      aria-label="To put into the racks"
      // Whatever shows here: what is let go over it is taken out of its rack.
      data-spot="loose"
    >
      <SegmentedControl
        fullWidth
        aria-label="What to put into the racks"
        data={tabs}
        value={panel}
        onChange={(value) => racks.view.set({ panel: value === 'loose' ? 'loose' : 'types' })}
      />
      <TextInput
        aria-label={panel === 'types' ? 'Search the device types' : 'Search the loose devices'}
        placeholder={panel === 'types' ? 'Search types' : 'Search devices'}
        leftSection={<IconSearch aria-hidden className={classes.icon} />}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {panel === 'types' ? <Types search={search} {...props} /> : <Loose search={search} />}
    </section>
  );
}

function Types({ search, carry, firstRack }: SidePanelProps & { readonly search: string }) {
  const { racks } = useApp();
  const state = useResource(racks.types(search));
  if (state.status === 'loading') return <Skeleton label="Reading the device types" lines={6} />;
  if (state.status === 'failed') return <p className={classes.hint}>{state.failure.message}</p>;
  const { rows, total } = state.data;
  if (rows.length === 0) {
    return (
      <p className={classes.hint}>
        {search === '' ? 'No device types yet. ' : 'No type holds these words. '}
        <a href={formatRoute(routeOfKind('device-type'))}>Add device types</a>
      </p>
    );
  }
  return (
    <>
      <p className={classes.hint}>Drag one to a unit, or press Enter to place it by keys.</p>
      <ul className={classes.list} aria-label="Device types">
        {rows.map((type) => (
          <TypeEntry key={type.id ?? type.slug} type={type} carry={carry} firstRack={firstRack} />
        ))}
      </ul>
      {total > rows.length && (
        <p className={classes.hint}>
          and {(total - rows.length).toLocaleString('en')} more: search for them
        </p>
      )}
    </>
  );
}

function TypeEntry({ type, carry, firstRack }: SidePanelProps & { readonly type: DeviceTypeRow }) {
  const { racks } = useApp();
  const what = { devices: [asDevice(type)], type };
  const { heightUnits, width } = type;
  const size = [
    heightUnits === null ? null : `${heightUnits} U`,
    width === 'half' || width === 'third' ? `${width} width` : null,
  ];
  return (
    <li>
      <button
        type="button"
        className={classes.type}
        onPointerDown={(event) => followPointer(event, { ...what, carry, racks })}
        onClick={(event) => {
          // Only by keys: a click is the beginning of a drag that went nowhere.
          if (event.detail !== 0) return;
          pickUp(what, { carry, racks, rackId: firstRack, face: 'front' });
        }}
      >
        <IconPlus aria-hidden className={classes.icon} />
        <span className={classes.typeName}>
          <bdi>{type.title}</bdi>
          <span className={classes.typeSize}>{size.filter(Boolean).join(' · ')}</span>
        </span>
      </button>
    </li>
  );
}

function Loose({ search }: { readonly search: string }) {
  const { racks } = useApp();
  const state = useResource(racks.loose(search));
  if (state.status === 'loading') return <Skeleton label="Reading the devices" lines={6} />;
  if (state.status === 'failed') return <p className={classes.hint}>{state.failure.message}</p>;
  const { devices, total } = state.data;
  if (devices.length === 0) {
    return (
      <p className={classes.hint}>
        {search === '' ? 'Every device stands in a rack.' : 'No loose device holds these words.'}{' '}
        Drop one here to take it out.
      </p>
    );
  }
  return (
    <>
      <p className={classes.hint}>In no rack. Drag one to a unit, or press the space bar on it.</p>
      <ul className={classes.list} aria-label="Loose devices">
        {devices.map((device) => (
          <li key={device.id}>
            <Chip device={device} />
          </li>
        ))}
      </ul>
      {total > devices.length && (
        <p className={classes.hint}>
          and {(total - devices.length).toLocaleString('en')} more: search for them
        </p>
      )}
    </>
  );
}
