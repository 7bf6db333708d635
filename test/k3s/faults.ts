import { existsSync, readFileSync } from 'node:fs';

/**
 * What a test wants to go wrong that reality does not give here, one word a line in this file of the node:
 * - `no-memory-cgroup`: the kernel of the node has none
 * - `hangs`: it starts, says so, and nothing more comes
 * - `learner-stays`: a server never makes a joining one a full member
 * - `dead-member`: etcd refuses who wants to join, as with a member that does not answer
 * - `old-words`: it says things as releases before 1.24 did
 */
export const faultFile = '/etc/rack/k3s-faults';
export const faultNames = [
  'no-memory-cgroup',
  'hangs',
  'learner-stays',
  'dead-member',
  'old-words',
] as const;
export type FaultName = (typeof faultNames)[number];

export function hasFault(name: FaultName): boolean {
  if (!existsSync(faultFile)) return false;
  return readFileSync(faultFile, 'utf8').split(/\s+/).includes(name);
}
