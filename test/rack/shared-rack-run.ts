import { downRack } from './down.ts';
import { rackNames } from './state.ts';

/** Set by global-setup.ts; the test files of one run, each its own process, share by this name. */
export const runVariable = 'RACKHELM_RACK_RUN';

/** Ends every rack that the run shared. */
export async function downSharedRacks(run: string): Promise<void> {
  for (const name of rackNames()) if (name.startsWith(`${run}-`)) await downRack(name);
}
