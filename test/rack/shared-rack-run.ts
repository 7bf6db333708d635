import { downRack } from './down.ts';
import { markProcess } from './process-table.ts';
import { RackError } from './rack-error.ts';
import { RackState, rackNames } from './state.ts';
import { tracesOf } from './traces.ts';

/** Set by global-setup.ts; the test files of one run, each its own process, share by this name. */
export const runVariable = 'RACKHELM_RACK_RUN';

/** Ends every rack that the run shared, and tells when one has left something on this computer. */
export async function downSharedRacks(run: string): Promise<void> {
  const left: string[] = [];
  for (const name of rackNames().filter((one) => one.startsWith(`${run}-`))) {
    const slot = new RackState(name).description()?.slot ?? null;
    await downRack(name);
    left.push(...(await tracesOf(name, slot)));
  }
  if (left.length > 0) throw new RackError(`The racks left something behind: ${left.join(', ')}.`);
}

/** Racks of test runs that were killed: their names hold the id of a process that is gone. */
export async function downAbandonedRacks(): Promise<void> {
  for (const name of rackNames()) {
    const pid = /^(?:run|test|alone|life)-(\d+)/.exec(name)?.[1];
    if (pid !== undefined && markProcess(Number(pid)) === null) await downRack(name);
  }
}
