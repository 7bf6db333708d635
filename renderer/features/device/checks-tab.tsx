import { DeviceChecks } from '../checks/device-checks.tsx';
import { JobsOfDevice } from '../jobs/list/jobs-of-device.tsx';
import classes from './device.module.css';

interface ChecksTabProps {
  readonly device: { readonly id: string; readonly name: string; readonly sshHost: string | null };
}

/** What was looked at on a device, and what was done to it. */
export function ChecksTab({ device }: ChecksTabProps) {
  return (
    <div className={classes.work}>
      <DeviceChecks device={device} />
      <JobsOfDevice id={device.id} />
    </div>
  );
}
