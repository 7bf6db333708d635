import { Select } from '@mantine/core';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import type { DeviceSockets, SocketRow } from '../../../shared/contract/cabling.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { formatCount } from '../../ui/formatting.ts';
import { narrowed } from '../../ui/narrowed.ts';
import classes from './cables.module.css';
import { sideOf } from './socket-words.tsx';

/** One side of a cable that is being added. */
export interface Side {
  readonly device: { readonly id: string; readonly name: string } | null;
  readonly socketId: string | null;
}

export const noSide: Side = { device: null, socketId: null };

interface PortPickerProps {
  readonly title: string;
  readonly side: Side;
  /** Ports that have a cable are offered, too. */
  readonly taken: boolean;
  readonly onChange: (side: Side) => void;
  readonly error: string | null;
  readonly autoFocus?: boolean;
  readonly portField?: RefObject<HTMLInputElement | null>;
  readonly deviceField?: RefObject<HTMLInputElement | null>;
}

/** A device, then one of its ports. */
export function PortPicker(props: PortPickerProps) {
  const { title, side, onChange } = props;
  return (
    <fieldset className={classes.side}>
      <legend>{title}</legend>
      <DevicePicker
        label={`Device, ${title.toLowerCase()}`}
        device={side.device}
        field={props.deviceField}
        autoFocus={props.autoFocus ?? false}
        onChange={(device) => onChange({ device, socketId: null })}
      />
      {side.device === null ? (
        <Select label="Port" placeholder="Choose a device first" data={[]} disabled />
      ) : (
        <Ports {...props} deviceId={side.device.id} />
      )}
    </fieldset>
  );
}

/** Between two letters; the last one counts. */
const calmMs = 80;

interface Found {
  /** What these were found for; null: nothing has come yet. */
  readonly of: string | null;
  readonly rows: readonly DeviceSockets[];
}

interface DevicePickerProps {
  readonly label: string;
  readonly device: Side['device'];
  readonly field: RefObject<HTMLInputElement | null> | undefined;
  readonly autoFocus: boolean;
  readonly onChange: (device: Side['device']) => void;
}

function DevicePicker({ label, device, field, autoFocus, onChange }: DevicePickerProps) {
  const { cables } = useApp();
  const [search, setSearch] = useState(device?.name ?? '');
  const [found, setFound] = useState<Found>({ of: null, rows: [] });
  const text = search === device?.name ? '' : search;
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      // What cannot be searched offers nothing; the next letter tries again.
      cables.findDevices(text, abort.signal).then(
        (rows) => setFound({ of: text, rows }),
        () => {},
      );
    }, calmMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [cables, text]);
  const { rows } = found;
  const known = rows.some(({ deviceId }) => deviceId === device?.id);
  const data = rows.map((one) => ({ value: one.deviceId, label: one.deviceName }));
  const freeOf = new Map(rows.map(({ deviceId, free }) => [deviceId, free]));
  return (
    <Select
      ref={field ?? null}
      label="Device"
      aria-label={label}
      placeholder="Search devices"
      searchable
      data-autofocus={autoFocus || undefined}
      searchValue={search}
      onSearchChange={setSearch}
      // Enter takes the first. The host has searched, or is about to.
      selectFirstOptionOnChange
      filter={({ options }) =>
        found.of === text
          ? options.filter((option) => 'value' in option && freeOf.has(option.value))
          : narrowed(options, text)
      }
      data={device === null || known ? data : [{ value: device.id, label: device.name }, ...data]}
      value={device?.id ?? null}
      nothingFoundMessage="No device with ports matches."
      renderOption={({ option }) => (
        <span className={classes.option}>
          <bdi>{option.label}</bdi>
          <span className={classes.quiet}>{freeText(freeOf.get(option.value))}</span>
        </span>
      )}
      onChange={(id) => {
        const chosen = rows.find(({ deviceId }) => deviceId === id);
        if (chosen !== undefined) onChange({ id: chosen.deviceId, name: chosen.deviceName });
      }}
    />
  );
}

const freeText = (free: number | undefined) =>
  free === undefined ? '' : free === 0 ? 'none free' : `${free} free`;

function Ports(props: PortPickerProps & { readonly deviceId: string }) {
  const { side, taken, deviceId, error, title, onChange } = props;
  const ports = useResource(useApp().cables.ports(deviceId, !taken));
  const rows = ports.status === 'ready' ? ports.data.rows : [];
  const more = ports.status === 'ready' ? ports.data.total - rows.length : 0;
  const none = taken ? 'It has no port.' : 'Every port has a cable.';
  const nothing = ports.status === 'loading' ? 'Reading the ports' : none;
  // Nothing is left to choose.
  const only = ports.status === 'ready' && ports.data.total === 1 ? rows[0]?.id : undefined;
  const choose = useEffectEvent((socketId: string) => onChange({ ...side, socketId }));
  useEffect(() => {
    if (only !== undefined && side.socketId === null) choose(only);
  }, [only, side.socketId]);
  return (
    <Select
      ref={props.portField ?? null}
      label="Port"
      aria-label={`Port, ${title.toLowerCase()}`}
      placeholder={ports.status === 'loading' ? 'Reading the ports' : 'Choose a port'}
      searchable
      selectFirstOptionOnChange
      data={rows.map((row) => ({ value: row.id, label: portName(row) }))}
      value={side.socketId}
      error={error ?? (ports.status === 'failed' ? ports.failure.message : null)}
      description={more > 0 ? `The first ${formatCount(rows.length, 'port')} of many.` : undefined}
      nothingFoundMessage={rows.length === 0 ? nothing : 'No port matches.'}
      onChange={(socketId) => onChange({ ...side, socketId })}
    />
  );
}

function portName(row: SocketRow): string {
  const side = sideOf(row);
  const cable = row.cable === null ? '' : ` (cable ${row.cable.label})`;
  return `${row.name}${side === '' ? '' : `, ${side}`}${cable}`;
}
