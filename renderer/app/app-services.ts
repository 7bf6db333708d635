import type { AppearanceStore } from '../design/appearance.ts';
import { type AttemptStore, createAttemptStore } from '../features/add-machine/attempt-store.ts';
import { createTargetDraft } from '../features/add-machine/target-draft.ts';
import {
  type AnnotationsStore,
  createAnnotationsStore,
} from '../features/annotations/annotations-store.ts';
import { createNotesStore, type NotesStore } from '../features/annotations/notes-store.ts';
import { type CablesStore, createCablesStore } from '../features/cables/cables-store.ts';
import { type ChecksStore, createChecksStore } from '../features/checks/checks-store.ts';
import { type ClusterStore, createClusterStore } from '../features/cluster/cluster-store.ts';
import {
  type ContainersStore,
  createContainersStore,
} from '../features/containers/containers-store.ts';
import { type CompareStore, createCompareStore } from '../features/device/compare-store.ts';
import { createDeviceStore, type DeviceStore } from '../features/device/device-store.ts';
import {
  createDeviceTypesStore,
  type DeviceTypesStore,
} from '../features/device-types/device-types-store.ts';
import { createDevicesStore, type DevicesStore } from '../features/devices/devices-store.ts';
import { createExchangeStore, type ExchangeStore } from '../features/exchange/exchange-store.ts';
import { createGpusStore, type GpusStore } from '../features/gpus/gpus-store.ts';
import { createHistoryStore, type HistoryStore } from '../features/history/history-store.ts';
import {
  createInventoryStore,
  type InventoryStore,
} from '../features/inventory/inventory-store.ts';
import { createJobsStore, type JobsStore } from '../features/jobs/jobs-store.ts';
import { createJobNotices, type JobNotices } from '../features/jobs/notices/job-notices.ts';
import { createLintStore, type LintStore } from '../features/lint/lint-store.ts';
import { createNetworksStore, type NetworksStore } from '../features/networks/networks-store.ts';
import { followDrafts } from '../features/onboarding/drafts/follow-drafts.ts';
import {
  createOnboardingStore,
  type OnboardingStore,
} from '../features/onboarding/onboarding-store.ts';
import { createOverviewStore, type OverviewStore } from '../features/overview/overview-store.ts';
import { createPowerStore, type PowerStore } from '../features/power/power-store.ts';
import {
  createProposalsStore,
  type ProposalsStore,
} from '../features/proposals/proposals-store.ts';
import {
  createQuickEntryStore,
  type QuickEntryStore,
} from '../features/quick-entry/quick-entry-store.ts';
import { createRacksStore, type RacksStore } from '../features/racks/racks-store.ts';
import { createReadingsStore, type ReadingsStore } from '../features/readings/readings-store.ts';
import { createRecordsStore, type RecordsStore } from '../features/records/records-store.ts';
import { createRecoveryStore, type RecoveryStore } from '../features/recovery/recovery-store.ts';
import { createSecretsStore, type SecretsStore } from '../features/secrets/secrets-store.ts';
import {
  createServiceGraphStore,
  type ServiceGraphStore,
} from '../features/services/graph/service-graph-store.ts';
import { createStorageStore, type StorageStore } from '../features/storage/storage-store.ts';
import {
  createTerminalsStore,
  type TerminalsStore,
} from '../features/terminals/terminals-store.ts';
import { type Client, createClient } from '../rpc/client.ts';
import type { Connection } from '../rpc/connection.ts';
import { createResourcePool, type ResourcePool } from '../rpc/resource.ts';
import { takeShellActions } from '../rpc/shell-actions.ts';
import { watchSystem } from '../rpc/watch.ts';
import { createActions } from './actions/definitions.ts';
import type { ActionRegistry } from './actions/registry.ts';
import { createDialogStore, type DialogStore } from './dialogs.ts';
import { keepPlace } from './kept-place.ts';
import { createLayoutStore, type LayoutStore } from './layout-store.ts';
import type { Notifier } from './notify.ts';
import { createRouter, type Router } from './router.ts';
import { createViewMemory } from './view-memory.ts';

/** Everything that the components reach: one vanilla store per feature, wired by hand. */
export interface App {
  readonly client: Client;
  readonly connection: Connection;
  readonly appearance: AppearanceStore;
  readonly router: Router;
  readonly dialogs: DialogStore;
  readonly layout: LayoutStore;
  readonly actions: ActionRegistry;
  readonly inventory: InventoryStore;
  readonly records: RecordsStore;
  readonly cables: CablesStore;
  readonly power: PowerStore;
  readonly devices: DevicesStore;
  readonly device: DeviceStore;
  readonly compare: CompareStore;
  readonly history: HistoryStore;
  readonly overview: OverviewStore;
  readonly racks: RacksStore;
  readonly jobs: JobsStore;
  readonly jobNotices: JobNotices;
  readonly checks: ChecksStore;
  readonly cluster: ClusterStore;
  readonly containers: ContainersStore;
  readonly gpus: GpusStore;
  readonly terminals: TerminalsStore;
  readonly attempts: AttemptStore;
  readonly readings: ReadingsStore;
  readonly notes: NotesStore;
  readonly networks: NetworksStore;
  readonly annotations: AnnotationsStore;
  readonly recovery: RecoveryStore;
  readonly secrets: SecretsStore;
  readonly proposals: ProposalsStore;
  readonly lint: LintStore;
  readonly quickEntry: QuickEntryStore;
  readonly deviceTypes: DeviceTypesStore;
  readonly serviceGraph: ServiceGraphStore;
  readonly storage: StorageStore;
  readonly onboarding: OnboardingStore;
  readonly exchange: ExchangeStore;
  readonly notify: Notifier;
  /** What the window shows of the inventory, all of it: to say that it is old, and read it again. */
  readonly shown: Pick<ResourcePool, 'stale' | 'invalidate'>;
}

