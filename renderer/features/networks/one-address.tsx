import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AddressMap, AddressUse } from '../../../shared/model/networks.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { DeviceLink, PrefixLink } from '../links/thing-links.tsx';
import type { AddressCell } from './address-cells.ts';
import classes from './address-map.module.css';
import { RangeList } from './range-list.tsx';

interface OneAddressProps {
  readonly cell: AddressCell;
  readonly length: number;
  readonly map: AddressMap;
}

/** Who has an address, and what can be done with it. */
export function OneAddress({ cell, length, map }: OneAddressProps) {
  const { address, state, taken, twice } = cell;
  return (
    <>
      <h2 className={classes.asideTitle}>
        <CopyText text={address} />
      </h2>
      {taken === null && (
        <p className={classes.note}>
          {state === 'free' ? 'Free.' : `The ${state} address of ${map.prefix}.`}
        </p>
      )}
      {twice && (
        <p className={classes.note}>
          {`${taken?.useCount ?? 2} things have this address; only one of them can.`}
        </p>
      )}
      {taken?.uses.map((use) => (
        <div key={use.id}>
          <Use use={use} />
          {use.type === 'address' && use.role === 'virtual' && <Holders id={use.id} />}
        </div>
      ))}
      {taken !== null && taken.useCount > taken.uses.length && (
        <p className={classes.note}>and {taken.useCount - taken.uses.length} more</p>
      )}
      <RangeList ids={cell.range === null ? [] : [cell.range.id]} map={map} />
      {(taken === null || taken.uses.every(({ type }) => type !== 'address')) && (
        <Give address={address} length={length} />
      )}
    </>
  );
}

function Give({ address, length }: { readonly address: string; readonly length: number }) {
  const { dialogs, records } = useApp();
  const host = `${address}/${length}`;
  return (
    <div className={classes.asideActions}>
      <Button
        tone="primary"
        onClick={() =>
          dialogs.setState(
            { kind: 'add-record', record: 'address', values: { address: host, role: 'host' } },
            true,
          )
        }
      >
        Give it to an interface
      </Button>
      <Button
        onClick={() =>
          dialogs.setState(
            { kind: 'add-record', record: 'address', values: { address: host, role: 'virtual' } },
            true,
          )
        }
      >
        Make it virtual
      </Button>
      <Button
        onClick={() =>
          dialogs.setState(
            { kind: 'add-record', record: 'dhcp-reservation', values: { address } },
            true,
          )
        }
      >
        Reserve for a MAC
      </Button>
      <Button onClick={() => void records.create('ip-range', { range: address, role: 'reserved' })}>
        Keep it free
      </Button>
    </div>
  );
}

function Use({ use }: { readonly use: AddressUse }) {
  if (use.type === 'gateway') {
    return (
      <p className={classes.use}>
        Gateway of{' '}
        <span className="rh-mono">
          <PrefixLink prefix={use.prefix} />
        </span>
      </p>
    );
  }
  if (use.type === 'reservation') {
    return (
      <UseBox record="dhcp-reservation" id={use.id} name="reservation">
        <span>
          DHCP reservation for <bdi>{use.hostname ?? use.deviceName ?? 'a machine'}</bdi>
        </span>
        <span className="rh-mono">{use.mac}</span>
      </UseBox>
    );
  }
  return (
    <UseBox record="address" id={use.id} name="address">
      {use.deviceId !== null && use.deviceName !== null ? (
        <span>
          <DeviceLink id={use.deviceId} name={use.deviceName} />{' '}
          <bdi className="rh-mono">{use.interfaceName}</bdi>
        </span>
      ) : (
        <span>Virtual{use.sharing === null ? '' : `, by ${use.sharing}`}</span>
      )}
      {use.dnsName !== null && <bdi>{use.dnsName}</bdi>}
    </UseBox>
  );
}

interface UseBoxProps {
  readonly record: 'address' | 'dhcp-reservation' | 'address-holder';
  readonly id: string;
  readonly name: string;
  readonly children: ReactNode;
}

function UseBox({ record, id, name, children }: UseBoxProps) {
  const { dialogs } = useApp();
  const ids = [id];
  return (
    <div className={classes.use}>
      <div className={classes.takenText}>{children}</div>
      <IconButton
        label={`Edit the ${name}`}
        icon={IconPencil}
        onClick={() => dialogs.setState({ kind: 'edit-records', record, ids }, true)}
      />
      <IconButton
        label={`Delete the ${name}`}
        icon={IconTrash}
        onClick={() => dialogs.setState({ kind: 'delete-records', record, ids }, true)}
      />
    </div>
  );
}

/** Who may hold a virtual address, and with which priority. */
function Holders({ id }: { readonly id: string }) {
  const { records, dialogs } = useApp();
  const state = useResource(records.related({ kind: 'address-holder', field: 'address', id }, 0));
  if (state.status !== 'ready') return null;
  const { rows, total } = state.data;
  return (
    <div className={classes.holders}>
      <span className={classes.note}>
        {rows.length === 0 ? 'Nobody is named who may hold it.' : 'May be held by'}
      </span>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <bdi>{row.names.interface}</bdi>
            {row.values.priority === null ? '' : `, priority ${row.values.priority}`}
            <IconButton
              label={`Take ${row.names.interface ?? 'it'} off`}
              icon={IconTrash}
              onClick={() =>
                void records.remove('address-holder', [row.id], row.names.interface ?? 'a holder')
              }
            />
          </li>
        ))}
        {total > rows.length && <li>and {total - rows.length} more</li>}
      </ul>
      <Button
        onClick={() =>
          dialogs.setState(
            { kind: 'add-record', record: 'address-holder', values: { address: id } },
            true,
          )
        }
      >
        Add a holder
      </Button>
    </div>
  );
}
