import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { KeyStore } from '../../shared/model/secrets.ts';
import { type Annotations, createAnnotations } from './annotations/index.ts';
import { type Cabling, createCabling } from './cabling/index.ts';
import { openSshPool } from './connections/ssh/index.ts';
import { type Containers, createContainers } from './containers/index.ts';
import type { Database, History } from './db/index.ts';
import { createDeviceTypes, type DeviceTypes, readLibrary } from './device-types/index.ts';
import { type Checks, createChecks } from './engine/checks/index.ts';
import { createJobs, type Jobs, keepJobs } from './engine/jobs/index.ts';
import { createMachines } from './engine/machines/index.ts';
import { createSchedules } from './engine/schedules/index.ts';
import {
  type AppKeys,
  createAppKeys,
  createOsKeyring,
  createSecrets,
  createSecretTester,
  rememberedSudo,
  rememberingAsk,
  type Secrets,
  type TestSecret,
} from './engine/secrets/index.ts';
import { createExchangeDesk, type ExchangeDesk } from './exchange/index.ts';
import { createGpus, type Gpus } from './gpus/index.ts';
import { createHeavyWork, type HeavyWork } from './heavy-work.ts';
import { createInventory, type Inventory, type MachineWriting } from './inventory/index.ts';
import { createLint, createSilencing, type Lint, type Silencing } from './lint/index.ts';
import { createNetworks, type Networks } from './networks/index.ts';
import {
  type Attempts,
  createAttempts,
  createDeviceChecks,
  createMachineChecks,
  createOnboarding,
  type DeviceChecks,
  type Onboarding,
  userPublicKey,
} from './onboarding/index.ts';
import { createMachineReader } from './onboarding/machine-reader.ts';
import { onboardingWork } from './onboarding-work.ts';
import { createPower, type Power } from './power/index.ts';
import { createProposals, keepUp, type Proposals } from './proposals/index.ts';
import { createRacks, type Racks } from './racks/index.ts';
import {
  createRefresher,
  createRefreshKind,
  createRefreshRuns,
  createSchedule,
  type RefreshRuns,
  type ScheduledRefresh,
  scheduledRefresh,
  unattended,
} from './readings/index.ts';
import { createReadyCluster, type ReadyCluster } from './ready-cluster.ts';
import { createRecords, type Records } from './records/index.ts';
import { readRemoteScript } from './remote-script.ts';
import { retried } from './retried.ts';
import { terminalOpeners } from './terminal-openers.ts';
import { createTerminals, type Terminals } from './terminals/index.ts';

/** After the first screen, which wants the processor for itself. */
const loadAfterMs = 3_000;

/** Nobody waits for it. */
const tidyAfterMs = 60_000;

/** Then the first screen stands. */
const lintAfterMs = 1_000;

export interface ReadyHostOptions {
  readonly dataDirectory: string;
  readonly resourcesDirectory: string;
  readonly version: string;
  /** Default: the keyring of the operating system. */
  readonly keyStore?: KeyStore;
  /** What is remembered changed. */
  readonly onSecrets: () => void;
  readonly report: (error: unknown) => void;
}

/** Every service, once the database is open. */
export interface ReadyHost extends ReadyCluster {
  readonly database: Database;
  readonly inventory: Inventory;
  readonly heavy: HeavyWork;
  readonly history: History;
  readonly attempts: Attempts;
  readonly proposals: Proposals;
  readonly refreshes: RefreshRuns;
  readonly gpus: Gpus;
  readonly schedule: ScheduledRefresh;
  readonly records: Records;
  readonly deviceTypes: DeviceTypes;
  readonly cabling: Cabling;
  readonly power: Power;
  readonly racks: Racks;
  readonly networks: Networks;
  readonly lint: Lint;
  readonly exchange: ExchangeDesk;
  readonly silencing: Silencing;
  readonly secrets: Secrets;
  readonly appKeys: AppKeys;
  readonly testSecret: TestSecret;
  readonly annotations: Annotations;
  readonly jobs: Jobs;
  readonly checks: Checks;
  readonly deviceChecks: DeviceChecks;
  readonly onboarding: Onboarding;
  readonly containers: Containers;
  readonly terminals: Terminals;
  /** Text of a file in resources/. The name comes from our code, never from a client. */
  readResource(name: string): string;
  close(): Promise<void>;
}

