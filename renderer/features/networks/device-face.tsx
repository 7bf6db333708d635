import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { FacePlate } from '../../ui/face-plate/face-plate.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { facePort, isOnFront } from './face-ports.ts';
import classes from './networks.module.css';

/** The front of one device; a press leads to its ports. */
export function DeviceFace({ id }: { readonly id: string }) {
  const { networks, router } = useApp();
  const state = useResource(networks.ports(id));
  if (state.status === 'loading') return <Skeleton label="Reading the ports" lines={2} />;
  if (state.status === 'failed') return <p>{state.failure.message}</p>;
  const front = state.data.rows.filter(isOnFront);
  if (front.length === 0) {
    return <p className={classes.muted}>It has no ports on its front, only virtual interfaces.</p>;
  }
  const open = () => router.go({ screen: 'networks', view: 'switches', thing: id });
  return (
    <FacePlate
      label={`Front of ${state.data.device.name}`}
      ports={front.map(facePort)}
      onPick={open}
      onOpen={open}
    />
  );
}
