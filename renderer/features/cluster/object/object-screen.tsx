import { Tabs } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';
import { usePageActions } from '../../../app/actions/use-page-actions.ts';
import { useApp } from '../../../app/app-context.ts';
import { ListCrumb } from '../../../app/list-crumb.tsx';
import { formatRoute } from '../../../app/routes.ts';
import { Button } from '../../../ui/button.tsx';
import { Crumbs } from '../../../ui/crumbs.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Callout, ErrorState } from '../../../ui/error-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ActBar } from '../acting/act-bar.tsx';
import { actsOn, type ObjectAct } from '../acting/object-acts.ts';
import { objectRoute } from '../cluster-links.tsx';
import { ClusterStatusBadge } from '../cluster-status.tsx';
import type { ListedKind } from '../cluster-store.ts';
import type { SavedContext } from '../contexts/contexts-store.ts';
import { allOfIt, formatClusterQuery } from '../table/cluster-query.ts';
import { StaleNote } from '../table/standing-view.tsx';
import classes from './object.module.css';
import { tabsOf } from './object-tabs.ts';

interface ObjectScreenProps {
  readonly context: SavedContext;
  readonly kind: ListedKind;
  readonly object: { readonly namespace: string | null; readonly name: string };
  readonly tab: string | null;
}

/** One object of a cluster: how it stands and why, what it belongs to, and what became of it. */
export function ObjectScreen({ context, kind, object, tab }: ObjectScreenProps) {
  const { cluster } = useApp();
  const { namespace, name } = object;
  const contextId = context.id;
  useEffect(
    () => cluster.object.open({ contextId, kind: kind.id, namespace, name }),
    [cluster, contextId, kind.id, namespace, name],
  );
  const { page, failure } = useStore(cluster.object.store);
  const acts = useActs(contextId, kind, page);
  const list = <ListCrumb screen={`cluster/${contextId}/${kind.id}`}>{kind.title}</ListCrumb>;
  return (
    <>
      <PageHeader
        takesFocus
        windowTitle={name}
        title={
          <Crumbs
            above={[
              { id: 'kind', link: list },
              ...(namespace === null
                ? []
                : [
                    {
                      id: 'namespace',
                      link: (
                        <NamespaceCrumb context={contextId} kind={kind.id} namespace={namespace} />
                      ),
                    },
                  ]),
            ]}
            here={name}
          />
        }
        note={page !== null && <ClusterStatusBadge status={page.row.status} />}
        actions={<ActBar acts={acts} of={isolated(name)} />}
      />
      {failure?.code === 'NOT_FOUND' && <NotThere context={contextId} kind={kind} name={name} />}
      {failure !== null && failure.code !== 'NOT_FOUND' && (
        <ErrorState error={failure} onRetry={cluster.object.again} />
      )}
      {failure === null && page === null && (
        <Skeleton label={`Reading the ${kind.one}`} lines={10} />
      )}
      {failure === null && page !== null && (
        <LoadedObject context={contextId} page={page} tab={tab} />
      )}
    </>
  );
}

const noActs: readonly ObjectAct[] = [];

/** What can be done with it; nothing while nobody knows how it stands. */
function useActs(contextId: string, kind: ListedKind, page: ObjectPage | null) {
  const { router, dialogs, cluster } = useApp();
  const { id, title } = kind;
  const acts = useMemo(() => {
    if (page === null || page.gone || page.standing.state !== 'live') return noActs;
    const { row, containers } = page;
    const rows = [{ ...row, containers }];
    return actsOn({ router, dialogs, cluster }, { contextId, kind: id, title, rows });
  }, [router, dialogs, cluster, contextId, id, title, page]);
  usePageActions(acts);
  return acts;
}

interface NamespaceCrumbProps {
  readonly context: string;
  readonly kind: string;
  readonly namespace: string;
}

/** To those of the same kind beside it. */
function NamespaceCrumb({ context, kind, namespace }: NamespaceCrumbProps) {
  const query = formatClusterQuery({ ...allOfIt, namespaces: [namespace] });
  return (
    <a href={formatRoute({ screen: 'cluster', context, kind, query })}>
      <bdi>{namespace}</bdi>
    </a>
  );
}

interface NotThereProps {
  readonly context: string;
  readonly kind: ListedKind;
  readonly name: string;
}

function NotThere({ context, kind, name }: NotThereProps) {
  const { router } = useApp();
  return (
    <EmptyState
      icon={IconStack2}
      title={`There is no ${isolated(kind.one)} called ${isolated(name)}`}
      actions={
        <Button onClick={() => router.up(`cluster/${context}/${kind.id}`)}>
          {`All ${kind.title.toLowerCase()}`}
        </Button>
      }
    >
      It may have been deleted, or made anew under another name.
    </EmptyState>
  );
}

interface LoadedProps {
  readonly context: string;
  readonly page: ObjectPage;
  readonly tab: string | null;
}

function LoadedObject({ context, page, tab }: LoadedProps) {
  const { router } = useApp();
  const { kind, row, standing, gone } = page;
  const tabs = tabsOf(kind);
  const shown = tabs.find(({ id }) => id === tab) ?? tabs[0];
  const old = gone || standing.state === 'stale';
  return (
    <div className={classes.page}>
      {gone && (
        <div className={classes.note}>
          <Callout tone="warn" title="It was deleted; this is how it stood last." />
        </div>
      )}
      {!gone && standing.state === 'stale' && <StaleNote standing={standing} />}
      <Tabs
        value={shown?.id ?? null}
        keepMounted={false}
        className={classes.tabsFrame}
        onChange={(next) => {
          const route = objectRoute({ context, kind, namespace: row.namespace, name: row.name });
          router.replace(next === null || next === tabs[0]?.id ? route : { ...route, tab: next });
        }}
      >
        <Tabs.List className={classes.tabs} aria-label={`Parts of the ${page.one}`}>
          {tabs.map(({ id, label, count }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
              <TabCount count={count?.(page) ?? null} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ id, panel: Panel }) => (
          <Tabs.Panel
            key={id}
            value={id}
            className={old ? `${classes.panel} ${classes.old}` : classes.panel}
          >
            <Panel context={context} page={page} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

function TabCount({ count }: { readonly count: number | null }) {
  if (count === null || count === 0) return null;
  return <span className={classes.tabCount}>{count.toLocaleString('en')}</span>;
}