interface Surroundings {
  readonly view: Window & typeof globalThis;
  readonly connection: Connection;
  readonly appearance: AppearanceStore;
  readonly notify: Notifier;
}

export function createApp({ view, connection, appearance, notify }: Surroundings): App {
  const client = createClient(() => connection.link());
  const pool = createResourcePool();
  const router = createRouter(view, createViewMemory(view));
  const dialogs = createDialogStore();
  const layout = createLayoutStore(view.localStorage);
  const history = createHistoryStore({ client, pool, notify });
  const inventory = createInventoryStore({ client, pool, notify });
  const records = createRecordsStore({ client, pool, notify });
  const cables = createCablesStore({ client, pool, notify });
  const power = createPowerStore({ client, pool, notify });
  const devices = createDevicesStore({ client, pool });
  const device = createDeviceStore({ client, pool, notify });
  const notes = createNotesStore({ client, pool, notify });
  const networks = createNetworksStore({ client, pool, notify });
  const annotations = createAnnotationsStore({ client, pool, notify });
  const jobs = createJobsStore({ client, notify, view });
  const checks = createChecksStore({ client, notify });
  const cluster = createClusterStore({ client, pool, notify, view });
  const containers = createContainersStore({ client, pool, notify, view });
  const terminals = createTerminalsStore({
    client,
    storage: view.localStorage,
    // It is large, and few open one.
    loadScreen: async () => (await import('../ui/terminal/screen.ts')).createScreen,
  });
  const gpus = createGpusStore({ client, pool, notify, view });
  const jobNotices = createJobNotices({
    view,
    onOpen: (id) => router.go({ screen: 'job', id }),
  });
  const proposals = createProposalsStore({ client, pool, notify });
  const deviceTypes = createDeviceTypesStore({ client, pool, notify });
  const quickEntry = createQuickEntryStore({ client, notify });
  const exchange = createExchangeStore({ client, notify });
  const lint = createLintStore({ client, pool, notify });
  const secrets = createSecretsStore({ client, pool, notify });
  const serviceGraph = createServiceGraphStore({ client, pool });
  const storage = createStorageStore({ client, pool });
  const onboarding = createOnboardingStore({ client, pool, notify });
  const compare = createCompareStore({ client, pool, notify });
  const draft = createTargetDraft(view.sessionStorage);
  const attempts = createAttemptStore(client, draft);
  // A reload in the middle of it goes on with it. Forgotten when the dialog closes, not before:
  // a component may be taken down for other reasons.
  if (draft.read() !== null) dialogs.setState({ kind: 'add-machine' }, true);
  dialogs.subscribe((_, before) => {
    if (before.kind === 'add-machine') draft.forget();
  });
  attempts.store.subscribe(({ step }) => {
    if (step === 'added') notify.outdated();
  });
  const recovery = createRecoveryStore(client, notify);
  keepPlace({ client, router, recovery });
  const overview = createOverviewStore(client, pool);
  const racks = createRacksStore({
    client,
    pool,
    notify,
    racks: inventory.racks,
    storage: view.localStorage,
  });
  const readings = createReadingsStore({
    client,
    pool,
    notify,
    handOver(what) {
      attempts.takeOver(what);
      const { id: deviceId, name: deviceName } = what.device;
      dialogs.setState({ kind: 'collect-facts', deviceId, deviceName }, true);
    },
  });
  const parts = {
    jobs,
    router,
    dialogs,
    layout,
    history,
    inventory,
    records,
    cables,
    power,
    devices,
    device,
    racks,
    readings,
    appearance,
    proposals,
    onboarding,
    cluster,
    containers,
    gpus,
    terminals,
    notify,
  };
  const actions = createActions(parts, view);
  takeShellActions(view, (id) => {
    if (dialogs.getState().kind === 'none') actions.run(id);
  });

  connection.onOpen(() => {
    const link = connection.link();
    const isOpen = () => connection.link() === link;
    void followDrafts(client, { onChange: onboarding.take, isOpen });
    void watchSystem(client, {
      onEvent(event) {
        if (event.type === 'job') {
          jobs.take(event.job);
          jobNotices.take(event.job);
          readings.take(event.job);
        } else if (event.type === 'jobs') jobs.refresh();
        else if (event.type === 'database') void recovery.check();
        else if (event.type === 'inventory' || event.type === 'listening') pool.invalidate();
        // First after every (re)connect. Only now is the inventory read: nothing can change unheard
        // in between, and nothing is read twice.
        if (event.type !== 'listening') return;
        jobs.refresh();
        cluster.refresh();
        terminals.follow();
        containers.refresh();
        void recovery.check();
      },
      // A host that cannot be followed is asked all the same what is wrong with it.
      onDeaf: () => void recovery.check(),
      isOpen,
    });
  });

  const stores = {
    deviceTypes,
    quickEntry,
    exchange,
    lint,
    compare,
    notes,
    networks,
    serviceGraph,
    storage,
    annotations,
    attempts,
    recovery,
    secrets,
    overview,
    racks,
    jobNotices,
    checks,
  };
  return { client, connection, actions, shown: pool, ...stores, ...parts };
}
