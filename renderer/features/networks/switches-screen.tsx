import { IconServer2 } from '@tabler/icons-react';
import { useEffect } from 'react';
import { id as deviceId } from '../../../shared/model/inventory.ts';
import type { SwitchRow } from '../../../shared/model/networks.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeviceFace } from './device-face.tsx';
import { FaceLegend } from './face-legend.tsx';
import classes from './networks.module.css';
import { SwitchScreen } from './switch-screen.tsx';

/** The fronts of all switches, routers and access points, or the ports of the one that is named. */
export function SwitchesScreen({ thing }: { readonly thing: string | null }) {
  return thing !== null && deviceId.safeParse(thing).success ? (
    <SwitchScreen key={thing} id={thing} />
  ) : (
    <AllSwitches />
  );
}

/** Drawing many more at once helps nobody; the table of devices has all. */
const drawnAtMost = 24;

function AllSwitches() {
  const { networks, layout } = useApp();
  const state = useResource(networks.switches);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  const total = state.status === 'ready' ? state.data.total : 0;
  return (
    <>
      <PageHeader
        title="Switch ports"
        note={state.status === 'ready' ? formatCount(total, 'device') : null}
      />
      {state.status === 'loading' && <Skeleton label="Reading the switches" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void networks.switches.reload()} />
      )}
      {state.status === 'ready' && total === 0 && (
        <EmptyState
          icon={IconServer2}
          title="No switch with ports yet"
          actions={
            <>
              <ActionButton id="add-device" />
              <ActionButton id="open-sample" />
            </>
          }
        >
          Add a switch, a router or an access point of a device type that has ports: its front is
          drawn here with the VLANs of each port and what hangs on it.
        </EmptyState>
      )}
      {state.status === 'ready' && total > 0 && (
        <PageBody>
          <div className={classes.plan}>
            <FaceLegend />
            {state.data.rows.slice(0, drawnAtMost).map((one) => (
              <OneSwitch key={one.id} device={one} />
            ))}
            {total > drawnAtMost && (
              <p className={classes.more}>
                The first {drawnAtMost} of {total}; each device has its ports on its own page.
              </p>
            )}
          </div>
        </PageBody>
      )}
    </>
  );
}

function OneSwitch({ device }: { readonly device: SwitchRow }) {
  const { name, model, rack, position, ports } = device;
  const place = [
    model && isolated(model),
    rack && `${isolated(rack)}${position === null ? '' : `, unit ${position}`}`,
    formatCount(ports, 'port'),
  ].filter(Boolean);
  return (
    <Section
      title={name}
      note={place.join(' · ')}
      actions={
        <a
          className={classes.link}
          href={formatRoute({ screen: 'networks', view: 'switches', thing: device.id })}
          aria-label={`Set VLANs of ${isolated(name)}`}
        >
          Set VLANs
        </a>
      }
    >
      <DeviceFace id={device.id} />
    </Section>
  );
}
