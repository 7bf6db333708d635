import { IconCpu2, IconServer } from '@tabler/icons-react';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import { GpuMachineView } from './gpu-machine.tsx';

interface GpusScreenProps {
  /** Id of the device whose cards are shown; none: the first that has any. */
  readonly id: string | null;
}

/** What graphics processors do, and who holds their memory. */
export function GpusScreen({ id }: GpusScreenProps) {
  const { gpus, router } = useApp();
  const state = useResource(gpus.machines);
  const machines = state.status === 'ready' ? state.data : [];
  const known = machines.find(({ deviceId }) => deviceId === id);
  const shown = id === null ? machines[0] : (known ?? unlisted(id));
  return (
    <>
      <PageHeader
        title="GPUs at work"
        note={shown && <MachineLink id={shown.deviceId} />}
        actions={
          machines.length > 1 && (
            <FilterMenu
              label="Machine"
              single
              plain
              options={machines.map(({ deviceId, name }) => ({ value: deviceId, label: name }))}
              chosen={shown ? [shown.deviceId] : []}
              onChange={([value]) =>
                value !== undefined && router.replace({ screen: 'gpus', id: value })
              }
            />
          )
        }
      />
      <PageBody>
        {state.status === 'loading' && <Skeleton label="Reading the machines" lines={6} />}
        {state.status === 'failed' && (
          <ErrorState error={state.failure} onRetry={() => void gpus.machines.reload()} />
        )}
        {state.status === 'ready' && shown === undefined && (
          <EmptyState
            icon={IconCpu2}
            title="No machine with a graphics processor"
            actions={
              <Button
                icon={IconServer}
                tone="primary"
                onClick={() => router.go({ screen: 'devices', query: '' })}
              >
                All devices
              </Button>
            }
          >
            A device is listed here once the inventory has its GPU. Open the device that has one and
            choose What its GPUs do; what is found there is added by one click.
          </EmptyState>
        )}
        {state.status === 'ready' && shown !== undefined && (
          <GpuMachineView key={shown.deviceId} machine={shown} />
        )}
      </PageBody>
    </>
  );
}

function MachineLink({ id }: { readonly id: string }) {
  const state = useResource(useApp().device.details(id));
  return state.status === 'ready' ? <DeviceLink id={id} name={state.data.device.name} /> : null;
}

/** A device of which the inventory has no card may have one all the same. */
const unlisted = (deviceId: string) => ({ deviceId, name: '', cards: [], kept: false });
