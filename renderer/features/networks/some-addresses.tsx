import type { AddressMap } from '../../../shared/model/networks.ts';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/formatting.ts';
import type { AddressCell } from './address-cells.ts';
import classes from './address-map.module.css';
import { RangeList } from './range-list.tsx';

interface SomeAddressesProps {
  readonly first: string;
  readonly last: string;
  readonly cells: readonly AddressCell[];
  readonly map: AddressMap;
}

/** Several addresses beside each other: a range can be made of them. */
export function SomeAddresses({ first, last, cells, map }: SomeAddressesProps) {
  const { records, dialogs } = useApp();
  const range = `${first}-${last}`;
  const taken = cells.filter((cell) => cell.taken !== null).length;
  const ranges = [...new Set(cells.flatMap((cell) => (cell.range ? [cell.range.id] : [])))];
  const make = (role: string) => () => void records.create('ip-range', { range, role });
  return (
    <>
      <h2 className={classes.asideTitle}>
        <span className="rh-mono">
          {first}–{last}
        </span>
      </h2>
      <p className={classes.note}>
        {formatCount(cells.length, 'address', 'addresses')}
        {taken > 0 && `, ${taken} of them taken`}
      </p>
      <RangeList ids={ranges} map={map} />
      <div className={classes.asideActions}>
        <Button tone="primary" onClick={make('dhcp')}>
          Give out by DHCP
        </Button>
        <Button onClick={make('reserved')}>Keep them free</Button>
        <Button onClick={make('load-balancer')}>For a load balancer</Button>
        <Button
          tone="quiet"
          onClick={() =>
            dialogs.setState(
              { kind: 'add-record', record: 'ip-range', values: { range, role: 'dhcp' } },
              true,
            )
          }
        >
          More …
        </Button>
      </div>
    </>
  );
}
