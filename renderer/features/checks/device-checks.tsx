import { IconChecklist, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ShownCheck } from '../../../shared/checks/check.ts';
import { nodeRoles, roleWords } from '../../../shared/onboarding/role.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { CheckList } from '../../ui/check-list/check-list.tsx';
import { checkKey } from '../../ui/check-list/check-words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import classes from './checks.module.css';
import type { CheckOptions } from './checks-store.ts';

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
  const running = useStore(checks.store, (each) => each.running.has(device.id));
  const [options, setOptions] = useState<CheckOptions>({ role: 'worker', network: 'none' });
  // Another window, the command line or a job may have run some meanwhile.
  useEffect(() => void resource.reload(), [resource]);
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
              busy={running}
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
        <Results checks={state.data} running={running} onRun={run} />
      )}
    </Section>
  );
}

interface ResultsProps {
  readonly checks: readonly ShownCheck[];
  readonly running: boolean;
  readonly onRun: () => void;
}

function Results({ checks: list, running, onRun }: ResultsProps) {
  const { checks } = useApp();
  const busy: ReadonlySet<string> = new Set(running ? list.map(checkKey) : []);
  return (
    <CheckList
      label="checks"
      checks={list}
      running={busy}
      // All come of one look at the machine: one of them costs as much as all.
      onRun={onRun}
      onAccept={checks.accept}
      onUnaccept={(check) => void checks.unaccept(check)}
      loadHistory={checks.history}
    />
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
