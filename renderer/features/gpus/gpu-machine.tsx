import { Checkbox } from '@mantine/core';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { GpuMachine } from '../../../shared/contract/gpus.ts';
import type { GpuPoint } from '../../../shared/gpus/gpu-points.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout, ErrorState } from '../../ui/error-state.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { GpuCard } from './gpu-card.tsx';
import { GpuProcesses } from './gpu-processes.tsx';
import classes from './gpus.module.css';
import { type Span, spans } from './gpus-store.ts';

/** The cards of one machine, looked at each second while this is shown. */
export function GpuMachineView({ machine }: { readonly machine: GpuMachine }) {
  const { gpus, router } = useApp();
  const { deviceId, kept } = machine;
  useEffect(() => gpus.watch(deviceId), [gpus, deviceId]);
  const look = useStore(gpus.look);
  const [span, setSpan] = useState<Span>('hour');
  const [checking, setChecking] = useState(false);
  if (look.deviceId !== deviceId || (look.sample === null && look.failure === null))
    return <Skeleton label="Looking at the cards" lines={8} />;
  if (look.sample === null && look.failure !== null) return <ErrorState error={look.failure} />;
  if (look.sample === null) return null;
  const { sample, failure, curves } = look;
  const check = async () => {
    setChecking(true);
    const done = await gpus.check(deviceId);
    setChecking(false);
    if (done) router.go({ screen: 'device', id: deviceId, tab: 'checks' });
  };
  return (
    <div className={classes.body}>
      {failure !== null && (
        <Callout tone="warn" title={failure.message}>
          What is shown was seen <Ago at={sample.at} />. {failure.hint}
        </Callout>
      )}
      {sample.troubles.map((trouble) => (
        <Callout key={trouble} tone="warn" title={trouble} />
      ))}
      {machine.cards.length === 0 && sample.gpus.length > 0 && (
        <Callout
          tone="info"
          title="The inventory does not have these cards yet"
          actions={
            <Button icon={IconPlus} onClick={() => void gpus.declare(deviceId, sample.gpus)}>
              Add them
            </Button>
          }
        >
          With them this machine is listed here.
        </Callout>
      )}
      <Section
        title="Cards"
        actions={
          <span className={classes.actions}>
            <Checkbox
              size="xs"
              label="Keep a week, looked at each minute"
              checked={kept}
              onChange={(event) => void gpus.keep(deviceId, event.currentTarget.checked)}
            />
            <FilterMenu
              label="Shown"
              single
              plain
              options={spans}
              chosen={[span]}
              onChange={([value]) =>
                setSpan(spans.find((one) => one.value === value)?.value ?? span)
              }
            />
            <Button icon={IconChecklist} busy={checking} onClick={() => void check()}>
              Check driver and containers
            </Button>
          </span>
        }
      >
        {sample.gpus.length === 0 ? (
          <p className={classes.untold}>
            No graphics processor is told of. Its driver and the tool of its maker (nvidia-smi,
            rocm-smi, intel_gpu_top, tegrastats) have to be there.
          </p>
        ) : span === 'hour' ? (
          <Cards sample={sample} span={span} curves={curves} />
        ) : (
          <PastCards deviceId={deviceId} sample={sample} span={span} kept={kept} />
        )}
      </Section>
      {sample.gpus.length > 0 && <GpuProcesses sample={sample} />}
    </div>
  );
}

type Sample = Parameters<typeof GpuProcesses>[0]['sample'];

interface CardsProps {
  readonly sample: Sample;
  readonly span: Span;
  readonly curves: ReadonlyMap<string, readonly GpuPoint[]>;
}

function Cards({ sample, span, curves }: CardsProps) {
  return (
    <div className={classes.cards}>
      {sample.gpus.map((gpu) => (
        <GpuCard
          key={gpu.key}
          gpu={gpu}
          points={curves.get(gpu.key) ?? []}
          {...edgesOf(span, sample.at, curves.get(gpu.key)?.[0]?.at)}
        />
      ))}
    </div>
  );
}

const minute = 60_000;

/** An hour that has only begun is shown as far as it has come. */
function edgesOf(span: Span, to: number, first: number | undefined) {
  const hours = spans.find(({ value }) => value === span)?.hours ?? 1;
  const from = to - hours * 60 * minute;
  if (span !== 'hour' || first === undefined) return { from, to };
  return { from: Math.min(Math.max(from, first), to - 2 * minute), to };
}

interface PastCardsProps {
  readonly deviceId: string;
  readonly sample: Sample;
  readonly span: Span;
  readonly kept: boolean;
}

/** What was kept minute by minute. */
function PastCards({ deviceId, sample, span, kept }: PastCardsProps) {
  const { gpus } = useApp();
  const resource = gpus.past(`${deviceId} ${span}`);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Reading what was kept" lines={6} />;
  if (state.status === 'failed')
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  const curves = new Map(state.data.map(({ gpuKey, points }) => [gpuKey, points]));
  return (
    <>
      {state.data.length === 0 && (
        <Callout tone="info" title="Nothing is kept of that time">
          {kept
            ? 'It is looked at each minute now, as long as Rackhelm runs.'
            : 'Tick “Keep a week”, and it is looked at each minute from then on, as long as Rackhelm runs.'}
        </Callout>
      )}
      <Cards sample={sample} span={span} curves={curves} />
    </>
  );
}
