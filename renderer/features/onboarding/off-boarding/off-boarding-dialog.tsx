import { Checkbox } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type {
  OffboardingAnswers,
  OffboardingPreview,
} from '../../../../shared/onboarding/off-boarding.ts';
import { useApp } from '../../../app/app-context.ts';
import { formatRoute } from '../../../app/routes.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Callout, ErrorState, type ErrorText } from '../../../ui/error-state.tsx';
import { isolated, isolatedList } from '../../../ui/isolate.ts';
import { PlanPreview } from '../../../ui/plan-preview/plan-preview.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from './off-boarding.module.css';

const all: OffboardingAnswers = {
  freePlace: true,
  freeAddresses: true,
  deleteCables: true,
  leaveClusters: true,
};

const choices: readonly { readonly answer: keyof OffboardingAnswers; readonly label: string }[] = [
  { answer: 'freePlace', label: 'Its place in the rack becomes free' },
  { answer: 'freeAddresses', label: 'Its addresses become free' },
  { answer: 'deleteCables', label: 'Its cables are deleted' },
  { answer: 'leaveClusters', label: 'It leaves its clusters' },
];

interface OffboardingDialogProps {
  readonly deviceId: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** A device goes: what leans on it, what was done to it, and what is written down about that. */
export function OffboardingDialog({ deviceId, name, onClose }: OffboardingDialogProps) {
  const { onboarding, router } = useApp();
  const [answers, setAnswers] = useState(all);
  const resource = onboarding.offboarding(deviceId, answers);
  const state = useResource(resource);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText | null>(null);
  const preview = state.status === 'ready' ? state.data : null;
  const run = async () => {
    if (preview === null) return;
    setBusy(true);
    const outcome = await onboarding.offboard(deviceId, answers, preview.hash);
    setBusy(false);
    if (!outcome.ok) {
      setFailure(outcome.failure);
      void resource.reload();
      return;
    }
    onClose();
    router.go({ screen: 'job', id: outcome.value.jobId });
  };
  return (
    <Dialog
      title={`Take ${isolated(name)} out of the rack`}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} autoFocus>
            Cancel
          </Button>
          <Button tone="danger" busy={busy} disabled={preview === null} onClick={() => void run()}>
            Mark it as retired
          </Button>
        </>
      }
    >
      <div className={classes.parts}>
        <p className={classes.quiet}>
          It is marked as retired; its page, its history and its reports stay. Nothing connects to
          it.
        </p>
        {failure && (
          <Callout tone="danger" title={failure.message}>
            {failure.hint}
          </Callout>
        )}
        <fieldset className={classes.choices}>
          <legend className="rh-hidden">What it gives back</legend>
          {choices.map(({ answer, label }) => (
            <Checkbox
              key={answer}
              label={label}
              checked={answers[answer]}
              onChange={(event) =>
                setAnswers({ ...answers, [answer]: event.currentTarget.checked })
              }
            />
          ))}
        </fieldset>
        {state.status === 'loading' && <Skeleton label="Looking at what leans on it" lines={6} />}
        {state.status === 'failed' && (
          <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
        )}
        {preview && <Preview preview={preview} onLeave={onClose} />}
      </div>
    </Dialog>
  );
}

function Preview({
  preview: { dependents, jobs, plan, clusters },
  onLeave,
}: {
  readonly preview: OffboardingPreview;
  /** A link was followed. */
  readonly onLeave: () => void;
}) {
  const undoable = jobs.filter((job) => job.undoable);
  return (
    <>
      {dependents.length > 0 && (
        <Section title="What leans on it">
          <ul className={classes.list}>
            {dependents.map((one) => (
              <Dependent key={one.kind} dependent={one} />
            ))}
          </ul>
        </Section>
      )}
      {clusters.length > 0 && (
        <Section title="It is a node of a cluster">
          <ul className={classes.list}>
            {clusters.map(({ contextId, name }) => (
              <li key={contextId} className={classes.job}>
                <a
                  href={formatRoute({ screen: 'cluster', context: contextId, kind: 'upkeep' })}
                  onClick={onLeave}
                >
                  {`Let it leave ${isolated(name)} first`}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {undoable.length > 0 && (
        <Section title="Done to it, and can be undone first">
          <ul className={classes.list}>
            {undoable.map(({ id, title, at }) => (
              <li key={id} className={classes.job}>
                <a href={formatRoute({ screen: 'job', id })} onClick={onLeave}>
                  <bdi>{title}</bdi>
                </a>
                <span className={classes.quiet}>
                  <Ago at={at} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <PlanPreview lanes={plan.lanes} />
    </>
  );
}

function Dependent({
  dependent,
}: {
  readonly dependent: OffboardingPreview['dependents'][number];
}) {
  const { label, names, count, says, weight } = dependent;
  const more = count - names.length;
  const warns = weight === 'warning';
  const Mark = warns ? IconAlertTriangle : IconInfoCircle;
  return (
    <li className={classes.dependent} data-weight={weight}>
      <Mark
        className={classes.mark}
        {...(warns ? { 'aria-label': 'Mind:' } : { 'aria-hidden': true })}
      />
      <div>
        <p>
          <strong>{`${count.toLocaleString('en')} ${label.toLowerCase()}`}</strong>
          {names.length > 0 && `: ${isolatedList(names)}`}
          {more > 0 && ` and ${more.toLocaleString('en')} more`}
        </p>
        <p className={classes.quiet}>{says}</p>
      </div>
    </li>
  );
}
