import { useCallback, useState } from 'react';
import type { ListedInterface } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { usePages } from '../../rpc/use-pages.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import tableClasses from '../../ui/plain-table.module.css';
import { Lines } from '../../ui/plain-table.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { interfaceKind } from '../facts/kind-words.ts';
import { RecordLink, VlanLink } from '../links/thing-links.tsx';
import classes from './device.module.css';
import { interfacePageSize } from './device-store.ts';

const titles = ['Name', 'Kind', 'MAC', 'Addresses', 'VLANs', 'MTU'];

/** The declared interfaces, of which a switch or a router may have thousands. */
export function InterfaceTable({ id }: { readonly id: string }) {
  const { device } = useApp();
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const resourceOf = useCallback((page: number) => device.interfaces(id, page), [device, id]);
  const pages = usePages(resourceOf, range);
  const onRange = useCallback((first: number, last: number) => {
    setRange([Math.floor(first / interfacePageSize), Math.floor(last / interfacePageSize)]);
  }, []);
  if (pages.failure !== null) return <ErrorState error={pages.failure} onRetry={pages.reload} />;
  if (pages.first === undefined) return <Skeleton label="Reading the interfaces" lines={3} />;
  if (pages.first.total === 0) {
    return (
      <p className={classes.quiet}>None declared. Accept the observed ones after a refresh.</p>
    );
  }
  return (
    <VirtualTable
      label="Interfaces"
      className={tableClasses.table}
      columns={titles.length}
      count={pages.first.total}
      onRange={onRange}
      head={
        <tr>
          {titles.map((title) => (
            <th key={title} scope="col" data-align={title === 'MTU' ? 'end' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      }
      rowAt={(index) => {
        const row = pages.page(Math.floor(index / interfacePageSize))?.rows[
          index % interfacePageSize
        ];
        return row === undefined ? null : <InterfaceLine row={row} />;
      }}
    />
  );
}

function InterfaceLine({ row }: { readonly row: ListedInterface }) {
  const more = row.addressCount - row.addresses.length;
  return (
    <tr>
      <td>
        <RecordLink kind="interface" id={row.id} name={row.name} />
      </td>
      <td>
        <bdi>{interfaceKind(row.kind)}</bdi>
      </td>
      <td>
        <Lines>
          {row.macs.map((mac) => (
            <CopyText key={mac} text={mac} />
          ))}
        </Lines>
      </td>
      <td>
        <Lines>
          {row.addresses.map(({ id, address }) => (
            <CopyText key={id} text={address} />
          ))}
        </Lines>
        {more > 0 && <span className={classes.quiet}>and {more.toLocaleString('en')} more</span>}
      </td>
      <td>
        <Vlans vlans={row.vlans} />
      </td>
      <td data-align="end">{row.mtu}</td>
    </tr>
  );
}

function Vlans({ vlans }: Pick<ListedInterface, 'vlans'>) {
  return (
    <span className={classes.vlans}>
      {vlans.map((vlan) => (
        <span key={vlan.vlanId}>
          {vlan.vlanId} <VlanLink number={vlan.vlanId} name={vlan.name} />{' '}
          <span className={classes.quiet}>{vlan.tagged ? 'tagged' : 'untagged'}</span>
        </span>
      ))}
    </span>
  );
}