/** Every service that needs the database, wired by hand. */
export function createReadyHost(database: Database, options: ReadyHostOptions): ReadyHost {
  const { resourcesDirectory, dataDirectory, report } = options;
  const readResource = (name: string) => readFileSync(path.join(resourcesDirectory, name), 'utf8');
  const inventory = createInventory(database, report);
  const annotations = createAnnotations(database);
  const proposals = createProposals(database);
  const keeping = keepUp(proposals, database, report);
  const secrets = createSecrets({
    store: database.secrets,
    settings: database.readings,
    keyStore: options.keyStore ?? createOsKeyring(),
    onChange: options.onSecrets,
    report,
  });
  const appKeys = createAppKeys({ store: database.secrets, secrets });
  // ssh2 takes a while to load and nobody connects in the first second.
  const pooled = { hostKeys: database.hostKeys, heldKeys: () => appKeys.held() };
  const openPool = retried(() => openSshPool(pooled));
  // Not only when it is needed: an update may have replaced the files of this version by then.
  const loadLater = setTimeout(() => void openPool().catch(report), loadAfterMs);
  loadLater.unref();
  const readMachine = createMachineReader(openPool, readRemoteScript(resourcesDirectory, 'facts'));
  const heavy = createHeavyWork({
    database,
    inventory,
    annotations,
    proposals,
    dataDirectory,
  });
  const writing: MachineWriting = {
    look: (input) => heavy.run('look', input),
    preview: (input) => heavy.run('preview', input),
    addMachine: (input) => heavy.run('addMachine', input),
    recordFacts: (input) => heavy.run('recordFacts', input),
  };
  const tidy = async () => {
    // The thread takes 44 MiB, and not all of them come back.
    if (!database.blobs.isEmpty()) await heavy.run('tidyAttachments', undefined);
  };
  const tidyLater = setTimeout(() => void tidy().catch(report), tidyAfterMs);
  tidyLater.unref();
  const exchange = createExchangeDesk(database, dataDirectory);
  const lint = createLint({ database, dataDirectory, afterMs: lintAfterMs });
  const jobs = createJobs({ database, report });
  const upkeep = keepJobs(jobs, report);
  const askNobody = rememberingAsk(unattended, secrets, { attended: false });
  const testSecret = createSecretTester({
    secrets,
    openPool: (authMethods) =>
      openSshPool({ ...pooled, ...(authMethods === undefined ? {} : { authMethods }) }),
    targetOf: (deviceId) => inventory.sshTargetOf(deviceId),
    devicesAt: (host) => database.readings.devicesAt(host),
    ask: askNobody,
  });
  const attempts = createAttempts({
    inventory,
    writing,
    report,
    readMachine,
    secrets,
  });
  const devicesOf = database.readings.devices;
  jobs.register(
    createRefreshKind({
      refresher: createRefresher({ inventory, writing, readMachine, report }),
      devicesOf,
      ask: askNobody,
      settled: database.free,
    }),
  );
  const refreshes = createRefreshRuns({ jobs, devicesOf });
  const schedules = createSchedules({ store: database.schedules, jobs, report });
  schedules.register(scheduledRefresh(devicesOf));
  schedules.start();
  const checks = createChecks({ store: database.checks });
  const machines = createMachines({
    pool: openPool,
    rememberedSudo: rememberedSudo({ secrets, report }),
    answering: (ask, onTrouble) => rememberingAsk(ask, secrets, { attended: true, onTrouble }),
    isOver: (id) => jobs.isOver(id),
  });
  const records = createRecords(database);
  const {
    close: closeCluster,
    joining,
    ...cluster
  } = createReadyCluster({
    ...{ db: database, secrets, inventory, machines, jobs, version: options.version },
    pool: openPool,
    ask: askNobody,
    addCluster: (values) => records.create({ kind: 'cluster', values }),
    targetOf: (deviceId) => inventory.sshTargetOf(deviceId),
    revert: (id) => heavy.run('revert', { id }),
    report,
  });
  const containers = createContainers({
    ...{ db: database, secrets, inventory, jobs, report },
    pool: openPool,
    ask: askNobody,
    socketScript: readRemoteScript(resourcesDirectory, 'engineSockets'),
  });
  const onboarding = createOnboarding({
    ...{ db: database, inventory, annotations, attempts, jobs, checks, machines, report },
    pool: openPool,
    scripts: {
      facts: readRemoteScript(resourcesDirectory, 'facts'),
      preflight: readRemoteScript(resourcesDirectory, 'preflight'),
      ports: readRemoteScript(resourcesDirectory, 'ports'),
    },
    font: () => readFileSync(path.join(resourcesDirectory, 'fonts', 'DejaVuSans.ttf')),
    userKey: userPublicKey,
    appKeys,
    joining,
    ...onboardingWork(heavy),
  });
  const deviceChecks = createDeviceChecks({
    database,
    inventory,
    machines,
    machineChecks: createMachineChecks({
      script: readRemoteScript(resourcesDirectory, 'preflight'),
      report,
    }),
    checks,
    portsScript: readRemoteScript(resourcesDirectory, 'ports'),
    ask: askNobody,
    report,
  });
  const gpus = createGpus({
    ...{ database, pool: openPool, ask: askNobody, checks, report },
    targetOf: (deviceId) => inventory.sshTargetOf(deviceId),
    script: readRemoteScript(resourcesDirectory, 'gpus'),
  });
  gpus.start();
  const terminals = createTerminals(
    terminalOpeners({
      ...{ inventory, secrets, containers, pool: openPool },
      openPodShell: cluster.clusterPods.openShell,
    }),
  );
  const close = async () => {
    clearTimeout(loadLater);
    clearTimeout(tidyLater);
    annotations.attachments.close();
    schedules.stop();
    upkeep.stop();
    keeping.abort();
    try {
      // While machines can still be told that we leave.
      await jobs.close();
      terminals.close();
      await closeCluster();
      await containers.close();
      await gpus.close();
      const pool = await openPool.settled();
      await pool?.close();
      await heavy.close();
      await lint.close();
      await exchange.end();
      await secrets.close();
    } finally {
      database.close();
    }
  };
  const library = retried(() => readLibrary(path.join(resourcesDirectory, 'device-types'), report));
  return {
    database,
    inventory,
    heavy,
    history: database.history,
    attempts,
    proposals,
    refreshes,
    gpus,
    schedule: createSchedule(schedules),
    records,
    cabling: createCabling(database),
    power: createPower(database),
    racks: createRacks(database),
    deviceTypes: createDeviceTypes(database, library),
    networks: createNetworks(database),
    lint,
    exchange,
    silencing: createSilencing(database),
    secrets,
    appKeys,
    testSecret,
    annotations,
    jobs,
    checks,
    deviceChecks,
    onboarding,
    containers,
    terminals,
    ...cluster,
    readResource,
    close,
  };
}
