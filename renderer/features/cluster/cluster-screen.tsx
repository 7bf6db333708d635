import {
  IconHexagons,
  IconMapOff,
  IconPlugConnected,
  IconSwitchHorizontal,
} from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import type { Action } from '../../app/actions/registry.ts';
import { usePageActions } from '../../app/actions/use-page-actions.ts';
import { useApp } from '../../app/app-context.ts';
import type { Router } from '../../app/router.ts';
import { type ClusterRoute, parseRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ClusterFrame } from './cluster-frame.tsx';
import type { SavedContext } from './contexts/contexts-store.ts';
import { NoContexts } from './contexts/no-contexts.tsx';
import { DriftScreen } from './drift/drift-screen.tsx';
import { firstKind } from './kind-groups.ts';
import { ObjectScreen } from './object/object-screen.tsx';
import { ConnectionsScreen } from './pods/ports/connections-screen.tsx';
import { QuestionsScreen } from './questions/questions-screen.tsx';
import { ListScreen } from './table/list-screen.tsx';
import { UpkeepScreen } from './upkeep/upkeep-screen.tsx';

/** A cluster as it is: what is in it by kind, and each thing with what became of it and why. */
export function ClusterScreen({ route }: { readonly route: ClusterRoute }) {
  const { cluster, router } = useApp();
  const { list, last } = cluster.contexts;
  const state = useResource(list);
  const contexts = state.status === 'ready' ? state.data : null;
  // An address that names nothing leads to what was looked at last.
  const usual = contexts?.find(({ id }) => id === last()) ?? contexts?.[0];
  const { context = usual?.id, kind } = route;
  useEffect(() => {
    if (context === undefined || (route.context !== undefined && kind !== undefined)) return;
    router.replace({ screen: 'cluster', context, kind: kind ?? firstKind });
  }, [router, route.context, context, kind]);

  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void list.reload()} />;
  }
  if (contexts === null) {
    return (
      <>
        <PageHeader title="Cluster" />
        <Skeleton label="Reading how clusters are reached" lines={10} />
      </>
    );
  }
  if (contexts.length === 0) return <NoContexts />;
  const found = contexts.find(({ id }) => id === context);
  if (found === undefined) return <NotThere />;
  if (kind === undefined || route.context === undefined) return null;
  return (
    <OneCluster key={found.id} context={found} contexts={contexts} route={route} kind={kind} />
  );
}

function NotThere() {
  const { router } = useApp();
  return (
    <EmptyState
      icon={IconHexagons}
      title="This way to a cluster is not kept"
      actions={
        <Button onClick={() => router.go({ screen: 'cluster-contexts' })}>All contexts</Button>
      }
    >
      It may have been forgotten. The cluster itself is untouched.
    </EmptyState>
  );
}

interface OneClusterProps {
  readonly context: SavedContext;
  readonly contexts: readonly SavedContext[];
  readonly route: ClusterRoute;
  readonly kind: string;
}

function OneCluster({ context, contexts, route, kind }: OneClusterProps) {
  const { cluster, router } = useApp();
  const { id } = context;
  useEffect(() => cluster.contexts.keepLast(id), [cluster, id]);
  usePageActions(useMemo(() => switchActions(router, contexts, id), [router, contexts, id]));
  const resource = cluster.kinds(id);
  const state = useResource(resource);
  const kinds = state.status === 'ready' ? state.data : [];
  // No kind of a cluster: what is told of it beside the inventory, and what stands between.
  const beside = ['drift', 'questions', 'connections', 'upkeep'].includes(kind);
  const shown = kinds.find((each) => each.id === kind);
  // Of an object: the query that its list was left with.
  const list = parseRoute(router.listAddress(`cluster/${id}/${kind}`));
  const query = route.query ?? (list.screen === 'cluster' ? list.query : undefined) ?? '';
  return (
    <ClusterFrame context={context} contexts={contexts} kinds={kinds} kind={kind} query={query}>
      {kind === 'drift' && <DriftScreen context={id} query={route.query ?? ''} />}
      {kind === 'connections' && <ConnectionsScreen />}
      {kind === 'questions' && <QuestionsScreen context={id} />}
      {kind === 'upkeep' && <UpkeepScreen context={id} />}
      {!beside && state.status === 'loading' && (
        <>
          <PageHeader title="Cluster" />
          <Skeleton label="Reading what the cluster has" lines={10} />
        </>
      )}
      {!beside && state.status === 'failed' && (
        <>
          <PageHeader title={context.cluster.name} />
          <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
        </>
      )}
      {!beside && state.status === 'ready' && shown === undefined && <NoKind kind={kind} />}
      {shown !== undefined && route.object === undefined && (
        <ListScreen key={kind} context={id} kind={shown} query={route.query ?? ''} />
      )}
      {shown !== undefined && route.object !== undefined && (
        <ObjectScreen
          key={`${kind} ${route.object.namespace} ${route.object.name}`}
          context={context}
          kind={shown}
          object={route.object}
          tab={route.tab ?? null}
        />
      )}
    </ClusterFrame>
  );
}

function NoKind({ kind }: { readonly kind: string }) {
  return (
    <EmptyState icon={IconMapOff} title={`This cluster has no ${isolated(kind)}`}>
      Its API does not know this kind. Choose another in the list at the left.
    </EmptyState>
  );
}

/** What the palette offers while a cluster is shown. */
function switchActions(
  router: Router,
  contexts: readonly SavedContext[],
  current: string,
): readonly Action[] {
  const others = contexts.filter(({ id }) => id !== current).slice(0, 50);
  return [
    ...others.map(
      ({ id, name, cluster }): Action => ({
        id: `switch-context-${id}`,
        title: `Switch context: ${isolated(cluster.name)}, ${isolated(name)}`,
        group: 'This page',
        icon: IconSwitchHorizontal,
        keywords: ['cluster', 'kubernetes'],
        run: () => router.go({ screen: 'cluster', context: id }),
      }),
    ),
    {
      id: 'switch-context',
      title: 'Switch context',
      group: 'This page',
      icon: IconPlugConnected,
      keywords: ['cluster', 'kubernetes', 'kubeconfig'],
      run: () => router.go({ screen: 'cluster-contexts' }),
    },
  ];
}
