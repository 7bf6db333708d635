import { Fragment, type ReactNode } from 'react';
import type { KindName } from '../../../shared/model/kinds/index.ts';
import { formatRoute, type Route, routeOfThing } from '../../app/routes.ts';
import { formatFilter, noFilter } from '../devices/device-filter.ts';
import classes from './thing-links.module.css';

/** Several links in one line, commas between them. */
export function LinkList({ children }: { readonly children: readonly ReactNode[] }) {
  return (
    <span className={classes.list}>
      {children.map((child, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the links have their own keys inside
        <Fragment key={index}>
          {index > 0 && ', '}
          {child}
        </Fragment>
      ))}
    </span>
  );
}

interface NamedThing {
  readonly id: string;
  readonly name: string;
}

function ThingLink({ route, name }: { readonly route: Route; readonly name: string }) {
  return (
    <a
      className={classes.link}
      href={formatRoute(route)}
      // In a table the row has clicks of its own.
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <bdi>{name}</bdi>
    </a>
  );
}

/** To the page of one thing, whatever its kind. */
export function RecordLink({ kind, id, name }: NamedThing & { readonly kind: KindName }) {
  return <ThingLink route={routeOfThing(kind, id)} name={name} />;
}

export function DeviceLink({ id, name }: NamedThing) {
  return <ThingLink route={{ screen: 'device', id, tab: 'details' }} name={name} />;
}

/** To the devices in it. */
export function RackLink({ id, name }: NamedThing) {
  const query = formatFilter({ ...noFilter, rackId: id });
  return <ThingLink route={{ screen: 'devices', query }} name={name} />;
}

/** To the devices that carry it. */
export function TagLink({ name }: { readonly name: string }) {
  const query = formatFilter({ ...noFilter, tag: name });
  return <ThingLink route={{ screen: 'devices', query }} name={name} />;
}

export function ServiceLink({ id, name }: NamedThing) {
  return <ThingLink route={{ screen: 'services', id }} name={name} />;
}

export function VlanLink({ number, name }: { readonly number: number; readonly name: string }) {
  return (
    <ThingLink route={{ screen: 'networks', view: 'vlans', thing: String(number) }} name={name} />
  );
}

export function PrefixLink({ prefix }: { readonly prefix: string }) {
  return (
    <ThingLink route={{ screen: 'networks', view: 'prefixes', thing: prefix }} name={prefix} />
  );
}
