import { Tabs } from '@mantine/core';
import { IconBox } from '@tabler/icons-react';
import { type ComponentType, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ContainerPage } from '../../../../shared/containers/container-page.ts';
import type { SavedEngine } from '../../../../shared/containers/engine.ts';
import { usePageActions } from '../../../app/actions/use-page-actions.ts';
import { useApp } from '../../../app/app-context.ts';
import { ListCrumb } from '../../../app/list-crumb.tsx';
import { Button } from '../../../ui/button.tsx';
import { Crumbs } from '../../../ui/crumbs.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextView } from '../../../ui/text-view.tsx';
import { ClusterStatusBadge } from '../../cluster/cluster-status.tsx';
import classes from '../../cluster/object/object.module.css';
import { LogPanel } from '../../cluster/pods/logs/log-panel.tsx';
import { ContainerActBar } from './container-act-bar.tsx';
import { containerActs } from './container-acts.ts';
import type { ContainerTabProps } from './container-tab-props.ts';
import { OverviewTab } from './overview-tab.tsx';
import { StatsTab } from './stats-tab.tsx';

interface ContainerScreenProps {
  readonly engine: SavedEngine;
  readonly id: string;
  readonly tab: string | null;
}

/** One container: how it stands and why, what it says, what it takes, what it is made of. */
export function ContainerScreen({ engine, id, tab }: ContainerScreenProps) {
  const { containers, router } = useApp();
  const engineId = engine.id;
  useEffect(() => containers.page.open({ engineId, container: id }), [containers, engineId, id]);
  const { page, failure } = useStore(containers.page.store);
  const rows = useMemo(() => (page === null ? [] : [page.row]), [page]);
  const acts = useMemo(
    () => containerActs({ containers, engineId, rows }),
    [containers, engineId, rows],
  );
  usePageActions(acts);
  const name = page?.row.name ?? id.slice(0, 12);
  const list = `containers/${engineId}/containers` as const;
  return (
    <>
      <PageHeader
        takesFocus
        windowTitle={name}
        title={
          <Crumbs
            above={[{ id: 'kind', link: <ListCrumb screen={list}>Containers</ListCrumb> }]}
            here={name}
          />
        }
        note={page !== null && <ClusterStatusBadge status={page.row.status} />}
        actions={
          <ContainerActBar {...{ acts, engineId, rows }} onDeleted={() => router.up(list)} />
        }
      />
      {failure?.code === 'NOT_FOUND' || failure?.code === 'DOCKER_NOT_FOUND' ? (
        <EmptyState
          icon={IconBox}
          title="This container is not there"
          actions={<Button onClick={() => router.up(list)}>All containers</Button>}
        >
          It may have been deleted, or made anew under another id.
        </EmptyState>
      ) : (
        failure !== null && <ErrorState error={failure} onRetry={containers.page.again} />
      )}
      {failure === null && page === null && <Skeleton label="Reading the container" lines={10} />}
      {failure === null && page !== null && <Loaded engineId={engineId} page={page} tab={tab} />}
    </>
  );
}

interface Tab {
  readonly id: string;
  readonly label: string;
  readonly panel: ComponentType<ContainerTabProps>;
}

/** The parts of the page, in their order; the first opens with it. */
const tabs: readonly Tab[] = [
  { id: 'overview', label: 'Overview', panel: OverviewTab },
  { id: 'logs', label: 'Logs', panel: LogsTab },
  { id: 'stats', label: 'Statistics', panel: StatsTab },
  { id: 'inspect', label: 'Inspect', panel: InspectTab },
];

interface LoadedProps {
  readonly engineId: string;
  readonly page: ContainerPage;
  readonly tab: string | null;
}

function Loaded({ engineId, page, tab }: LoadedProps) {
  const { router } = useApp();
  const shown = tabs.find(({ id }) => id === tab) ?? tabs[0];
  return (
    <div className={classes.page}>
      <Tabs
        value={shown?.id ?? null}
        keepMounted={false}
        className={classes.tabsFrame}
        onChange={(next) =>
          router.replace({
            ...{ screen: 'containers', engine: engineId, kind: 'containers', id: page.row.key },
            ...(next !== null && next !== tabs[0]?.id && { tab: next }),
          })
        }
      >
        <Tabs.List className={classes.tabs} aria-label="Parts of the container">
          {tabs.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ id, panel: Panel }) => (
          <Tabs.Panel key={id} value={id} className={classes.panel}>
            <Panel engineId={engineId} page={page} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

function LogsTab({ engineId, page }: ContainerTabProps) {
  const { logs } = useApp().containers;
  const { key, name } = page.row;
  const of = useMemo(
    () => ({ contextId: engineId, kind: 'containers', namespace: null, name: key }),
    [engineId, key],
  );
  return (
    <LogPanel
      {...{ logs, of, name }}
      label={`Log of the container ${name}`}
      none="It has no log"
      hasPrevious={false}
    />
  );
}

function InspectTab({ page }: ContainerTabProps) {
  return <TextView label={`What the engine says of ${page.row.name}`} text={page.inspect} />;
}
