import { IconBox, IconMapOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { SavedEngine } from '../../../shared/containers/engine.ts';
import { engineKinds, type kindTitles } from '../../../shared/containers/kinds.ts';
import { useApp } from '../../app/app-context.ts';
import type { ContainersRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ContainerScreen } from './container/container-screen.tsx';
import { ContainersFrame } from './containers-frame.tsx';
import { DiskScreen } from './disk/disk-screen.tsx';
import { NoEngines } from './engines/no-engines.tsx';
import { EngineList } from './list/engine-list.tsx';
import { ProjectScreen } from './list/project-screen.tsx';

/** A container engine as it is: what runs there, what it is made of, and what takes its disk. */
export function ContainersScreen({ route }: { readonly route: ContainersRoute }) {
  const { containers, router } = useApp();
  const { list, last } = containers.engines;
  const state = useResource(list);
  const engines = state.status === 'ready' ? state.data : null;
  // An address that names nothing leads to what was looked at last.
  const usual = engines?.find(({ id }) => id === last()) ?? engines?.[0];
  const { engine = usual?.id, kind } = route;
  useEffect(() => {
    if (engine === undefined || (route.engine !== undefined && kind !== undefined)) return;
    router.replace({ screen: 'containers', engine, kind: kind ?? 'containers' });
  }, [router, route.engine, engine, kind]);
  if (state.status === 'failed')
    return <ErrorState error={state.failure} onRetry={() => void list.reload()} />;
  if (engines === null) {
    return (
      <>
        <PageHeader title="Containers" />
        <Skeleton label="Reading how engines are reached" lines={10} />
      </>
    );
  }
  if (engines.length === 0) return <NoEngines />;
  const found = engines.find(({ id }) => id === engine);
  if (found === undefined) return <NotThere />;
  if (kind === undefined || route.engine === undefined) return null;
  return <OneEngine key={found.id} engine={found} engines={engines} route={route} kind={kind} />;
}

function NotThere() {
  const { router } = useApp();
  return (
    <EmptyState
      icon={IconBox}
      title="This engine is not kept"
      actions={<Button onClick={() => router.go({ screen: 'engines' })}>All engines</Button>}
    >
      It may have been forgotten. The engine itself is untouched.
    </EmptyState>
  );
}

interface OneEngineProps {
  readonly engine: SavedEngine;
  readonly engines: readonly SavedEngine[];
  readonly route: ContainersRoute;
  readonly kind: string;
}

function OneEngine({ engine, engines, route, kind }: OneEngineProps) {
  const { containers } = useApp();
  const { id: engineId } = engine;
  useEffect(() => containers.engines.keepLast(engineId), [containers, engineId]);
  const listed = engineKinds.find((each) => each === kind);
  const { id, tab = null, query = '' } = route;
  return (
    <ContainersFrame engine={engine} engines={engines} kind={kind}>
      {kind === 'disk' && <DiskScreen engine={engine} />}
      {listed === 'containers' && id !== undefined && (
        <ContainerScreen key={id} engine={engine} id={id} tab={tab} />
      )}
      {listed === 'projects' && id !== undefined && (
        <ProjectScreen key={id} engine={engine} name={id} tab={tab} />
      )}
      {listed !== undefined && !(hasPage(listed) && id !== undefined) && (
        <EngineList key={listed} engine={engine} kind={listed} query={query} />
      )}
      {listed === undefined && kind !== 'disk' && (
        <EmptyState icon={IconMapOff} title={`An engine has no ${isolated(kind)}`}>
          Choose another in the list at the left.
        </EmptyState>
      )}
    </ContainersFrame>
  );
}

function hasPage(kind: keyof typeof kindTitles): boolean {
  return kind === 'containers' || kind === 'projects';
}
