import { downSharedRacks, runVariable } from './shared-rack-run.ts';

/** Vitest's global set-up: names the run before the test files start, and ends its racks after them. */
export function setup(): () => Promise<void> {
  const run = `run-${process.pid}`;
  process.env[runVariable] = run;
  return () => downSharedRacks(run);
}
