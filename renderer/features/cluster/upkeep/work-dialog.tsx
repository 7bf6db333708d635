import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { UpkeepWork } from '../../../../shared/cluster/upkeep/upkeep-work.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { PlanPreview } from '../../../ui/plan-preview/plan-preview.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { JobQuestions } from '../../jobs/page/job-question.tsx';
import classes from './upkeep.module.css';
import type { UpkeepLook } from './upkeep-store.ts';
import { WorkFindings } from './work-findings.tsx';

interface WorkDialogProps {
  readonly context: string;
  readonly title: string;
  readonly intro: string;
  /** On the button that begins it. */
  readonly verb: string;
  /** Something goes for good. */
  readonly danger?: boolean;
  /** Null: something is not said yet. */
  readonly work: UpkeepWork | null;
  /** It is looked up only when a person asks, since it takes long or asks the outside world. */
  readonly onAsk?: boolean;
  /** What a person chooses and accepts. */
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Some work on the nodes of a cluster: what is chosen, what it comes to, and that it begins. */
export function WorkDialog(props: WorkDialogProps) {
  const { context, title, intro, verb, danger = false, work, onAsk = false } = props;
  const { children, onClose } = props;
  const { cluster, router } = useApp();
  const { upkeep } = cluster;
  const look = useStore(upkeep.look);
  const [busy, setBusy] = useState(false);
  const asked = JSON.stringify(work);
  const [planned, setPlanned] = useState<string | null>(null);
  const plan = () => {
    if (work === null) return;
    setPlanned(asked);
    void upkeep.plan(context, work);
  };
  useEffect(() => upkeep.leave, [upkeep]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked up again where what is asked for is another
  useEffect(() => {
    if (!onAsk) plan();
  }, [asked, onAsk]);
  const current = planned === asked ? (look?.plan ?? null) : null;
  const ready = look?.running === false && current !== null && !current.stopped;
  const run = async () => {
    if (current === null) return;
    setBusy(true);
    const outcome = await upkeep.run(context, current.hash);
    setBusy(false);
    if (outcome.ok) {
      onClose();
      router.go({ screen: 'job', id: outcome.value.jobId });
      return;
    }
    plan();
  };
  return (
    <Dialog
      title={title}
      size="xl"
      keepOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} autoFocus={!onAsk}>
            Cancel
          </Button>
          {onAsk && (
            <Button disabled={work === null} busy={look?.running === true} onClick={plan}>
              {current === null ? 'Look up what it comes to' : 'Look again'}
            </Button>
          )}
          <Button
            tone={danger ? 'danger' : 'primary'}
            busy={busy}
            disabled={!ready}
            onClick={() => void run()}
          >
            {verb}
          </Button>
        </>
      }
    >
      <div className={classes.dialog}>
        <p className={classes.quiet}>{intro}</p>
        {children}
        {look !== null && planned === asked && <Looked look={look} />}
      </div>
    </Dialog>
  );
}

function Looked({ look }: { readonly look: UpkeepLook }) {
  const { upkeep } = useApp().cluster;
  const { question, progress, running, failure, plan } = look;
  const label = 'Looking at the cluster and its machines';
  return (
    <div className={classes.looked} aria-busy={running}>
      {question !== null && (
        <JobQuestions
          questions={[{ ...question, stepId: null, lane: '', at: 0 }]}
          nameOf={() => 'One of the machines'}
          takesFocus
          onAnswer={(_, answer) => void upkeep.answer(answer)}
        />
      )}
      {running && question === null && progress !== null && progress.total > 1 && (
        <Meter
          calm
          label={label}
          share={progress.done / progress.total}
          text={`${progress.done} of ${progress.total}`}
        />
      )}
      {running && question === null && plan === null && <Skeleton label={label} lines={5} />}
      {failure !== null && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      {plan !== null && (
        <>
          <WorkFindings plan={plan} />
          {plan.plan !== null && <PlanPreview lanes={plan.plan.lanes} />}
        </>
      )}
    </div>
  );
}
