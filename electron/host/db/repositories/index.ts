import type Sqlite from 'better-sqlite3';
import type { ChangeLog } from '../change-log.ts';
import { type AddressRepository, createAddressRepository } from './addresses.ts';
import { type AttachmentRepository, createAttachmentRepository } from './attachments.ts';
import { type CableGraphRepository, createCableGraph } from './cable-graph.ts';
import { type CableLinkRepository, createCableLinkRepository } from './cable-links.ts';
import { type CableRepository, createCableRepository } from './cables.ts';
import { type CustomFieldRepository, createCustomFieldRepository } from './custom-fields.ts';
import { createDeviceRepository, type DeviceRepository } from './devices.ts';
import { createElevationRepository, type ElevationRepository } from './elevations.ts';
import {
  createExchangeAnnotations,
  type ExchangeAnnotationRepository,
} from './exchange-annotations.ts';
import { createExchangeRepository, type ExchangeRepository } from './exchange-rows.ts';
import { createIdentityRepository, type IdentityRepository } from './identities.ts';
import { createInterfaceRepository, type InterfaceRepository } from './interfaces.ts';
import { createLeanRowRepository, type LeanRowRepository } from './lean-rows.ts';
import { createObservationRepository, type ObservationRepository } from './observations.ts';
import { createPlaceRepository, type PlaceRepository } from './places.ts';
import { createPowerRepository, type PowerRepository } from './power.ts';
import { createPrefixSpaceRepository, type PrefixSpaceRepository } from './prefix-space.ts';
import { createProposalRepository, type ProposalRepository } from './proposals.ts';
import { createRecordRemovalRepository, type RecordRemovalRepository } from './record-removal.ts';
import { createRecordRepository, type RecordRepository } from './records.ts';
import { createRejectionRepository, type RejectionRepository } from './rejections.ts';
import { createRemovalRepository, type RemovalRepository } from './removal.ts';
import { createSearchRepository, type SearchRepository } from './search.ts';
import { createServiceGraphRepository, type ServiceGraphRepository } from './service-graph.ts';
import { createServiceRepository, type ServiceRepository } from './services.ts';
import { createStorageTreeRepository, type StorageTreeRepository } from './storage-tree.ts';
import { createSuppressionRepository, type SuppressionRepository } from './suppressions.ts';
import { createSwitchPortRepository, type SwitchPortRepository } from './switch-ports.ts';
import {
  createNoteRepository,
  createTagRepository,
  type NoteRepository,
  type TagRepository,
} from './tags-and-notes.ts';
import { createTakenAddressRepository, type TakenAddressRepository } from './taken-addresses.ts';
import { createVlanPlanRepository, type VlanPlanRepository } from './vlan-plan.ts';
import { createVlanRepository, type VlanRepository } from './vlans.ts';

export type { ToldLink } from './cable-links.ts';
export type { PlacedDevice } from './elevations.ts';
export type { AnnotationRow } from './exchange-annotations.ts';
export type { BareRow, RowBefore } from './exchange-rows.ts';
export type { Carrier, IdentityKey, KnownKey } from './identities.ts';
export type { Observed } from './observations.ts';
export type { NamedDevice, NamedPoint } from './power.ts';
export type { ListedProposal, SeenBy } from './proposals.ts';
export { type ImportedRow, importTables } from './removal.ts';

/** Every query and write of the inventory, by what it is about. Writes need a change set. */
export interface Repositories {
  readonly devices: DeviceRepository;
  readonly interfaces: InterfaceRepository;
  readonly places: PlaceRepository;
  readonly vlans: VlanRepository;
  readonly services: ServiceRepository;
  readonly tags: TagRepository;
  readonly notes: NoteRepository;
  readonly customFields: CustomFieldRepository;
  readonly attachments: AttachmentRepository;
  readonly observations: ObservationRepository;
  readonly identities: IdentityRepository;
  readonly proposals: ProposalRepository;
  readonly rejections: RejectionRepository;
  readonly removal: RemovalRepository;
  readonly records: RecordRepository;
  readonly recordRemoval: RecordRemovalRepository;
  readonly addresses: AddressRepository;
  readonly cables: CableRepository;
  readonly cableGraph: CableGraphRepository;
  readonly cableLinks: CableLinkRepository;
  readonly power: PowerRepository;
  readonly elevations: ElevationRepository;
  readonly takenAddresses: TakenAddressRepository;
  readonly prefixSpace: PrefixSpaceRepository;
  readonly vlanPlan: VlanPlanRepository;
  readonly switchPorts: SwitchPortRepository;
  readonly search: SearchRepository;
  readonly leanRows: LeanRowRepository;
  readonly suppressions: SuppressionRepository;
  readonly serviceGraph: ServiceGraphRepository;
  readonly storageTree: StorageTreeRepository;
  readonly exchange: ExchangeRepository;
  readonly exchangeAnnotations: ExchangeAnnotationRepository;
}

export interface RepositoryNeeds {
  readonly log: ChangeLog;
  /** Called before the search index is asked. */
  beforeSearch(): void;
}

export function createRepositories(
  sqlite: Sqlite.Database,
  { log, beforeSearch }: RepositoryNeeds,
): Repositories {
  return {
    devices: createDeviceRepository(sqlite, beforeSearch),
    interfaces: createInterfaceRepository(sqlite),
    places: createPlaceRepository(sqlite),
    vlans: createVlanRepository(sqlite),
    services: createServiceRepository(sqlite),
    tags: createTagRepository(sqlite),
    notes: createNoteRepository(sqlite),
    customFields: createCustomFieldRepository(sqlite),
    attachments: createAttachmentRepository(sqlite),
    observations: createObservationRepository(sqlite),
    identities: createIdentityRepository(sqlite),
    proposals: createProposalRepository(sqlite),
    rejections: createRejectionRepository(sqlite),
    removal: createRemovalRepository(sqlite, log),
    records: createRecordRepository(sqlite),
    recordRemoval: createRecordRemovalRepository(sqlite),
    addresses: createAddressRepository(sqlite),
    cables: createCableRepository(sqlite),
    cableGraph: createCableGraph(sqlite),
    cableLinks: createCableLinkRepository(sqlite),
    power: createPowerRepository(sqlite),
    elevations: createElevationRepository(sqlite),
    takenAddresses: createTakenAddressRepository(sqlite),
    prefixSpace: createPrefixSpaceRepository(sqlite),
    vlanPlan: createVlanPlanRepository(sqlite),
    switchPorts: createSwitchPortRepository(sqlite),
    search: createSearchRepository(sqlite, beforeSearch),
    leanRows: createLeanRowRepository(sqlite),
    suppressions: createSuppressionRepository(sqlite),
    serviceGraph: createServiceGraphRepository(sqlite),
    storageTree: createStorageTreeRepository(sqlite),
    exchange: createExchangeRepository(sqlite, log),
    exchangeAnnotations: createExchangeAnnotations(sqlite),
  };
}
