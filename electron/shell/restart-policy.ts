/** Restarts allowed within the window; beyond it something is wrong that a restart does not cure. */
const maximumRestarts = 3;
const restartWindowMs = 60_000;

/** Whether the host may be started once more, given the times (ms) of its earlier restarts. */
export function mayRestart(restartedAt: readonly number[], now: number): boolean {
  return restartedAt.filter((at) => now - at < restartWindowMs).length < maximumRestarts;
}
