import type { GuardNeeds } from '../../drain/guard.ts';

export interface UpgradeTimes {
  /** Milliseconds between two looks. */
  readonly stepMs: number;
  /** So long an API server may take to come back. */
  readonly backMs: number;
  /** A node, with its new version; a small board that unpacks K3s needs its time. */
  readonly nodeMs: number;
  /** The workloads, until they are as well as before. */
  readonly wellMs: number;
}

export const usualUpgradeTimes: UpgradeTimes = {
  stepMs: 2_000,
  backMs: 300_000,
  nodeMs: 600_000,
  wellMs: 600_000,
};

export type UpgradeNeeds = GuardNeeds & { readonly upgradeTimes?: UpgradeTimes };
