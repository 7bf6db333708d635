import { IconRefresh, IconTruckDelivery } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout, ErrorState, type ErrorText } from '../../../ui/error-state.tsx';
import { PlanPreview } from '../../../ui/plan-preview/plan-preview.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import type { ObjectTabProps } from '../object/object-tab-props.ts';
import classes from './drain.module.css';
import { DrainChoices } from './drain-choices.tsx';
import { DrainFindings } from './drain-findings.tsx';
import { drainSummary } from './drain-words.ts';

/** What draining a node comes to: what stops it, what is lost, what has nowhere to go; then the job. */
export function DrainTab({ context, page: { row } }: ObjectTabProps) {
  const { drain } = useApp().cluster;
  const { preview, failure, looking } = useStore(drain.store);
  const { name } = row;
  useEffect(() => drain.open(context, name), [drain, context, name]);
  return (
    <div className={classes.scrolls}>
      <div className={classes.page}>
        <p className={classes.intro}>
          Nothing new is put on the node, and its pods are sent away one by one, as their budgets
          allow. What makes them starts them elsewhere, where there is room.
        </p>
        <DrainChoices />
        {failure !== null && <ErrorState error={failure} onRetry={drain.again} />}
        {failure === null && preview === null && (
          <Skeleton label="Looking at the pods of the node, and trying to evict them" lines={8} />
        )}
        {failure === null && preview !== null && (
          <section aria-busy={looking} aria-label="What it would come to" className={classes.parts}>
            <Begin name={name} />
            <DrainFindings context={context} preview={preview} />
            <PlanPreview lanes={preview.plan.lanes} />
          </section>
        )}
      </div>
    </div>
  );
}

/** In one sentence, and the button. */
function Begin({ name }: { readonly name: string }) {
  const { cluster, router } = useApp();
  const { drain } = cluster;
  const { preview, looking } = useStore(drain.store);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText | null>(null);
  if (preview === null) return null;

  async function run(): Promise<void> {
    setBusy(true);
    const outcome = await drain.run();
    setBusy(false);
    if (outcome === null) return;
    if (outcome.ok) return router.go({ screen: 'job', id: outcome.value.jobId });
    setFailure(outcome.failure);
    drain.again();
  }

  return (
    <>
      <div className={classes.begin}>
        <p className={classes.summary} role="status">
          {looking ? 'Looking again.' : drainSummary(preview)}
        </p>
        <span className={classes.buttons}>
          <Button icon={IconRefresh} busy={looking} onClick={drain.again}>
            Look again
          </Button>
          <Button
            icon={IconTruckDelivery}
            tone="primary"
            label={`Drain ${name}`}
            busy={busy}
            disabled={looking || preview.stopped}
            onClick={() => void run()}
          >
            Drain
          </Button>
        </span>
      </div>
      {failure !== null && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint} It was looked at again; below is how it stands now.
        </Callout>
      )}
    </>
  );
}
