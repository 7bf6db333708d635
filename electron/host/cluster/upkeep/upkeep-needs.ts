import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { Database } from '../../db/index.ts';
import type { Jobs } from '../../engine/jobs/index.ts';
import type { AskJob, Machines } from '../../engine/machines/index.ts';
import type { Revert } from '../../recorded.ts';
import type { DrainNeeds } from '../drain/index.ts';
import type { LeaveTimes } from './leave/leave-guard.ts';
import type { ReleaseNeeds } from './upgrade/releases.ts';
import type { UpgradeTimes } from './upgrade/upgrade-needs.ts';

export interface UpkeepNeeds extends Pick<DrainNeeds, 'clientOf' | 'times'>, ReleaseNeeds {
  readonly db: Database;
  readonly jobs: Jobs;
  readonly machines: Machines;
  /** Throws where a device has no SSH host. */
  readonly targetOf: (deviceId: string) => SshTarget;
  /** Where a context finds the API: `https://10.0.10.11:6443`. */
  readonly serverOf: (contextId: string, signal: AbortSignal) => Promise<string>;
  /** The authority that a context trusts, as PEM; null: those of the system. */
  readonly authorityOf: (contextId: string, signal: AbortSignal) => Promise<Buffer | null>;
  readonly revert: Revert;
  readonly leaveTimes?: LeaveTimes;
  readonly upgradeTimes?: UpgradeTimes;
}

/** Which cluster, and by which way. */
export interface WorkContext {
  readonly contextId: string;
  readonly clusterId: string;
  readonly clusterName: string;
}

/** What making a plan has of whoever asks for it. */
export interface UpkeepLook {
  readonly signal: AbortSignal;
  readonly ask: AskJob;
  /** Told of each phase that was looked at. */
  readonly onProgress?: (done: number, total: number) => void;
}
