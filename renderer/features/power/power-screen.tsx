import { IconBolt, IconPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { PowerOverview } from '../../../shared/contract/power.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PowerSummary } from './power-summary.tsx';
import { PowerTree } from './power-tree.tsx';
import { wattsText } from './power-words.ts';
import { Undocumented } from './undocumented.tsx';

/** Power from the breakers down to the supplies, and what it carries. */
export function PowerScreen({ thing }: { readonly thing: string | null }) {
  const { power, layout } = useApp();
  const state = useResource(power.overview);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  const ready = state.status === 'ready' ? state.data : null;
  return (
    <>
      <PageHeader
        title="Power"
        note={ready !== null && !ready.empty ? `${wattsText(ready.load)} drawn` : null}
        actions={ready !== null && !ready.empty && <AddButtons />}
      />
      {state.status === 'loading' && <Skeleton label="Reckoning the loads" lines={10} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void power.overview.reload()} />
      )}
      {ready !== null && <Ready overview={ready} thing={thing} />}
    </>
  );
}

function Ready({
  overview,
  thing,
}: {
  readonly overview: PowerOverview;
  readonly thing: string | null;
}) {
  if (thing === 'undocumented') return <Undocumented />;
  if (overview.empty) return <NothingYet />;
  return (
    <>
      <PowerSummary overview={overview} />
      <PowerTree />
    </>
  );
}

function AddButtons() {
  const { dialogs } = useApp();
  return (
    <>
      <Button onClick={() => dialogs.setState({ kind: 'add-breaker' }, true)}>Add breaker</Button>
      <Button
        tone="primary"
        icon={IconPlus}
        onClick={() => dialogs.setState({ kind: 'add-power-unit' }, true)}
      >
        Add UPS or PDU
      </Button>
    </>
  );
}

function NothingYet() {
  return (
    <EmptyState icon={IconBolt} title="No power is documented yet" actions={<AddButtons />}>
      Begin at the top with the breaker, or with the UPS or PDU that your devices are plugged into.
      Loads, both feeds and run times then follow from what the devices draw.
    </EmptyState>
  );
}
