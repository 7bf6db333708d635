import path from 'node:path';
import type { Installation } from '../../../installation.ts';
import { type UpkeepOptions, workOnNodes } from './upkeep-command.ts';

export interface UpgradeOptions extends UpkeepOptions {
  readonly folder?: string;
  readonly nodes?: readonly string[];
  readonly drain?: true;
  readonly deleteLocalData?: true;
  readonly force?: true;
  /** Minutes. */
  readonly minutes: number;
}

const accepting = {
  'local-data': '--delete-local-data accepts that.',
  uncontrolled: '--force accepts that.',
} as const;

/** `rackhelm cluster upgrade VERSION [--folder DIR] [--plan|--yes]`. */
export async function upgradeCluster(
  installation: Installation,
  version: string,
  options: UpgradeOptions,
): Promise<void> {
  const { folder, nodes = [], drain, deleteLocalData, force, minutes } = options;
  await workOnNodes(
    installation,
    {
      ...{ kind: 'upgrade', version, nodes: [...nodes], drain: drain === true },
      source:
        folder === undefined
          ? { from: 'network' }
          : { from: 'folder', folder: path.resolve(folder) },
      drainOptions: {
        ...{ ignoreDaemonSets: true, graceSeconds: null, minutes },
        deleteLocalData: deleteLocalData === true,
        deleteUncontrolled: force === true,
      },
    },
    { ...options, accepting },
  );
}
