import { Menu, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Summary } from '../../features/inventory/inventory-store.ts';
import { wantsPerson } from '../../features/jobs/job-words.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { ActionItem } from '../actions/action-item.tsx';
import { addRecordId } from '../actions/add-actions.ts';
import { useApp } from '../app-context.ts';
import { type AreaName, areaOf, kindsOf } from '../areas.ts';
import { formatRoute, type Route } from '../routes.ts';
import classes from './rail.module.css';

interface Place {
  readonly action: string;
  readonly route: Route;
  readonly count?: (summary: Summary) => number;
}

const places: readonly Place[] = [
  { action: 'go-overview', route: { screen: 'overview' } },
  { action: 'go-racks', route: { screen: 'racks' }, count: (s) => s.racks },
  { action: 'go-devices', route: { screen: 'devices', query: '' }, count: (s) => s.devices },
  { action: 'go-networks', route: { screen: 'networks' }, count: (s) => s.vlans },
  { action: 'go-services', route: { screen: 'services' }, count: (s) => s.services },
  { action: 'go-storage', route: { screen: 'storage' } },
  { action: 'go-cluster', route: { screen: 'cluster' } },
  { action: 'go-containers', route: { screen: 'containers' } },
];

/** Where it is said how a place is reached, in which one is all the same. */
const settings: Readonly<Partial<Record<Route['screen'], Route['screen']>>> = {
  'cluster-contexts': 'cluster',
  engines: 'containers',
};

/** Left side of the window: where one can go. */
export function Rail() {
  const { router, inventory } = useApp();
  const route = useStore(router.store);
  const summary = useResource(inventory.summary);
  const counts = summary.status === 'ready' ? summary.data : null;
  const current = settings[route.screen] ?? areaOf(route) ?? route.screen;

  return (
    <nav className={classes.rail} aria-label="Places">
      <AddMenu area={areaOf(route)} />
      <ul className={classes.list}>
        {places.map((place) => (
          <li key={place.action}>
            <RailLink
              action={place.action}
              href={formatRoute(place.route)}
              current={current === place.route.screen}
            >
              {counts !== null && place.count !== undefined && place.count(counts) > 0 && (
                <span className={classes.count}>{place.count(counts).toLocaleString('en')}</span>
              )}
            </RailLink>
          </li>
        ))}
      </ul>
      <ul className={classes.bottom}>
        <li>
          <RailLink action="go-findings" href="#/findings" current={current === 'findings'}>
            <FindingCount />
          </RailLink>
        </li>
        <li>
          <RailLink
            action="go-jobs"
            href="#/jobs"
            current={current === 'jobs' || current === 'job'}
          >
            <WantingCount />
          </RailLink>
        </li>
        <li>
          <RailLink action="go-history" href="#/history" current={current === 'history'} />
        </li>
        <li>
          <RailButton action="settings" />
        </li>
      </ul>
    </nav>
  );
}

function AddMenu({ area }: { readonly area: AreaName | null }) {
  // What the area is made of; devices and racks stand above already.
  const here = kindsOf(area).filter((kind) => kind !== 'rack');
  return (
    <Menu position="bottom-start" width={270}>
      <Menu.Target>
        <button type="button" className={classes.add} aria-label="Add">
          <IconPlus aria-hidden className={classes.icon} />
          <span className={classes.text}>Add</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {['onboard', 'add-machine', 'add-device', 'quick-entry', 'paste-table', 'add-rack'].map(
          (id) => (
            <ActionItem key={id} id={id} />
          ),
        )}
        {here.length > 0 && <Menu.Divider />}
        {here.map((kind) => (
          <ActionItem key={kind} id={addRecordId(kind)} />
        ))}
        <Menu.Divider />
        <ActionItem id="open-sample" />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Of jobs that cannot go on without a person. */
function WantingCount() {
  const wanting = useStore(useApp().jobs.recent, ({ list }) => list.filter(wantsPerson).length);
  if (wanting === 0) return null;
  return (
    <span className={classes.count}>
      {wanting.toLocaleString('en')}
      <span className="rh-hidden"> wait for you</span>
    </span>
  );
}

/** Of what is no mere note. */
function FindingCount() {
  const summary = useResource(useApp().lint.summary);
  if (summary.status !== 'ready') return null;
  const { error, warning } = summary.data.counts;
  if (error + warning === 0) return null;
  return <span className={classes.count}>{(error + warning).toLocaleString('en')}</span>;
}

interface RailLinkProps {
  readonly action: string;
  readonly href: string;
  readonly current: boolean;
  readonly children?: ReactNode;
}

function RailLink({ action: id, href, current, children }: RailLinkProps) {
  const { actions } = useApp();
  const action = actions.get(id);
  const IconShape = action.icon;
  return (
    <Tooltip label={<Tip id={id} />} position="right" openDelay={600}>
      <a href={href} className={classes.item} aria-current={current ? 'page' : undefined}>
        <IconShape aria-hidden className={classes.icon} />
        <span className={classes.text}>{action.title}</span>
        {children}
      </a>
    </Tooltip>
  );
}

function RailButton({ action: id }: { readonly action: string }) {
  const { actions } = useApp();
  const action = actions.get(id);
  const IconShape = action.icon;
  return (
    <Tooltip label={<Tip id={id} />} position="right" openDelay={600}>
      <button type="button" className={classes.item} onClick={() => actions.run(id)}>
        <IconShape aria-hidden className={classes.icon} />
        <span className={classes.text}>{action.title}</span>
      </button>
    </Tooltip>
  );
}

function Tip({ id }: { readonly id: string }) {
  const action = useApp().actions.get(id);
  return (
    <span className={classes.tip}>
      {action.title}
      {action.shortcut && <KeyHint keys={action.shortcut} inverted />}
    </span>
  );
}
