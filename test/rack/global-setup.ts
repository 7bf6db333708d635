import { canRunRack } from './requirements.ts';
import { downAbandonedRacks, downSharedRacks, runVariable } from './shared-rack-run.ts';

/** Vitest's global set-up: names the run before the test files start, and ends its racks after them. */
export async function setup(): Promise<() => Promise<void>> {
  if (canRunRack() === null) await downAbandonedRacks();
  const run = `run-${process.pid}`;
  process.env[runVariable] = run;
  return () => downSharedRacks(run);
}
