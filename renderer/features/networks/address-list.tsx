import { useCallback, useState } from 'react';
import type { AddressMap, TakenAddress } from '../../../shared/model/networks.ts';
import { useApp } from '../../app/app-context.ts';
import { usePages } from '../../rpc/use-pages.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import classes from './address-map.module.css';
import { addressPageSize } from './networks-store.ts';

const columns = ['Address', 'What', 'Who', 'Interface or MAC', 'DNS name'];

/** The taken addresses as a table: for many, and for whoever cannot see the map. */
export function AddressList({ map }: { readonly map: AddressMap }) {
  const { networks } = useApp();
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const pages = usePages(networks.addresses(map.prefix), range);
  const onRange = useCallback((first: number, last: number) => {
    setRange([Math.floor(first / addressPageSize), Math.floor(last / addressPageSize)]);
  }, []);
  if (pages.failure !== null) return <ErrorState error={pages.failure} onRetry={pages.reload} />;
  const total = pages.first?.total ?? 0;
  if (pages.first !== undefined && total === 0) {
    return <p className={classes.hint}>No address in it is taken.</p>;
  }
  return (
    <VirtualTable
      label={`Taken addresses of ${map.prefix}`}
      className={classes.list}
      head={
        <tr>
          {columns.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      }
      columns={columns.length}
      count={total}
      onRange={onRange}
      rowAt={(index) => {
        const page = pages.page(Math.floor(index / addressPageSize));
        const row = page?.rows[index % addressPageSize];
        return row === undefined ? null : <Row row={row} />;
      }}
    />
  );
}

function Row({ row: { address, uses, useCount } }: { readonly row: TakenAddress }) {
  const [first] = uses;
  return (
    <tr>
      <td className="rh-mono">{address}</td>
      <td>
        {uses.map((use) => whatOf(use)).join(', ')}
        {useCount > uses.length && ` and ${useCount - uses.length} more`}
      </td>
      <td>
        {uses.map(
          (use) =>
            use.type !== 'gateway' &&
            use.deviceId !== null &&
            use.deviceName !== null && (
              <div key={use.id}>
                <DeviceLink id={use.deviceId} name={use.deviceName} />
              </div>
            ),
        )}
      </td>
      <td className="rh-mono">
        {uses.map(
          (use) =>
            use.type !== 'gateway' && (
              <div key={use.id}>
                <bdi>{use.type === 'reservation' ? use.mac : use.interfaceName}</bdi>
              </div>
            ),
        )}
      </td>
      <td>{first?.type === 'address' && first.dnsName !== null && <bdi>{first.dnsName}</bdi>}</td>
    </tr>
  );
}

function whatOf(use: TakenAddress['uses'][number]): string {
  if (use.type === 'gateway') return 'gateway';
  if (use.type === 'reservation') return 'reserved';
  if (use.role !== 'virtual') return use.role;
  return use.holders === 0 ? 'virtual' : `virtual, ${use.holders} may hold it`;
}
