import type { Facts } from '../../../../shared/model/facts.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { plugIn } from '../../cabling/index.ts';
import { type Database, parseAddress } from '../../db/index.ts';
import { checkPlace, deviceOrThrow, type Inventory } from '../../inventory/index.ts';
import { putInPlace } from '../../racks/index.ts';
import { insertRecord } from '../../records/index.ts';
import type { RecordParams } from './record-params.ts';
import { makeWay } from './replaced.ts';

interface Writing {
  readonly db: Database;
  readonly inventory: Pick<Inventory, 'putMachine'>;
  readonly facts: Facts;
}

/**
 * Inside a change set: the device with its facts, interfaces, addresses, place, cables and role. What
 * stands already as it shall stays untouched. Throws RackhelmError where the inventory has no room.
 */
export function writeRecord({ db, inventory, facts }: Writing, params: RecordParams): void {
  const { deviceId, identity } = params;
  const isKnown = identity.as === 'known';
  if (identity.as === 'replacement') makeWay(db, identity.deviceId, params);
  const { target, hostKey, name, kind } = params;
  inventory.putMachine({
    ...{ facts, target, name, kind },
    way: hostKey === null ? { target } : { target, hostKey },
    deviceId: isKnown ? deviceId : null,
    newId: deviceId,
    rackId: null,
    acceptFacts: !isKnown,
  });
  if (isKnown) db.tables.records.update(kindOf('device'), deviceId, knownChanges(db, params));
  writePlace(db, params);
  writeAddresses(db, params);
  writeCables(db, params);
  writeRole(db, params);
}

function knownChanges(db: Database, { deviceId, name }: RecordParams) {
  const device = deviceOrThrow(db, deviceId);
  return { ...(device.name !== name && { name }), status: 'active' };
}

function writePlace(db: Database, { deviceId, place, heightUnits }: RecordParams): void {
  if (place === null) return;
  db.tables.devices.update(deviceId, { heightUnits });
  putInPlace(db, deviceId, place);
  checkPlace(db, deviceId);
}

/** The interface of that name; one that no facts told of is made. */
function interfaceOf(db: Database, deviceId: string, name: string): string {
  const { interfaces } = db.tables;
  const known = interfaces.ofDevice(deviceId).find((one) => one.name === name);
  return (
    known?.id ?? interfaces.insert({ deviceId, name, kind: 'ethernet', mtu: null, speedMbps: null })
  );
}

function writeAddresses(db: Database, { deviceId, addresses, vlans }: RecordParams): void {
  const { interfaces } = db.tables;
  for (const { interface: name, address: text } of addresses) {
    const address = parseAddress(text);
    const id = interfaceOf(db, deviceId, name);
    const there = interfaces.ofDevice(deviceId).find((one) => one.id === id)?.addresses ?? [];
    const isThere = there.some((one) => one.address.split('/')[0] === address?.address);
    if (address !== undefined && !isThere) interfaces.addAddress(id, address, 'host');
  }
  for (const { interface: name, vlanId, tagged } of vlans) {
    interfaces.joinVlan(interfaceOf(db, deviceId, name), vlanId, tagged);
  }
}

function writeCables(db: Database, { deviceId, cables, identity }: RecordParams): void {
  const { cableGraph } = db.tables;
  const added = new Set<string>();
  for (const { interface: name, socketId } of cables) {
    const near = interfaceOf(db, deviceId, name);
    const leadsThere = cableGraph
      .endsAt(near)
      .some(({ cableId }) => cableGraph.endsOf(cableId).some((end) => end.socketId === socketId));
    if (leadsThere) continue;
    const cable = { type: null, status: 'connected', colour: null, length: null } as const;
    // The cable of what it replaces is the cable that it has now.
    const replace = identity.as === 'replacement';
    plugIn(db, { a: [near], b: [socketId], cable, replace, added });
  }
}

/** What a role is called among the members of a cluster, whose schedulers know no GPU. */
const memberRoles = {
  'control-plane': 'control-plane',
  worker: 'worker',
  storage: 'storage',
  gpu: 'worker',
  edge: 'edge',
} as const;

/** What its node is says more than what it was meant to be. */
function memberRoleOf({ role, joinedAs }: RecordParams) {
  if (joinedAs === 'server') return memberRoles['control-plane'];
  const isAgent = joinedAs === 'agent' && (role === null || role === 'control-plane');
  if (isAgent) return memberRoles.worker;
  return role === null ? null : memberRoles[role];
}

function writeRole(db: Database, params: RecordParams): void {
  const { deviceId, role, clusterId, tags } = params;
  const { records } = db.tables;
  const memberRole = memberRoleOf(params);
  if (memberRole !== null && clusterId !== null) {
    const kind = kindOf('cluster-member');
    const where = [
      { field: 'cluster', value: clusterId },
      { field: 'device', value: deviceId },
    ];
    const sort = { field: null, descending: false };
    const { ids } = records.ids(kind, { words: [], where, sort, offset: 0, limit: 1 });
    const values = { cluster: clusterId, device: deviceId, role: memberRole };
    if (ids[0] !== undefined) records.update(kind, ids[0], values);
    else insertRecord(db, kind, values);
  }
  // Machines that are brought in together share tags: one that others carry stays when this is taken back.
  const all = role !== null && (clusterId === null || role === 'gpu') ? [role, ...tags] : tags;
  for (const tag of new Set(all)) {
    db.tables.tags.add({ kind: 'device', id: deviceId }, db.tables.tags.ensure(tag));
  }
}
