import { SegmentedControl } from '@mantine/core';
import {
  IconArrowsSplit2,
  IconListDetails,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AddressMap } from '../../../shared/model/networks.ts';
import { useApp } from '../../app/app-context.ts';
import { formatRoute, routeOfThing } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { type Crumb, Crumbs } from '../../ui/crumbs.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { MoreMenu, MoreMenuItem } from '../../ui/more-menu.tsx';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AddressList } from './address-list.tsx';
import classes from './address-map.module.css';
import { AddressMapView } from './address-map-view.tsx';
import { MapHead } from './map-head.tsx';

/** The addresses of one prefix, of the inventory or a part of one: as a map, or as a list. */
export function AddressMapScreen({ prefix }: { readonly prefix: string }) {
  const { networks, layout } = useApp();
  const resource = networks.map(prefix);
  const state = useResource(resource);
  const [form, setForm] = useState<'map' | 'list'>('map');
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  const map = state.status === 'ready' ? state.data : null;
  return (
    <>
      <PageHeader
        takesFocus
        windowTitle={prefix}
        title={<Crumbs above={crumbsOf(map?.around ?? [])} here={prefix} mono />}
        actions={
          <>
            <SegmentedControl
              aria-label="Show as"
              value={form}
              data={[
                { value: 'map', label: 'Map' },
                { value: 'list', label: 'List' },
              ]}
              onChange={(next) => setForm(next === 'list' ? 'list' : 'map')}
            />
            {map?.declared && <PrefixMenu id={map.declared.id} prefix={prefix} />}
          </>
        }
      />
      {state.status === 'loading' && <Skeleton label="Reading the addresses" lines={10} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {map !== null && (
        <PageBody>
          <div className={classes.page}>
            <MapHead map={map} />
            {form === 'map' ? <AddressMapView map={map} /> : <AddressList map={map} />}
          </div>
        </PageBody>
      )}
    </>
  );
}

/** So many stand above without pushing the last one out of the window. */
const crumbsShown = 3;

function crumbsOf(around: AddressMap['around']): readonly Crumb[] {
  const tree = formatRoute({ screen: 'networks', view: 'prefixes' });
  return [
    { id: 'tree', link: <a href={tree}>Prefixes</a> },
    ...around.slice(-crumbsShown).map(({ id, prefix }) => ({
      id,
      link: (
        <a
          className="rh-mono"
          href={formatRoute({ screen: 'networks', view: 'prefixes', thing: prefix })}
        >
          {prefix}
        </a>
      ),
    })),
  ];
}

function PrefixMenu({ id, prefix }: { readonly id: string; readonly prefix: string }) {
  const { dialogs, router } = useApp();
  return (
    <MoreMenu label="More actions">
      <MoreMenuItem icon={IconListDetails} onClick={() => router.go(routeOfThing('prefix', id))}>
        Notes and all that refers to it
      </MoreMenuItem>
      <MoreMenuItem
        icon={IconPencil}
        onClick={() =>
          dialogs.setState({ kind: 'edit-records', record: 'prefix', ids: [id] }, true)
        }
      >
        Edit the prefix
      </MoreMenuItem>
      <MoreMenuItem
        icon={IconPlus}
        onClick={() =>
          dialogs.setState({ kind: 'take-prefix', within: prefix, from: null, widest: null }, true)
        }
      >
        Add a prefix in it
      </MoreMenuItem>
      <MoreMenuItem
        icon={IconArrowsSplit2}
        onClick={() => dialogs.setState({ kind: 'split-prefix', id, prefix }, true)}
      >
        Split
      </MoreMenuItem>
      <MoreMenuItem
        icon={IconTrash}
        onClick={() =>
          dialogs.setState({ kind: 'delete-records', record: 'prefix', ids: [id] }, true)
        }
      >
        Delete the prefix
      </MoreMenuItem>
    </MoreMenu>
  );
}
