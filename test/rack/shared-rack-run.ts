import { downRack } from './down.ts';
import { markProcess } from './process-table.ts';
import { rackNames } from './state.ts';

/** Set by global-setup.ts; the test files of one run, each its own process, share by this name. */
export const runVariable = 'RACKHELM_RACK_RUN';

/** Ends every rack that the run shared. */
export async function downSharedRacks(run: string): Promise<void> {
  for (const name of rackNames()) if (name.startsWith(`${run}-`)) await downRack(name);
}

/** Racks of test runs that were killed: their names hold the id of a process that is gone. */
export async function downAbandonedRacks(): Promise<void> {
  for (const name of rackNames()) {
    const pid = /^(?:run|test|alone|life)-(\d+)/.exec(name)?.[1];
    if (pid !== undefined && markProcess(Number(pid)) === null) await downRack(name);
  }
}
