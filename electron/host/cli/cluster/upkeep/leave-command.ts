import type { Installation } from '../../../installation.ts';
import { type UpkeepOptions, workOnNodes } from './upkeep-command.ts';

export interface LeaveOptions extends UpkeepOptions {
  readonly machineGone?: true;
  readonly deleteVolumes?: true;
  readonly acceptVolumes?: true;
  readonly deleteLocalData?: true;
  readonly force?: true;
  /** Minutes. */
  readonly minutes: number;
}

const accepting = {
  volumes: '--accept-volumes accepts that.',
  'local-data': '--delete-local-data accepts that.',
  uncontrolled: '--force accepts that.',
  'machine-gone': '--machine-gone lets the cluster forget it without its machine.',
} as const;

/** `rackhelm cluster leave NODE [--plan|--yes]`. */
export async function leaveCluster(
  installation: Installation,
  node: string,
  options: LeaveOptions,
): Promise<void> {
  const { machineGone, deleteVolumes, acceptVolumes, deleteLocalData, force, minutes } = options;
  await workOnNodes(
    installation,
    {
      kind: 'leave',
      node,
      machine: machineGone ? 'gone' : 'there',
      volumes: deleteVolumes ? 'delete' : 'keep',
      acceptVolumes: acceptVolumes === true,
      drain: {
        ...{ ignoreDaemonSets: true, graceSeconds: null, minutes },
        deleteLocalData: deleteLocalData === true,
        deleteUncontrolled: force === true,
      },
    },
    { ...options, accepting },
  );
}
