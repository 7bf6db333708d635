import { useMemo, useState } from 'react';
import type { AddressMap } from '../../../shared/model/networks.ts';
import { parsePrefix } from '../../../shared/network/prefix.ts';
import { useApp } from '../../app/app-context.ts';
import { cellsOf } from './address-cells.ts';
import { AddressGrid, type CellRange } from './address-grid.tsx';
import classes from './address-map.module.css';
import { MapParts } from './map-parts.tsx';
import { OneAddress } from './one-address.tsx';
import { SomeAddresses } from './some-addresses.tsx';

/** The map with what is chosen in it beside. */
export function AddressMapView({ map }: { readonly map: AddressMap }) {
  if (map.drawn.form !== 'cells') return <MapParts map={map} />;
  return <Cells map={map} />;
}

function Cells({ map }: { readonly map: AddressMap }) {
  const { dialogs, router } = useApp();
  const cells = useMemo(() => cellsOf(map), [map]);
  const [selected, setSelected] = useState<CellRange | null>(null);
  const length = parsePrefix(map.prefix)?.length ?? 32;
  const low = selected && cells[Math.min(selected.anchor, selected.at)];
  const high = selected && cells[Math.max(selected.anchor, selected.at)];

  /** What one most likely wants with what is chosen. */
  function open(): void {
    if (!low || !high) return;
    if (low !== high) {
      const values = { range: `${low.address}-${high.address}`, role: 'dhcp' };
      dialogs.setState({ kind: 'add-record', record: 'ip-range', values }, true);
      return;
    }
    const own = low.taken?.uses.find((use) => use.type === 'address');
    if (own?.deviceId) router.go({ screen: 'device', id: own.deviceId, tab: 'details' });
    else if (low.taken === null) {
      const values = { address: `${low.address}/${length}`, role: 'host' };
      dialogs.setState({ kind: 'add-record', record: 'address', values }, true);
    }
  }

  return (
    <div className={classes.columns}>
      <div className={classes.mapSide}>
        <AddressGrid
          label={`Addresses of ${map.prefix}`}
          cells={cells}
          selected={selected}
          onSelect={setSelected}
          onOpen={open}
        />
        <Legend map={map} />
      </div>
      <aside className={classes.aside} aria-label="Chosen addresses" aria-live="polite">
        {low && high && low === high && <OneAddress cell={low} length={length} map={map} />}
        {low && high && low !== high && (
          <SomeAddresses
            first={low.address}
            last={high.address}
            cells={cells.slice(cells.indexOf(low), cells.indexOf(high) + 1)}
            map={map}
          />
        )}
        {!low && (
          <p className={classes.hint}>
            Press an address to see who has it or to give it to somebody. Drag over several to make
            a DHCP range of them. By keyboard: the arrows, with Shift for several.
          </p>
        )}
      </aside>
    </div>
  );
}

const legend = [
  { state: 'used', label: 'in use' },
  { state: 'gateway', label: 'gateway' },
  { state: 'virtual', label: 'virtual' },
  { state: 'reserved', label: 'reserved' },
  { state: 'free', label: 'free' },
] as const;

function Legend({ map }: { readonly map: AddressMap }) {
  return (
    <ul className={classes.legend} aria-label="What the marks mean">
      {legend.map(({ state, label }) => (
        <li key={state}>
          <span className={classes.swatch} data-state={state} aria-hidden />
          {label}
        </li>
      ))}
      {map.ranges.length > 0 && (
        <li>
          <span className={classes.swatch} data-state="free" data-range="dhcp" aria-hidden />
          in a range
        </li>
      )}
    </ul>
  );
}
