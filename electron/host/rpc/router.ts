import { annotationsRouter } from './annotations.ts';
import { rpc } from './base.ts';
import { cablingRouter } from './cabling.ts';
import { checksRouter } from './checks.ts';
import { clusterRouter } from './cluster.ts';
import { containersRouter } from './containers.ts';
import { deviceTypesRouter } from './device-types.ts';
import { devicesRouter } from './devices.ts';
import { exchangeRouter } from './exchange.ts';
import { gpusRouter } from './gpus.ts';
import { historyRouter } from './history.ts';
import { inventoryRouter } from './inventory.ts';
import { jobsRouter } from './jobs.ts';
import { lintRouter } from './lint.ts';
import { machinesRouter } from './machines.ts';
import { networksRouter } from './networks.ts';
import { onboardingRouter } from './onboarding.ts';
import { powerRouter } from './power.ts';
import { proposalsRouter } from './proposals.ts';
import { quickEntryRouter } from './quick-entry.ts';
import { racksRouter } from './racks.ts';
import { recordsRouter } from './records.ts';
import { secretsRouter } from './secrets.ts';
import { servicesRouter } from './services.ts';
import { storageRouter } from './storage.ts';
import { systemRouter } from './system.ts';
import { terminalsRouter } from './terminals.ts';

/** The whole contract, implemented. */
export const router = rpc.router({
  annotations: annotationsRouter,
  system: systemRouter,
  inventory: inventoryRouter,
  devices: devicesRouter,
  machines: machinesRouter,
  gpus: gpusRouter,
  terminals: terminalsRouter,
  history: historyRouter,
  proposals: proposalsRouter,
  records: recordsRouter,
  deviceTypes: deviceTypesRouter,
  quickEntry: quickEntryRouter,
  cabling: cablingRouter,
  checks: checksRouter,
  cluster: clusterRouter,
  containers: containersRouter,
  power: powerRouter,
  racks: racksRouter,
  networks: networksRouter,
  lint: lintRouter,
  exchange: exchangeRouter,
  secrets: secretsRouter,
  services: servicesRouter,
  storage: storageRouter,
  onboarding: onboardingRouter,
  jobs: jobsRouter,
});
