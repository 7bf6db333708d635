import type { JobStep } from '../../../../shared/jobs/job.ts';
import type { Probed } from '../../../../shared/jobs/plan.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { EvidenceList } from '../../../ui/evidence/evidence-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from './job-page.module.css';

/** What the last look found when the step ran, and what was seen when it was planned. */
export function JobEvidence({ jobId, step }: { readonly jobId: string; readonly step: JobStep }) {
  const resource = useApp().jobs.evidence(jobId, step.id);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Reading the evidence" />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return <EvidenceParts ran={state.data.probed} planned={step.plan.probed} />;
}

interface EvidencePartsProps {
  /** Null: it did not run yet. */
  readonly ran: Probed | null;
  readonly planned: Probed;
}

export function EvidenceParts({ ran, planned }: EvidencePartsProps) {
  return (
    <>
      {ran && <Part title="When it was last looked at" probed={ran} />}
      <Part title="When it was planned" probed={planned} />
    </>
  );
}

function Part({ title, probed }: { readonly title: string; readonly probed: Probed }) {
  return (
    <section className={classes.evidencePart}>
      <h3>{title}</h3>
      <p className={classes.evidenceFound}>
        <bdi>{probed.found}</bdi>
      </p>
      <EvidenceList evidence={probed.evidence} />
    </section>
  );
}
