import { IconChecklist, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ShownCheck } from '../../../shared/checks/check.ts';
import { isUnderWay } from '../../../shared/jobs/job-state.ts';
import { nodeRoles, roleWords } from '../../../shared/onboarding/role.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import type { PhaseFix } from '../../ui/check-list/check-details.tsx';
import { CheckList } from '../../ui/check-list/check-list.tsx';
import { checkKey } from '../../ui/check-list/check-words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import classes from './checks.module.css';
import type { CheckOptions } from './checks-store.ts';
import { MendDialog } from './mend-dialog.tsx';

interface DeviceChecksProps {
  readonly device: { readonly id: string; readonly name: string; readonly sshHost: string | null };
}

const roles = nodeRoles.map((value) => ({
  value,
  label: `As ${roleWords[value].label.toLowerCase()}`,
}));

/** What the checks may send to look; each line with what that means. */
const networks = [
  { value: 'none', label: 'Send nothing to the network' },
  { value: 'gateway', label: 'Ask gateway and name servers' },
  { value: 'outside', label: 'Also reach outside' },
] as const;

/** The results of the checks of one device, with what it is checked as. */
export function DeviceChecks({ device }: DeviceChecksProps) {
  const { checks } = useApp();
  const resource = checks.of(device.id);
  const state = useResource(resource);
  const running = useStore(checks.store, (each) => each.running.get(device.id));
  const [options, setOptions] = useState<CheckOptions>({ role: 'worker', network: 'none' });
  // Another window, the command line or a job may have run some meanwhile.
  const ran = useJobsEnded(device.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a job that ended checks again
  useEffect(() => void resource.reload(), [resource, ran]);
  const run = () => void checks.run(device, options);
  return (
    <Section title="Checks" actions={<RunOptions options={options} onChange={setOptions} />}>
      {state.status === 'loading' && <Skeleton label="Reading the checks" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && state.data.length === 0 && (
        <EmptyState
          icon={IconChecklist}
          title="Not checked yet"
          actions={
            <Button
              icon={IconPlayerPlay}
              tone="primary"
              busy={running !== undefined}
              disabled={device.sshHost === null}
              onClick={run}
            >
              Run the checks
            </Button>
          }
        >
          {device.sshHost === null
            ? 'It has no SSH host to connect to; name it under Details.'
            : 'They look at the machine over SSH and change nothing: kernel, time, disks, network, what a cluster needs.'}
        </EmptyState>
      )}
      {state.status === 'ready' && state.data.length > 0 && (
        <Results device={device} options={options} checks={state.data} running={running} />
      )}
    </Section>
  );
}

/** Of the jobs that this window knows: how many on this device are over. */
function useJobsEnded(deviceId: string): number {
  const state = useResource(useApp().jobs.of(deviceId));
  return state.status === 'ready'
    ? state.data.rows.filter((job) => !isUnderWay(job.state)).length
    : 0;
}

interface ResultsProps {
  readonly device: DeviceChecksProps['device'];
  readonly options: CheckOptions;
  readonly checks: readonly ShownCheck[];
  /** Undefined: none; null: all; else one by its id. */
  readonly running: string | null | undefined;
}

function Results({ device, options, checks: list, running }: ResultsProps) {
  const { checks } = useApp();
  const [mending, setMending] = useState<{ check: ShownCheck; fix: PhaseFix } | null>(null);
  const busy: ReadonlySet<string> = new Set(
    running === undefined
      ? []
      : list.filter(({ check }) => check === (running ?? check)).map(checkKey),
  );
  const reachable = device.sshHost !== null;
  return (
    <>
      <CheckList
        label="checks"
        checks={list}
        running={busy}
        onRun={(check) => void checks.run(device, options, check?.check)}
        aboutRun="The machine is looked at as a whole; only the result of this check is kept."
        {...(reachable && {
          onFix: (check: ShownCheck, fix: PhaseFix) => setMending({ check, fix }),
        })}
        onAccept={checks.accept}
        onUnaccept={(check) => void checks.unaccept(check)}
        loadHistory={checks.history}
      />
      {mending && (
        <MendDialog
          {...mending}
          device={device}
          options={options}
          onClose={() => setMending(null)}
        />
      )}
    </>
  );
}

interface RunOptionsProps {
  readonly options: CheckOptions;
  readonly onChange: (options: CheckOptions) => void;
}

function RunOptions({ options, onChange }: RunOptionsProps) {
  const { role, network } = options;
  return (
    <span className={classes.options}>
      <FilterMenu
        label="Role"
        single
        plain
        options={roles}
        chosen={[role]}
        onChange={([value]) =>
          onChange({ ...options, role: nodeRoles.find((each) => each === value) ?? role })
        }
      />
      <FilterMenu
        label="Network"
        single
        plain
        options={networks}
        chosen={[network]}
        onChange={([value]) =>
          onChange({
            ...options,
            network: networks.find((each) => each.value === value)?.value ?? network,
          })
        }
      />
    </span>
  );
}
