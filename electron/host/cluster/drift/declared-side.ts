import type { Census, Steps } from '../../../../shared/cluster/census/census.ts';
import type {
  Declared,
  DeclaredDevice,
  DeclaredMember,
  DeclaredService,
} from '../../../../shared/cluster/drift/declared.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type FieldValue, type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';
import { nodeDevices } from './node-devices.ts';

const pageSize = 200;

interface Row {
  readonly id: string;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** All rows of a kind, page by page. */
function* rowsOf(
  { tables }: Database,
  kind: KindName,
  where: readonly { readonly field: string; readonly value: string }[] = [],
): Steps<Row[]> {
  const all: Row[] = [];
  const sort = { field: null, descending: false };
  for (;;) {
    const query = { words: [], where, sort, offset: all.length, limit: pageSize };
    const { rows, total } = tables.records.list(kindOf(kind), query);
    all.push(...rows);
    if (rows.length === 0 || all.length >= total) return all;
    yield;
  }
}

const textIn = (values: Row['values'], field: string): string | null => {
  const value = values[field];
  return typeof value === 'string' ? value : null;
};
const numberIn = (values: Row['values'], field: string): number | null => {
  const value = values[field];
  return typeof value === 'number' ? value : null;
};

/** What the inventory has of the cluster of a context, and of what its nodes may be. Throws NOT_FOUND. */
export function* declaredSide(
  db: Database,
  contextId: string,
  { nodes }: Pick<Census, 'nodes'>,
): Steps<Declared> {
  const context = db.clusterContexts.get(contextId);
  if (context === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This context is not saved any more.');
  }
  const { clusterId: id, clusterName: name } = context;
  const cluster = db.tables.records.get(kindOf('cluster'), id);
  const ofCluster = [{ field: 'cluster', value: id }];
  const members = (yield* rowsOf(db, 'cluster-member', ofCluster)).map(memberOf);
  const candidates = yield* nodeDevices(db, nodes);
  const deviceIds = new Set([
    ...members.map(({ deviceId }) => deviceId),
    ...[...candidates.values()].flat().map(({ deviceId }) => deviceId),
  ]);
  const services = yield* servicesOf(db, id);
  for (const { runsOn } of services) for (const deviceId of runsOn) deviceIds.add(deviceId);
  const devices = new Map<string, DeclaredDevice>();
  for (const deviceId of deviceIds) {
    const device = deviceOf(db, deviceId);
    if (device !== null) devices.set(deviceId, device);
    yield;
  }
  return {
    cluster: { id, name, version: cluster ? textIn(cluster.values, 'version') : null },
    ...{ members, candidates, devices, services },
    dismissed: new Set(db.tables.proposals.dismissedKeys()),
  };
}

function memberOf({ id, values }: Row): DeclaredMember {
  return {
    id,
    deviceId: textIn(values, 'device') ?? '',
    role: textIn(values, 'role') ?? 'worker',
  };
}

function deviceOf({ tables }: Database, deviceId: string): DeclaredDevice | null {
  const device = tables.devices.get(deviceId);
  if (device === undefined) return null;
  const ofDevice = [{ field: 'device', value: deviceId }];
  const sort = { field: null, descending: false };
  const query = { words: [], where: ofDevice, sort, offset: 0, limit: 1 };
  return {
    id: device.id,
    name: device.name,
    architecture: device.architecture,
    cores: device.cpuCores,
    memory: device.memoryBytes,
    addresses: tables.interfaces
      .ofDevice(deviceId)
      .flatMap(({ addresses }) => addresses.map(({ address }) => address.split('/')[0] ?? '')),
    tags: device.tags,
    gpus: tables.records.ids(kindOf('gpu'), query).total,
  };
}

/** Services of this cluster and of none; those of other clusters are nothing of its workloads. */
function* servicesOf(db: Database, clusterId: string): Steps<DeclaredService[]> {
  const rows = yield* rowsOf(db, 'service');
  const own = rows.filter(({ values }) => {
    const of = textIn(values, 'cluster');
    return of === null || of === clusterId;
  });
  const places = yield* pairsOf(db, 'service-runs-on', 'device');
  const needs = yield* pairsOf(db, 'service-depends-on', 'needed');
  return own.map(({ id, values }) => ({
    id,
    name: textIn(values, 'name') ?? '',
    clusterId: textIn(values, 'cluster'),
    namespace: textIn(values, 'namespace'),
    replicas: numberIn(values, 'replicas'),
    runsOn: places.get(id) ?? [],
    needs: needs.get(id) ?? [],
  }));
}

function* pairsOf(db: Database, kind: KindName, other: string): Steps<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { values } of yield* rowsOf(db, kind)) {
    const service = textIn(values, 'service') ?? '';
    const known = found.get(service) ?? [];
    known.push(textIn(values, other) ?? '');
    found.set(service, known);
  }
  return found;
}
