import { annotations } from './annotations.ts';
import { cabling } from './cabling.ts';
import { checks } from './checks.ts';
import { cluster } from './cluster/index.ts';
import { containers } from './containers/index.ts';
import { deviceTypes } from './device-types.ts';
import { devices } from './devices.ts';
import { exchange } from './exchange.ts';
import { gpus } from './gpus.ts';
import { history } from './history.ts';
import { inventory } from './inventory.ts';
import { jobs } from './jobs.ts';
import { lint } from './lint.ts';
import { machines } from './machines.ts';
import { networks } from './networks.ts';
import { onboarding } from './onboarding.ts';
import { power } from './power.ts';
import { proposals } from './proposals.ts';
import { quickEntry } from './quick-entry.ts';
import { racks } from './racks.ts';
import { records } from './records.ts';
import { secrets } from './secrets.ts';
import { services } from './services.ts';
import { storage } from './storage.ts';
import { system } from './system.ts';
import { terminals } from './terminals.ts';

/** Everything the renderer and the command line may ask of the host. */
export const contract = {
  annotations,
  system,
  inventory,
  devices,
  machines,
  gpus,
  terminals,
  history,
  proposals,
  records,
  cabling,
  checks,
  cluster,
  containers,
  power,
  racks,
  deviceTypes,
  quickEntry,
  networks,
  lint,
  exchange,
  secrets,
  services,
  storage,
  onboarding,
  jobs,
};
export type Contract = typeof contract;
