import { IconTopologyStar3 } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ToggleChip } from '../../../ui/filter-menu.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { PageHeader, Toolbar } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ServiceDrawing } from './service-drawing.tsx';
import classes from './service-graph.module.css';

/** What services need of each other, drawn; `around` narrows it to one and what hangs on it. */
export function ServiceGraphScreen({ around }: { readonly around: string | null }) {
  const { serviceGraph, layout, router } = useApp();
  const resource = serviceGraph.around(around);
  const state = useResource(resource);
  const inspected = useStore(layout.store, (now) => now.inspected);
  const selected = inspected.kind === 'service' ? inspected.id : null;
  useEffect(() => {
    if (around === null) layout.inspect({ kind: 'none' });
    else layout.inspect({ kind: 'service', id: around });
  }, [layout, around]);
  const show = (id: string | null) =>
    router.go({ screen: 'services', view: 'graph', ...(id !== null && { id }) });
  const graph = state.status === 'ready' ? state.data.graph : null;
  const middle = graph?.nodes.find(({ id }) => id === around);
  return (
    <>
      <PageHeader
        title="What needs what"
        note={graph && formatCount(graph.nodes.length, 'service')}
      />
      {graph !== null && graph.nodes.length > 0 && (
        <Toolbar label="What is drawn">
          {middle && (
            <ToggleChip
              on
              onChange={() => show(null)}
            >{`Around ${isolated(middle.name)}`}</ToggleChip>
          )}
          {selected !== null && selected !== around && (
            <Button onClick={() => show(selected)}>Only what hangs on it</Button>
          )}
          <span className={classes.legend}>
            What needs stands at the left, what it needs at the right.
            {graph.more > 0 &&
              ` ${formatCount(graph.more, 'service')} left out: select one to draw what hangs on it.`}
          </span>
        </Toolbar>
      )}
      {state.status === 'loading' && <Skeleton label="Reading the services" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {graph?.nodes.length === 0 && (
        <EmptyState icon={IconTopologyStar3} title="No services yet">
          Once there are services that need each other, this shows how they hang together.
        </EmptyState>
      )}
      {state.status === 'ready' && graph !== null && graph.nodes.length > 0 && (
        <ServiceDrawing
          laid={state.data}
          selected={selected}
          onSelect={(id) => layout.inspect({ kind: 'service', id })}
        />
      )}
    </>
  );
}
