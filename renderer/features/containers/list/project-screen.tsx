import { Tabs } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import type { SavedEngine } from '../../../../shared/containers/engine.ts';
import { kindColumns } from '../../../../shared/containers/kinds.ts';
import { useApp } from '../../../app/app-context.ts';
import { ListCrumb } from '../../../app/list-crumb.tsx';
import { Button } from '../../../ui/button.tsx';
import { Crumbs } from '../../../ui/crumbs.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from '../../cluster/object/object.module.css';
import { LogPanel } from '../../cluster/pods/logs/log-panel.tsx';
import { allOfIt } from '../../cluster/table/cluster-query.ts';
import { activeIndex, rowOf } from '../../cluster/table/live-table.ts';
import { StandingView } from '../../cluster/table/standing-view.tsx';
import { containerActs } from '../container/container-acts.ts';
import { engineColumns } from './engine-columns.tsx';

interface ProjectScreenProps {
  readonly engine: SavedEngine;
  readonly name: string;
  readonly tab: string | null;
}

const shownColumns: ReadonlySet<string> = new Set([
  'name',
  'status',
  'image',
  'ports',
  'service',
  'age',
]);

/** A compose project: its containers together, and one log of all of them. */
export function ProjectScreen({ engine, name, tab }: ProjectScreenProps) {
  const { containers, router } = useApp();
  const { table } = containers;
  const engineId = engine.id;
  useEffect(
    () =>
      table.show({
        ...{ contextId: engineId, kind: 'containers', ...allOfIt },
        where: [{ column: 'namespace', is: name }],
      }),
    [table, engineId, name],
  );
  const window = useStore(table.store, (state) => state.window);
  const rows = window?.rows ?? [];
  const acts = containerActs({ containers, engineId, rows });
  const list = `containers/${engineId}/projects` as const;
  return (
    <>
      <PageHeader
        takesFocus
        windowTitle={name}
        title={
          <Crumbs
            above={[{ id: 'kind', link: <ListCrumb screen={list}>Projects</ListCrumb> }]}
            here={name}
          />
        }
        actions={acts.map(({ id, title, short, icon, run }) => (
          <Button key={id} icon={icon} label={title} onClick={run}>
            {short}
          </Button>
        ))}
      />
      <div className={classes.page}>
        <Tabs
          value={tab ?? 'containers'}
          keepMounted={false}
          className={classes.tabsFrame}
          onChange={(next) =>
            router.replace({
              ...{ screen: 'containers', engine: engineId, kind: 'projects', id: name },
              ...(next !== null && next !== 'containers' && { tab: next }),
            })
          }
        >
          <Tabs.List className={classes.tabs} aria-label="Parts of the project">
            <Tabs.Tab value="containers">Containers</Tabs.Tab>
            <Tabs.Tab value="logs">Logs</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="containers" className={classes.panel}>
            <Members engineId={engineId} name={name} />
          </Tabs.Panel>
          <Tabs.Panel value="logs" className={classes.panel}>
            <ProjectLog engineId={engineId} name={name} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </>
  );
}

interface OfProject {
  readonly engineId: string;
  readonly name: string;
}

const keyOf = (row: ClusterRow) => row.key;
const nameOf = (row: ClusterRow) => row.name;

function Members({ engineId, name }: OfProject) {
  const { containers, router } = useApp();
  const { table } = containers;
  const state = useStore(table.store);
  const { window, failure } = state;
  const columns = useMemo(
    () =>
      engineColumns({ engineId, kind: 'containers', columns: kindColumns.containers }).filter(
        ({ id }) => shownColumns.has(id),
      ),
    [engineId],
  );
  if (failure !== null) return <ErrorState error={failure} onRetry={table.again} />;
  if (window === null) return <Skeleton label="Reading the project" lines={8} />;
  return (
    <StandingView
      standing={window.standing}
      who="The engine"
      what="containers"
      onRetry={table.again}
    >
      {window.total === 0 ? (
        <EmptyState icon={IconStack2} title={`No container is of ${isolated(name)}`}>
          The project may have been taken down. Its folder on the machine stays.
        </EmptyState>
      ) : (
        <DataTable
          label={`Containers of ${isolated(name)}`}
          columns={columns}
          count={window.total}
          rowAt={(index) => rowOf(state, index)}
          rowId={keyOf}
          rowName={nameOf}
          onRange={table.ensure}
          selection={{
            selected: new Set(state.picked.selected.keys()),
            follows: state.picked.follows,
            active: activeIndex(state),
            onPick: table.pick,
            onClear: table.clear,
          }}
          onOpen={({ key: id }) =>
            router.go({ screen: 'containers', engine: engineId, kind: 'containers', id })
          }
        />
      )}
    </StandingView>
  );
}

function ProjectLog({ engineId, name }: OfProject) {
  const { logs } = useApp().containers;
  const of = useMemo(
    () => ({ contextId: engineId, kind: 'projects', namespace: null, name }),
    [engineId, name],
  );
  return (
    <LogPanel
      {...{ logs, of, name }}
      label={`Log of the project ${name}`}
      none="It has no containers"
      hasPrevious={false}
    />
  );
}
