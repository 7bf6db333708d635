import type { AppearanceStore } from '../../design/appearance.ts';
import type { ClusterStore } from '../../features/cluster/cluster-store.ts';
import type { ContainersStore } from '../../features/containers/containers-store.ts';
import type { DeviceStore } from '../../features/device/device-store.ts';
import type { DevicesStore } from '../../features/devices/devices-store.ts';
import type { HistoryStore } from '../../features/history/history-store.ts';
import type { InventoryStore } from '../../features/inventory/inventory-store.ts';
import type { JobsStore } from '../../features/jobs/jobs-store.ts';
import type { OnboardingStore } from '../../features/onboarding/onboarding-store.ts';
import type { ProposalsStore } from '../../features/proposals/proposals-store.ts';
import type { RacksStore } from '../../features/racks/racks-store.ts';
import type { ReadingsStore } from '../../features/readings/readings-store.ts';
import type { TerminalsStore } from '../../features/terminals/terminals-store.ts';
import type { DialogStore } from '../dialogs.ts';
import type { LayoutStore } from '../layout-store.ts';
import type { Notifier } from '../notify.ts';
import type { Router } from '../router.ts';

/** The stores that actions work on. */
export interface ActionNeeds {
  readonly jobs: JobsStore;
  readonly router: Router;
  readonly dialogs: DialogStore;
  readonly layout: LayoutStore;
  readonly appearance: AppearanceStore;
  readonly history: HistoryStore;
  readonly inventory: InventoryStore;
  readonly devices: DevicesStore;
  readonly device: DeviceStore;
  readonly racks: RacksStore;
  readonly readings: ReadingsStore;
  readonly proposals: ProposalsStore;
  readonly onboarding: OnboardingStore;
  readonly cluster: ClusterStore;
  readonly containers: ContainersStore;
  readonly terminals: TerminalsStore;
  readonly notify: Notifier;
}
