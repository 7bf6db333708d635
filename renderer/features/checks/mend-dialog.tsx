import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ShownCheck } from '../../../shared/checks/check.ts';
import { changesSomething } from '../../../shared/jobs/plan-totals.ts';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import type { PhaseFix } from '../../ui/check-list/check-details.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { PlanPreview } from '../../ui/plan-preview/plan-preview.tsx';
import { LookStatus } from '../onboarding/looks/look-status.tsx';
import classes from './checks.module.css';
import type { CheckOptions } from './checks-store.ts';

interface MendDialogProps {
  readonly device: { readonly id: string; readonly name: string };
  readonly check: ShownCheck;
  readonly fix: PhaseFix;
  readonly options: CheckOptions;
  readonly onClose: () => void;
}

/** One thing that a check found is mended: exactly how, and then as a job that can be undone. */
export function MendDialog({ device, check, fix, options, onClose }: MendDialogProps) {
  const { onboarding, notify, router } = useApp();
  const { looks } = onboarding;
  const look = useStore(onboarding.store, (state) =>
    state.look?.what === 'mend' ? state.look : null,
  );
  const [busy, setBusy] = useState(false);
  const { id: deviceId } = device;
  const { check: name, part } = check;
  const { role, network } = options;
  useEffect(() => {
    void looks.mend({ deviceId, check: name, part, role, network });
    return looks.leave;
  }, [looks, deviceId, name, part, role, network]);
  const planned = look?.planned ?? null;
  const nothing = planned?.plan.lanes.every(({ phases }) => !phases.some(changesSomething));
  const run = async () => {
    if (planned === null) return;
    setBusy(true);
    const outcome = await onboarding.mend(deviceId, planned.hash);
    setBusy(false);
    if (!outcome.ok) {
      notify.failed(outcome.failure);
      void looks.mend({ deviceId, check: name, part, role, network });
      return;
    }
    onClose();
    router.go({ screen: 'job', id: outcome.value.jobId });
  };
  return (
    <Dialog
      title={`${isolated(fix.title)} on ${isolated(device.name)}`}
      size="xl"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            busy={busy}
            disabled={planned === null || nothing}
            onClick={() => void run()}
          >
            Approve and run
          </Button>
        </>
      }
    >
      <div className={classes.mend}>
        <p className={classes.mendFor}>
          <bdi>{check.title}</bdi>: <bdi>{check.found}</bdi>
        </p>
        {look && (
          <LookStatus machines={[device]} look={look} label="Looking up what would be done" />
        )}
        {nothing && (
          <Callout title="It is in order by now.">Run the check again to see it.</Callout>
        )}
        {planned && <PlanPreview lanes={planned.plan.lanes} />}
      </div>
    </Dialog>
  );
}
